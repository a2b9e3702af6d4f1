"""Badges and passes shown to the gate's camera: read in a process of their own, checked without a network."""
