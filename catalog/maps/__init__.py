"""The map of the catalog: a plane on which songs that sound alike lie together."""
