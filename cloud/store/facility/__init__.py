"""Disinfection in SQL: what there is to disinfect, what was entered, and the board that follows from it."""
