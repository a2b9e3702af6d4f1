"""What system tests may ask for."""

from __future__ import annotations
