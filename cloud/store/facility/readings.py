"""What an asset's sensor said about the time of a round."""

from __future__ import annotations

from typing import Final

from pydantic import ValidationError
from sqlalchemy import Connection, select

from cloud.store.tables import event, gate
from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind

_LOOK_BACK: Final = 5_000
"""So many of a gate's newest events are looked through; a round that is sent later than that has no reading."""


def reading_near(connection: Connection, name: str, at_ms: int, near_ms: int) -> SensorReading | None:
    """The reading nearest to this moment, of `gate/sensor/quantity`; None where there is none, or it failed."""
    stands, _, rest = name.partition("/")
    sensor, _, quantity = rest.partition("/")
    known = connection.execute(select(gate.c.health_install, gate.c.health_seq).where(gate.c.gate == stands)).one_or_none()
    if known is None or known.health_install is None:
        return None
    of_gate = (event.c.gate == stands) & (event.c.install == known.health_install) & (event.c.seq > known.health_seq - _LOOK_BACK)
    rows = connection.execute(select(event.c.data).where(of_gate, event.c.kind == Kind.SENSOR.value)).scalars()
    near = [
        one
        for data in rows
        for one in _readings(data)
        if (one.sensor, one.quantity) == (sensor, quantity) and one.value is not None and _apart_ms(one, at_ms) <= near_ms
    ]
    return min(near, key=lambda one: _apart_ms(one, at_ms), default=None)


def _apart_ms(one: SensorReading, at_ms: int) -> float:
    return abs(one.taken.timestamp() * 1000 - at_ms)


def _readings(data: str) -> tuple[SensorReading, ...]:
    try:
        return SensorData.model_validate_json(data, extra="ignore").readings
    except ValidationError:
        return ()
