"""Vendors' formats, one a file: their JSON becomes the shop's drafts here and is read nowhere else."""
