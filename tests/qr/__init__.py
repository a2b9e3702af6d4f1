"""Badges and passes before the camera."""
