"""What is read of a room under UV-C or ozone in one round, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Seen(Enum):
    """What one sensor says of people."""

    NOBODY = "nobody"
    SOMEBODY = "somebody"
    LOST = "lost"


class Lamp(Enum):
    """What the feedback says of the lamp or the ozone generator; a broken wire says ON."""

    OFF = "off"
    ON = "on"


class Gas(Enum):
    """What the meter says of the ozone in the room."""

    LOW = "low"
    HIGH = "high"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class GasRead:
    """The meter's newest reading. `taken_s`: when it was taken, monotonic seconds; of LOST it says nothing."""

    gas: Gas
    taken_s: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What is read in one round.

    Attributes:
        now_s: when, monotonic seconds.
        sensors: every sensor of the room by its name.
        key: whether the key is turned to run; a broken wire says no.
        button: whether the reset button is pressed.
        gas: what the room's ozone meter says; None where it has none.
    """

    now_s: float
    sensors: Mapping[str, Seen]
    lamp: Lamp
    key: bool
    button: bool
    gas: GasRead | None = None

    @property
    def nobody(self) -> bool:
        """Whether every sensor is there and says so."""
        return bool(self.sensors) and all(seen is Seen.NOBODY for seen in self.sensors.values())
