"""What a guard's queue can hold, and how urgent each is."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final

from contract.messages.alert import AlertKind


class Priority(IntEnum):
    HIGH = 1
    MEDIUM = 2
    LOW = 3


class CloudAlarm(StrEnum):
    """Alarms no gate can raise, because they are about what the cloud sees."""

    GATE_OFFLINE = "gate_offline"
    DEAD_LETTER = "dead_letter"
    GATE_DISK = "gate_disk"
    DATA_GAP = "data_gap"
    UNEXPECTED_ENTRY = "unexpected_entry"
    """Somebody came to a gate that the site has closed for good."""
    ROUND_OVERDUE = "round_overdue"
    """A disinfection round is overdue; it is told of until somebody makes the round, and stands on the facilities' screen."""
    SUPPLY_SHORT = "supply_short"
    """A stock is below its minimum or lasts only a few days; told until there is enough again."""
    LEVEL_DUE = "level_due"
    """A bin is full or a dispenser low for longer than the time that is given; told until it is emptied or refilled."""
    AREA_LOCKED = "area_locked"
    """A confirmed case: an area waits for a disinfection from outside."""


CASE_KINDS: Final = frozenset({AlertKind.RECHECK, AlertKind.GUARD_NEEDED})
"""Each of these is about one person, and opens a case of its own."""

PRIORITIES: Final[dict[str, Priority]] = {
    AlertKind.RECHECK: Priority.HIGH,
    AlertKind.GUARD_NEEDED: Priority.MEDIUM,
    AlertKind.COLOUR_CAMERA: Priority.MEDIUM,
    AlertKind.THERMAL_CAMERA: Priority.MEDIUM,
    AlertKind.REFERENCE_LOST: Priority.MEDIUM,
    AlertKind.DRIFT: Priority.MEDIUM,
    AlertKind.LOW_READING: Priority.MEDIUM,
    AlertKind.DROPPED: Priority.MEDIUM,
    AlertKind.EVENTS_DATABASE: Priority.MEDIUM,
    AlertKind.CERTIFICATE: Priority.MEDIUM,
    AlertKind.CALIBRATION: Priority.MEDIUM,
    AlertKind.FIRE: Priority.HIGH,
    AlertKind.TAILGATING: Priority.HIGH,
    AlertKind.UNREGISTERED_ENTRY: Priority.HIGH,
    AlertKind.BARRIER: Priority.MEDIUM,
    AlertKind.OCCUPANCY: Priority.LOW,
    AlertKind.ROOM_PERSON: Priority.HIGH,
    AlertKind.ROOM_SENSOR: Priority.MEDIUM,
    AlertKind.ROOM_LAMP: Priority.HIGH,
    AlertKind.CO2: Priority.LOW,
    AlertKind.OZONE: Priority.HIGH,
    AlertKind.CHLORINE: Priority.HIGH,
    AlertKind.TEMPERATURE: Priority.LOW,
    AlertKind.HUMIDITY: Priority.LOW,
    AlertKind.AIR_CHANGES: Priority.LOW,
    AlertKind.UVC_DOSE_SHORT: Priority.MEDIUM,
    AlertKind.LAMP_AGED: Priority.LOW,
    AlertKind.FACILITY_SENSOR: Priority.MEDIUM,
    CloudAlarm.GATE_OFFLINE: Priority.HIGH,
    CloudAlarm.DEAD_LETTER: Priority.MEDIUM,
    CloudAlarm.GATE_DISK: Priority.HIGH,
    CloudAlarm.DATA_GAP: Priority.MEDIUM,
    CloudAlarm.UNEXPECTED_ENTRY: Priority.HIGH,
    CloudAlarm.ROUND_OVERDUE: Priority.MEDIUM,
    CloudAlarm.AREA_LOCKED: Priority.HIGH,
    CloudAlarm.SUPPLY_SHORT: Priority.MEDIUM,
    CloudAlarm.LEVEL_DUE: Priority.MEDIUM,
}

SAFETY: Final[frozenset[str]] = frozenset({AlertKind.FIRE, AlertKind.ROOM_PERSON, AlertKind.ROOM_LAMP})
"""Nobody puts these aside for a while; a supervisor takes one out of service while its cause is repaired."""

MOMENTARY: Final[frozenset[str]] = frozenset(
    {AlertKind.DROPPED, AlertKind.EVENTS_DATABASE, CloudAlarm.DEAD_LETTER, CloudAlarm.DATA_GAP, CloudAlarm.UNEXPECTED_ENTRY}
)
"""Over when it is told: shown until a person has acknowledged it, never "still active"."""


def priority_of(kind: str) -> Priority:
    """How urgent; a kind this version does not know is not hidden below the others."""
    return PRIORITIES.get(kind, Priority.MEDIUM)
