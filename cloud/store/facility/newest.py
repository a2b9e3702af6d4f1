"""What every sensor said last, kept by the projector: a board of thousands of sensors is then one question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import Connection, delete, select, tuple_

from cloud.ledger.retention import Horizons
from cloud.store.dialect import Upsert, insert_of, write_many
from cloud.store.feed import Feed
from cloud.store.tables import newest_reading

NewestRow = Mapping[str, Any]
"""One row of `newest_reading`."""
AT_ONCE: Final = 500
_KEY: Final = ("gate", "sensor", "quantity")
_SAID: Final = ("place", "value", "trouble", "unit", "at_ms", "received_ms", "fresh_ms", "least", "most", "calibration_due")


class Says(Protocol):
    """An event that may hold readings."""

    @property
    def newest(self) -> tuple[NewestRow, ...]: ...


def newest_rows(gate: str, said: Mapping[str, Any], shift_ms: int, received_ms: int) -> tuple[NewestRow, ...]:
    """The readings of one event, of which nothing else has to be known. `shift_ms`: what its gate's times lack."""
    return tuple(_row(gate, one, shift_ms, received_ms) for one in said["readings"])


def save_newest(connection: Connection, events: Iterable[Says]) -> None:
    """Of every sensor the newest stays, in whatever order the events come."""
    newest: dict[tuple[str, ...], NewestRow] = {}
    for row in (row for one in events for row in one.newest):
        key = tuple(row[name] for name in _KEY)
        if key not in newest or row["at_ms"] >= newest[key]["at_ms"]:
            newest[key] = row
    if newest:
        # By key, so that two workers take the rows in the same order and neither waits for the other for ever.
        write_many(connection, _NEWER[connection.dialect.name], [newest[key] for key in sorted(newest)])


def forget_newest(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """Of sensors that have been silent for as long as readings are kept."""
    key = [newest_reading.c[name] for name in _KEY]
    due = select(*key).where(newest_reading.c.received_ms < horizons.sensors_ms).limit(AT_ONCE)
    found = connection.execute(due).all()
    if not found:
        return 0
    return connection.execute(delete(newest_reading).where(tuple_(*key).in_([tuple(row) for row in found]))).rowcount


def _row(gate: str, one: Mapping[str, Any], shift_ms: int, received_ms: int) -> NewestRow:
    taken_ms = round(datetime.fromisoformat(one["taken"]).timestamp() * 1000) + shift_ms
    fresh_s = one.get("fresh_s")
    return {
        "gate": gate,
        "sensor": str(one["sensor"]),
        "quantity": str(one["quantity"]),
        "place": str(one.get("place") or ""),
        "value": one["value"],
        "trouble": one.get("trouble"),
        "unit": str(one["unit"]),
        "at_ms": min(taken_ms, received_ms),
        "received_ms": received_ms,
        "fresh_ms": None if fresh_s is None else round(fresh_s * 1000),
        "least": one.get("least"),
        "most": one.get("most"),
        "calibration_due": one.get("calibration_due"),
    }


def _newer(dialect: str) -> Upsert:
    new = insert_of(dialect, newest_reading)
    return new.on_conflict_do_update(
        index_elements=_KEY,
        set_={name: new.excluded[name] for name in _SAID},
        where=new.excluded.at_ms >= newest_reading.c.at_ms,
    )


_NEWER: Final = {dialect: _newer(dialect) for dialect in ("sqlite", "postgresql")}
