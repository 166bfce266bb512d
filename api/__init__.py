"""The storefronts' door: one GraphQL API and the HTTP around it. It translates; deciding is the rooms'."""
