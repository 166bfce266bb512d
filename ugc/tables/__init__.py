"""The room's tables, by noun. Statements over them stand in ugc.queries."""
