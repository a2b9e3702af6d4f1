"""Where readings come from: a bus with its devices, or the local broker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from edge.config.sensors import Told
from edge.sensors.reading import Trouble


class Source(Protocol):
    """Works in threads of its own and hands readings over as they come; the process calls `round` about ten times a second.

    Attributes:
        name: how people call it, such as "/dev/ttyUSB0".
        sensors: what it was told to read, with the quantities of each.
    """

    name: str

    @property
    def sensors(self) -> Sequence[Sensor]: ...

    def start(self) -> None: ...

    def round(self, now_s: float) -> None:
        """Look after the own threads. Never waits."""

    def why_silent(self) -> Trouble | None:
        """What is wrong with all of it; None where that is not known."""

    def close(self) -> None:
        """End soon; waits at most a moment."""


class Sensor(Protocol):
    """A device and what it measures."""

    @property
    def told(self) -> Told: ...

    @property
    def quantities(self) -> tuple[str, ...]: ...
