"""The shop's statements, one noun a module."""
