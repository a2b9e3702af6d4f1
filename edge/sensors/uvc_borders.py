"""By which limits a UV-C room's doses and lamp are watched, for whoever shows their readings."""

from __future__ import annotations

from typing import Final

from edge.config.uvc import UvcConfig
from edge.sensors.borders import Borders

ENOUGH: Final = 0.5
"""`uvc_reached` is 0 or 1: no or yes."""


def uvc_borders(told: UvcConfig) -> Borders:
    """Least and most by quantity."""
    lamp = told.lamp
    of_lamp: Borders = {} if lamp is None else {"lamp_h": (None, lamp.rated_h), "lamp_pct": (lamp.least_pct, None)}
    return {"uvc_reached": (ENOUGH, None), **of_lamp}
