"""The sensors of a gate as they were heard last."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from pydantic import Field, ValidationError
from sqlalchemy import Connection, select

from cloud.store.tables import event, gate
from cloud.store.views.models import View, moment
from contract.messages import SensorData
from contract.topics import Kind

_LOOK_BACK: Final = 2_000
"""So many of a gate's newest events are looked through: a sensor that is not among them has been silent for hours."""
_MESSAGES: Final = 50


class SensorView(View):
    """The newest reading of one quantity of one sensor."""

    sensor: str
    quantity: str
    value: float | None = Field(description="null: the reading failed")
    unit: str
    taken: datetime
    received_at: datetime


def sensors(connection: Connection, name: str) -> list[SensorView]:
    """By sensor and quantity; nothing of a gate whose install is not known yet."""
    known = connection.execute(select(gate.c.health_install, gate.c.health_seq).where(gate.c.gate == name)).one_or_none()
    if known is None or known.health_install is None:
        return []
    of_gate = (event.c.gate == name) & (event.c.install == known.health_install) & (event.c.seq > known.health_seq - _LOOK_BACK)
    found = select(event.c.data, event.c.received_ms).where(of_gate, event.c.kind == Kind.SENSOR.value)
    newest: dict[tuple[str, str], SensorView] = {}
    for row in connection.execute(found.order_by(event.c.seq.desc()).limit(_MESSAGES)):
        for view in _views(row.data, row.received_ms):
            newest.setdefault((view.sensor, view.quantity), view)
    return [newest[key] for key in sorted(newest)]


def _views(data: str, received_ms: int) -> list[SensorView]:
    """The readings of one message, the newest first; none of one that was erased."""
    try:
        readings = SensorData.model_validate_json(data, extra="ignore").readings
    except ValidationError:
        return []
    return [SensorView(received_at=moment(received_ms), **dict(one)) for one in reversed(readings)]
