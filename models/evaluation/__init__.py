"""Judges a face-and-mask network on labelled pictures."""
