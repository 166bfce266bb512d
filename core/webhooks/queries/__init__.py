"""The statements of webhooks: endpoints with their secrets and leases, and what is owed to them."""
