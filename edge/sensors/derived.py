"""Sensors that are computed from the readings of others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from edge.sensors.reading import Reading
from edge.sensors.source import Sensor


class Derived(Protocol):
    """Fed by the process itself, in its own thread: `take` must not wait for anything.

    Attributes:
        sensors: what it stands for, each with a name of its own.
    """

    @property
    def sensors(self) -> Sequence[Sensor]: ...

    def take(self, readings: Iterable[Reading], now_s: float) -> list[Reading]:
        """What follows from these and from earlier ones. Called each round, also with none."""
