"""Messages as a gate sends them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from contract.dropped import Dropped
from contract.ids import EventId
from contract.message import Message
from contract.messages.alert import AlertData
from contract.messages.envelope import Envelope
from contract.messages.health import HealthData, StateData
from contract.messages.sensor import SensorData, SensorReading
from contract.messages.visit import VisitData
from contract.topics import Kind, topic
from contract.verdicts import Mask, Verdict

START = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
START_MS = round(START.timestamp() * 1000)
INSTALL = "i1"


def event(
    kind: Kind,
    data: Message,
    seq: int,
    *,
    gate: str = "gate-1",
    at: datetime = START,
    install: str = INSTALL,
    boot: str = "b1",
    mono_ms: int | None = None,
    clock_ok: bool = True,
) -> bytes:
    """The body of one event. `mono_ms`: left out, the boot was at START."""
    since_ms = round((at - START).total_seconds() * 1000)
    envelope = Envelope(
        id=str(EventId(gate, install, seq)),
        source=gate,
        type=f"menshen.{kind.value}",
        time=at,
        mono_ms=max(0, since_ms) if mono_ms is None else mono_ms,
        boot=boot,
        clock_ok=clock_ok,
        data=data.model_dump(mode="json"),
    )
    return envelope.model_dump_json().encode()


def visit(seq: int, name: str = "v1", revision: int = 0, verdict: Verdict = Verdict.PASS, **more: Any) -> bytes:
    at, seen = more.pop("at", START), more.pop("seen", {})
    first = at - timedelta(seconds=1)
    data = VisitData(
        visit=name, revision=revision, verdict=verdict, mask=Mask.WORN, first_seen=first, decided=at, frames=9, **seen
    )
    return event(Kind.VISIT, data, seq, at=at, **more)


def alert(
    seq: int,
    kind: str = "colour_camera",
    state: str = "raised",
    subject: str = "",
    dropped: Dropped | None = None,
    *,
    refused: bool = False,
    **more: Any,
) -> bytes:
    said = {"kind": kind, "state": state, "subject": subject, "detail": f"{kind} {seq}", "dropped": dropped, "refused": refused}
    data = AlertData.model_validate({**said, "raised": START})
    return event(Kind.ALERT, data, seq, **more)


def health(seq: int, oldest_unacked: int | None = 0, last_seq: int = 0, **more: Any) -> bytes:
    """Left out, it says that nothing is delivered yet."""
    data = HealthData(
        uptime_s=5,
        colour_fps=25.0,
        thermal_fps=9.0,
        frames_skipped=0,
        loop_p50_ms=3.0,
        loop_p99_ms=None,
        records_dropped=0,
        outbox_rows=2,
        oldest_unacked=oldest_unacked,
        last_seq=last_seq,
        restarts={"colour": 1},
        parts={"colour": "live"},
        version="0.1",
        model="m",
        clock_ok=True,
    )
    return event(Kind.HEALTH, data, seq, **more)


def sensor(seq: int, values: list[float | None], **more: Any) -> bytes:
    readings = tuple(
        SensorReading(sensor="air-1", quantity="co2", value=value, unit="ppm", taken=START + timedelta(seconds=index))
        for index, value in enumerate(values)
    )
    return event(Kind.SENSOR, SensorData(readings=readings), seq, **more)


def state(*, online: bool, disk: str = "", in_memory: int = 0) -> bytes:
    said = StateData(online=online, since=START, version="0.1", disk=disk, in_memory=in_memory)
    return said.model_dump_json().encode()


def kind_of(body: bytes) -> Kind:
    return Kind(json.loads(body)["type"].removeprefix("menshen."))


def topic_of(body: bytes) -> str:
    found = json.loads(body)
    return topic(found["id"].split(":")[0], kind_of(body))
