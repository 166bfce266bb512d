"""Writes what search engines fetch besides pages: review feeds and sitemaps. Reading those of others is not here."""
