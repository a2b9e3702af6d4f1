"""Readings as `sensor` messages, few and full, each small enough for a record on its way to the writer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from contract.messages.sensor import SensorReading
from edge.config.quantities import QUANTITIES
from edge.config.sensors import AirChangeSensor, Told
from edge.records import MAX_DATA
from edge.sensors.borders import Borders
from edge.sensors.reading import Reading

MOST: Final = 200
"""Of one message, as the contract has it."""
NO_BORDERS: Final[Borders] = {}
_AROUND: Final = len(b'{"readings":[]}')


def batches(
    readings: Sequence[Reading], told: Mapping[str, Told], wall: datetime, now_s: float, limits: Borders = NO_BORDERS
) -> Iterator[bytes]:
    """The `data` of one message after the other, as JSON. `wall` is what the clock says at monotonic `now_s`."""
    waiting: list[bytes] = []
    size = _AROUND
    for one in readings:
        told_of = told[one.sensor]
        body = _reading(one, told_of, wall - timedelta(seconds=now_s - one.taken_s), limits.get(one.quantity, (None, None)))
        if len(waiting) == MOST or size + len(body) + 1 > MAX_DATA:
            yield _joined(waiting)
            waiting, size = [], _AROUND
        waiting.append(body)
        size += len(body) + 1
    if waiting:
        yield _joined(waiting)


def _joined(bodies: Sequence[bytes]) -> bytes:
    return b'{"readings":[' + b",".join(bodies) + b"]}"


def _reading(one: Reading, told: Told, taken: datetime, border: tuple[float | None, float | None]) -> bytes:
    said = SensorReading(
        sensor=one.sensor,
        quantity=one.quantity,
        value=None if one.value is None else round(one.value, 4),
        unit=QUANTITIES[one.quantity].unit,
        taken=taken,
        trouble=None if one.trouble is None else one.trouble.value,
        place=told.place,
        fresh_s=told.fresh_s,
        least=border[0],
        most=border[1],
        calibration_due=None if isinstance(told, AirChangeSensor) else told.calibration_due,
    )
    return said.model_dump_json(exclude_defaults=True).encode()
