"""The shop room's part of the API: products, families, storefronts, customers, orders and refunds."""
