"""Thousands of simulated visitors before a gate: whom it passes wrongly, whom it stops wrongly, and how fast it is."""
