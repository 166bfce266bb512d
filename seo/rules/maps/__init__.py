"""Rules about sitemaps. One rule a file; the list of all rules is in seo/rules/__init__.py."""
