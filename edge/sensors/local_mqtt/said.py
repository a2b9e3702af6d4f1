"""What a facility device can say over the local broker, whichever of the three kinds it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A value under the device's own name for it.

    Attributes:
        key: as the device calls it: `co2`, `SCD40.CarbonDioxide`; of a contact or motion sensor with its kind before it.
        value: 0 and 1 where it is yes or no; None where the device says that it could not measure.
        unit: as the device writes it; empty where it does not say.
        heard_ms: when a bridge last heard the device by radio, UTC milliseconds since 1970; None where it does not say.
    """

    key: str
    value: float | None
    unit: str = ""
    heard_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Available:
    """Whether the device is there, as its last will, or the bridge it speaks through, says."""

    there: bool


@dataclass(frozen=True, slots=True)
class BridgeThere:
    """Whether the bridge between radio and broker runs."""

    there: bool


@dataclass(frozen=True, slots=True)
class Described:
    """What a device says a value is: `device_class` in Home Assistant's words, `unit` as written; empty where not said."""

    key: str
    device_class: str
    unit: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Whether the bridge knows a device of this name at all."""

    known: bool


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Whether the device speaks where nobody listens. `why` names its setting; empty where all is well."""

    why: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A message that cannot be understood. It is counted; nothing else comes of it."""

    why: str


Said = Told | Available | BridgeThere | Described | Listed | Misplaced | Wrong
