"""Joins the shop, its reviews and the seo room: what a page may claim, and what a check of it is held to."""
