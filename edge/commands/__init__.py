"""`menshen-edge`: what a technician types."""

from __future__ import annotations

from edge.commands.line import main

__all__ = ["main"]
