"""The sensors of a gate as they were heard last."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from pydantic import Field, ValidationError
from sqlalchemy import Connection, select

from cloud.store.tables import event, gate
from cloud.store.views.models import View, moment
from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind

_LOOK_BACK: Final = 2_000
"""So many of a gate's newest events are looked through: a sensor that is not among them has been silent for hours."""
_MESSAGES: Final = 50
FRESH_S: Final = 900.0
"""So long a reading counts as how things are where its gate does not say. A choice of ours: no notice names a time."""
LATE: Final = timedelta(seconds=60)
"""What the way from the sensor to the cloud may take before a reading counts as old."""


class SensorView(View):
    """The newest reading of one quantity of one sensor."""

    sensor: str
    quantity: str
    place: str = Field(description="where it is, for people; empty: the gate does not say")
    value: float | None = Field(description="null: the reading failed")
    trouble: str | None = Field(description="why there is no value; null: there is one, or the gate does not say why")
    stale: bool = Field(description="so old that it says nothing about now")
    unit: str
    taken: datetime
    received_at: datetime


def sensors(connection: Connection, name: str, now: datetime) -> list[SensorView]:
    """By sensor and quantity; nothing of a gate whose install is not known yet."""
    known = connection.execute(select(gate.c.health_install, gate.c.health_seq).where(gate.c.gate == name)).one_or_none()
    if known is None or known.health_install is None:
        return []
    of_gate = (event.c.gate == name) & (event.c.install == known.health_install) & (event.c.seq > known.health_seq - _LOOK_BACK)
    found = select(event.c.data, event.c.received_ms).where(of_gate, event.c.kind == Kind.SENSOR.value)
    newest: dict[tuple[str, str], SensorView] = {}
    for row in connection.execute(found.order_by(event.c.seq.desc()).limit(_MESSAGES)):
        for view in _views(row.data, moment(row.received_ms), now):
            newest.setdefault((view.sensor, view.quantity), view)
    return [newest[key] for key in sorted(newest)]


def _views(data: str, received: datetime, now: datetime) -> list[SensorView]:
    """The readings of one message, the newest first; none of one that was erased."""
    try:
        readings = SensorData.model_validate_json(data, extra="ignore").readings
    except ValidationError:
        return []
    return [_view(one, received, now) for one in reversed(readings)]


def _view(one: SensorReading, received: datetime, now: datetime) -> SensorView:
    # A gate whose clock is ahead must not keep its readings fresh.
    until = min(one.taken, received) + timedelta(seconds=one.fresh_s or FRESH_S) + LATE
    said = {name: value for name, value in one if name in SensorView.model_fields}
    return SensorView(received_at=received, stale=now > until, **said)
