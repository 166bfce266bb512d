"""Checks of the shop's own pages: asked for, followed, read, and what they add up to. Markup is api.seo's."""
