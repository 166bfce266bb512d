"""What the shop tells us: storefronts, products and families, customers, orders and refunds."""
