"""What a sensor said once, or why it said nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Trouble(StrEnum):
    """Why there is no value. Unknown is never an older value."""

    SILENT = "silent"
    """The device does not answer."""
    BUS = "bus"
    """Its bus cannot be opened."""
    HANGS = "hangs"
    """Its bus was asked and has not come back."""
    STALE = "stale"
    """Nothing was heard of it for longer than a reading counts."""
    CHECKSUM = "checksum"
    """What it said was damaged on the way."""
    WRONG_PAYLOAD = "wrong_payload"
    """What it said is not what such a device says."""
    REFUSED = "refused"
    """It answers that it has no such register or command."""
    NOT_MEASURED = "not_measured"
    """It says itself that it could not measure, or is not ready."""
    OUT_OF_RANGE = "out_of_range"
    """More or less than can be, or than the device can measure."""
    STUCK = "stuck"
    """It has said exactly the same for longer than such air can stay so."""
    MAP = "map"
    """Its register map cannot be read."""
    OFFLINE = "offline"
    """Its last will, or the bridge it speaks through, says that it is away."""
    BRIDGE_OFFLINE = "bridge_offline"
    UNKNOWN_DEVICE = "unknown_device"
    """The bridge it should speak through does not know it."""
    BROKER_AWAY = "broker_away"
    """The local broker is away, or refuses the gate."""
    AMBIGUOUS = "ambiguous"
    """It gives two values for one quantity, and the settings name neither."""
    ELSEWHERE = "elsewhere"
    """Its settings make it speak on topics where nobody listens."""
    WRONG_UNIT = "wrong_unit"
    """What it says is in a unit that cannot be this quantity."""
    NO_DECAY = "no_decay"
    """CO2 does not fall, or too little: there is nothing to measure air changes by."""
    AT_OUTDOOR = "at_outdoor"
    """CO2 is about as outdoors already."""
    UNSTEADY = "unsteady"
    """CO2 falls unevenly: people are still inside, or a window was opened or shut."""
    UNDECIDED = "undecided"
    """What was measured leaves both open: readings are missing, or it lies too near the limit."""
    NO_OUTDOOR = "no_outdoor"
    """The sensor outdoors has no value."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One quantity of one sensor, in the unit of `edge.config.quantities`.

    Attributes:
        value: None where it failed, with the `trouble`; never one without the other.
        taken_s: monotonic seconds.
    """

    sensor: str
    quantity: str
    value: float | None
    trouble: Trouble | None
    taken_s: float

    def __post_init__(self) -> None:
        if (self.value is None) == (self.trouble is None):
            raise ValueError(f"{self.sensor} {self.quantity}: a reading is a value or a trouble, not both and not neither")

    @classmethod
    def of(cls, sensor: str, quantity: str, said: float | Trouble, taken_s: float) -> Self:
        if isinstance(said, Trouble):
            return cls(sensor, quantity, None, said, taken_s)
        return cls(sensor, quantity, said, None, taken_s)


HandOver = Callable[[Sequence[Reading]], None]
"""Takes readings and never waits; from any thread."""
