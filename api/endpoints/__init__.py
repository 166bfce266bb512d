"""Webhooks out, as staff manage them in the API. Webhooks of shops that come in are api.webhooks'."""
