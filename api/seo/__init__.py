"""The API's markup: what a product page puts into its head and body for machines."""
