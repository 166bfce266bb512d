"""The shop's pages, one module each."""
