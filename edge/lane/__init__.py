"""Frames become visits: who stands in the gate zone, what was seen of each, what was decided."""
