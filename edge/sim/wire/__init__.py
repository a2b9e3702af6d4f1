"""Sensors as their drivers see them: bytes on a wire."""
