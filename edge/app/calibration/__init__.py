"""Calibrating the two cameras of a gate: pictures in, a file out."""
