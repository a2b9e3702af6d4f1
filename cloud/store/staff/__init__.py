"""Staff in SQL: who there is, what was entered about them, where they are put, and the day that follows from it."""
