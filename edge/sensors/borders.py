"""The limits that this gate watches a quantity by, for whoever shows its readings."""

from __future__ import annotations

from collections.abc import Mapping

from edge.config.air import AirLimit, AirLimits, LeastLimit
from edge.sensors.alarms import WATCHED

Borders = Mapping[str, tuple[float | None, float | None]]
"""Least and most by quantity; None where there is none. Where it becomes bad, not where it is good again."""


def borders(limits: AirLimits) -> Borders:
    """Of limits that are not watched nothing is said: nobody would be told where one is passed."""
    found: dict[str, tuple[float | None, float | None]] = {}
    for names in WATCHED.values():
        for name, quantity in names.items():
            told: AirLimit | LeastLimit = getattr(limits, name)
            least, most = found.get(quantity, (None, None))
            if told.watched:
                found[quantity] = (least, told.raise_at) if isinstance(told, AirLimit) else (told.raise_at, most)
    return found
