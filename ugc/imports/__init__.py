"""Reviews from files: a map names the columns, every row gets a verdict, and nothing counts before it is confirmed.

`importing` is the way in; one vendor's columns are a map file, not code.
"""
