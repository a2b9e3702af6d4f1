"""One thing that was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What it can be to a gate."""

    COLOUR = "colour"
    THERMAL = "thermal"
    LINES = "lines"
    """GPIO, for a barrier and its contacts."""
    RELAY = "relay"
    """A relay that was heard on a serial line."""
    SERIAL = "serial"
    """A serial line on which nothing was heard; Modbus relays and sensors hang there."""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing and the settings that use it.

    Attributes:
        name: unique on this machine, and the same after a restart where it can be.
        title: what people call it.
        detail: where it is, how large its pictures are.
        tables: of the settings file, as `firmware_configs/gates` has them: {"thermal": {"source": ...}, "sensor": {...}}.
        trouble: why it cannot be used as it is, with what to do; None where it can.
        simulated: whether it is drawn, and no hardware.
    """

    name: str
    kind: Kind
    title: str
    detail: str = ""
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    trouble: str | None = None
    simulated: bool = False
