"""A small shop front that knows Fidelio only by its GraphQL API and publishable keys, as any shop's own code would."""
