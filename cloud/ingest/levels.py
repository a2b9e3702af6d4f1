"""Readings of bins and dispensers: how each stands, and what is written into its book, in the transaction of the event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection

from cloud.ledger.events import Heard
from cloud.ledger.facility.level_moves import LevelReading, LevelStep, after_reading
from cloud.ledger.facility.levels import LevelRules, LevelState
from cloud.store.facility.level_book import LevelEntry, add_level_entry
from cloud.store.facility.levels import LevelPoint, heard_by, save_levels
from contract.messages.sensor import SensorData, SensorReading

PERCENT: Final = "%"
Key = tuple[str, str, str]
"""Gate, sensor, quantity."""


def settle_levels(connection: Connection, fresh: Sequence[Heard], rules: LevelRules, now_ms: int) -> None:
    """Bring what sensors said to the bins and dispensers that hear them. One look-up where any sensor spoke, else nothing."""
    spoke = [one for one in fresh if isinstance(one.data, SensorData)]
    if not spoke:
        return
    points = heard_by(connection, {one.id.gate for one in spoke})
    if not points:
        return
    bound: dict[Key, list[LevelReading]] = {(one.gate, one.sensor, one.quantity): [] for one in points}
    for heard, reading in _readings(spoke):
        key = heard.id.gate, reading.sensor, reading.quantity
        if key in bound:
            bound[key].append(_in_percent(heard, reading))
    changed = []
    for point in points:
        state = _settle(connection, point, bound[point.gate, point.sensor, point.quantity], rules, now_ms)
        changed += [(point.number, state)] if state != point.state else []
    save_levels(connection, changed)


def _settle(
    connection: Connection, point: LevelPoint, readings: Sequence[LevelReading], rules: LevelRules, now_ms: int
) -> LevelState:
    state, scale = point.state, point.scale(rules)
    for reading in sorted(readings, key=lambda one: one.taken_ms):
        told = state.told
        state, step = after_reading(state, scale, reading, rules)
        if step is not None:
            about = told if step in (LevelStep.SEEN, LevelStep.CONTRADICTED) else None
            add_level_entry(connection, LevelEntry(0, point.number, now_ms, reading.taken_ms, "", step, about, reading.value))
    return state


def _readings(spoke: Sequence[Heard]) -> Iterator[tuple[Heard, SensorReading]]:
    for heard in spoke:
        if isinstance(heard.data, SensorData):
            yield from ((heard, one) for one in heard.data.readings)


def _in_percent(heard: Heard, reading: SensorReading) -> LevelReading:
    """With its true time: corrected as the event's, and never ahead of when it came."""
    said_ms = round(reading.taken.timestamp() * 1000) + heard.shown_ms - heard.time_ms
    fresh_ms = None if reading.fresh_s is None else round(reading.fresh_s * 1000)
    taken_ms = min(said_ms, heard.received_ms)
    if reading.value is None:
        return LevelReading(None, reading.trouble or "not_measured", taken_ms, fresh_ms)
    if reading.unit != PERCENT:
        return LevelReading(None, "wrong_unit", taken_ms, fresh_ms)
    return LevelReading(reading.value, None, taken_ms, fresh_ms)
