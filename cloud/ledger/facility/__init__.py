"""Disinfection rounds: what is due, what a round proves, and what is locked. Pure; times are UTC milliseconds."""
