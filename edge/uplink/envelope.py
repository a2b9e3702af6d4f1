"""A row becomes a message: made when it is sent, so that what the row has learnt since is in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from contract.ids import EventId
from contract.messages.envelope import Envelope
from edge.clock import clock_ok
from edge.uplink.outbox import Row


def event_body(row: Row, event_id: EventId) -> bytes:
    """The message of one row as JSON."""
    data = json.loads(row.data)
    if row.late:
        data["record_late"] = True
    time = datetime.fromtimestamp(row.wall_s, UTC)
    envelope = Envelope(
        id=str(event_id),
        source=f"/menshen/{event_id.gate}",
        type=f"menshen.{row.kind.value}",
        time=time,
        mono_ms=max(0, int(row.mono_s * 1000)),
        boot=row.boot,
        clock_ok=row.clock_ok and clock_ok(time),
        data=data,
    )
    return envelope.model_dump_json().encode()
