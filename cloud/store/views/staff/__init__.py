"""Staff as screens see it."""
