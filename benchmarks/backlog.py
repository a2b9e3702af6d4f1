"""Events that wait on a gate's disk, as after hours without a broker."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from contract.messages.sensor import SensorData, SensorReading
from contract.messages.visit import Screened, VisitData
from contract.topics import Kind
from contract.verdicts import Mask, Verdict
from edge.uplink.outbox import NewEvent, Outbox

GROUP: Final = 2000


def fill(database: Path, gate: str, count: int) -> None:
    """Put `count` events into the outbox of `gate`: one visit to three sensor messages of eight readings."""
    outbox = Outbox.open(database, gate)
    now = datetime.now(UTC)
    bodies = (_visit(now), *[_sensors(now)] * 3)
    for first in range(0, count, GROUP):
        outbox.add([_event(*bodies[index % 4], index) for index in range(first, min(first + GROUP, count))])
    outbox.close()


def _event(kind: Kind, data: str, index: int) -> NewEvent:
    return NewEvent(kind, time.time(), time.monotonic(), "bench", f"backlog:{index}", data)


def _visit(now: datetime) -> tuple[Kind, str]:
    visit = VisitData(
        visit="v0123456789abcdef",
        revision=0,
        verdict=Verdict.PASS,
        mask=Mask.WORN,
        core_bin_c=36.5,
        screened_for=Screened(),
        first_seen=now,
        decided=now,
        frames=14,
        replay=True,
    )
    return Kind.VISIT, visit.model_dump_json()


def _sensors(now: datetime) -> tuple[Kind, str]:
    readings = tuple(
        SensorReading(sensor=f"air-{number}", quantity="co2", value=640.0 + number, unit="ppm", taken=now) for number in range(8)
    )
    return Kind.SENSOR, SensorData(readings=readings).model_dump_json()
