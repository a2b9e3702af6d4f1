"""Events: each stored once, with the time of its series fixed for ever."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, insert

from cloud.ledger.events import Heard
from cloud.store.dialect import insert_new, write_many
from cloud.store.removing import without_removed
from cloud.store.sealing import counted, sealed
from cloud.store.tables import event, series_outbox
from contract.ids import EventId
from contract.series import MEASUREMENTS, series_ns

_NOTED: Final = insert(series_outbox)


def add_events(connection: Connection, heard: Sequence[Heard]) -> list[Heard]:
    """Store what is not there yet, and was not. Returns only that, in the order given."""
    removed = without_removed(connection, (one.id for one in heard))
    heard = [one for one in heard if one.id not in removed] if removed else heard
    rows = [sealed(connection, _row(one)) for one in heard]
    written = insert_new(connection, event, rows, "gate", "install", "seq")
    new = set(map(EventId._make, written))
    fresh: list[Heard] = []
    for one, row in zip(heard, rows, strict=True):
        if one.id in new:
            new.discard(one.id)
            fresh.append(one)
            counted(connection, "event", row)
    return fresh


def queue_for_series(connection: Connection, heard: Iterable[Heard]) -> None:
    """Leave a note for the projector, in the same transaction as the event."""
    notes = [one.id._asdict() for one in heard if one.kind in MEASUREMENTS]
    if notes:
        write_many(connection, _NOTED, notes)


def _row(one: Heard) -> dict[str, Any]:
    return {
        "gate": one.id.gate,
        "install": one.id.install,
        "seq": one.id.seq,
        "kind": one.kind.value,
        "time_ms": one.time_ms,
        "mono_ms": one.mono_ms,
        "boot": one.boot,
        "clock_ok": one.clock_ok,
        "received_ms": one.received_ms,
        "series_ns": series_ns(one.shown_ms, one.id.seq),
        "data": one.data.model_dump_json(),
        "corrected_ms": one.corrected_ms,
    }
