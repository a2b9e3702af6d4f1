"""`menshen-edge evaluate ...`: how right a part of the gate is, on data with known answers. One file a sub-command."""

from __future__ import annotations

from edge.commands.evaluate.line import app

__all__ = ["app"]
