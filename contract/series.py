"""Names of the series: what stands in InfluxDB, or in the embedded store, for charts and analysis.

Nothing personal is here: no visit id, no full reading of a PASS. Identity of a point is measurement, tags and time; the
time is `series_ns`, fixed once when the cloud first stores the event, so that writing again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from contract.topics import Kind

FieldValue = float | int | bool | str


class Measurement(StrEnum):
    ALERT = "alert"
    VISIT = "visit"
    SENSOR = "sensor"
    HEALTH = "health"


MEASUREMENTS: Final[dict[Kind, Measurement]] = {
    Kind.ALERT: Measurement.ALERT,
    Kind.VISIT: Measurement.VISIT,
    Kind.SENSOR: Measurement.SENSOR,
    Kind.HEALTH: Measurement.HEALTH,
}
"""Kinds of event that become points. A snapshot does not: a picture's name belongs to a person."""

TAGS: Final[dict[Measurement, tuple[str, ...]]] = {
    Measurement.ALERT: ("gate", "kind"),
    Measurement.VISIT: ("gate", "kind"),
    Measurement.SENSOR: ("gate", "kind", "sensor"),
    Measurement.HEALTH: ("gate", "kind"),
}
"""`kind` is the alert's kind, the sensor's quantity, else the measurement's own name. Ids are fields: as tags they would
make a series of every event."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a series.

    Attributes:
        measurement: which table.
        gate: tag.
        kind: tag, see TAGS.
        sensor: tag of `sensor`, empty elsewhere.
        ns: UTC nanoseconds since 1970.
        fields: name to value; a field is always of one type.
    """

    measurement: Measurement
    gate: str
    kind: str
    sensor: str
    ns: int
    fields: dict[str, FieldValue]


def series_ns(time_ms: int, seq: int) -> int:
    """The time of an event's point: milliseconds made unique within a gate by the number of the event."""
    return time_ms * 1_000_000 + seq % 1_000_000
