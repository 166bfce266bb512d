"""Reviews and photos as GraphQL: types, root fields, batches, and mutations, an act a file."""
