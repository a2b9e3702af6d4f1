"""Runs of UV-C lamps in the ledger: put together from what the sensors of a run said, kept as long as rounds are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from operator import itemgetter
from typing import Any, Final, Protocol

from pydantic import ValidationError
from sqlalchemy import BigInteger, ColumnElement, Connection, Update, bindparam, case, delete, func, or_, select, tuple_, update

from cloud.ledger.facility.uvc import Run
from cloud.ledger.retention import Horizons
from cloud.store.dialect import Upsert, insert_of
from cloud.store.feed import Feed
from cloud.store.reporting.period import SENT_MS
from cloud.store.sites import gates_below
from cloud.store.tables import event, uvc_run
from contract.ids import EventId
from contract.messages.alert import AlertData, AlertKind
from contract.topics import Kind

AT_ONCE: Final = 500
ROOM: Final = frozenset({AlertKind.ROOM_PERSON, AlertKind.ROOM_SENSOR, AlertKind.ROOM_LAMP})
"""What ends a run before its time, or should have."""
_ROUND_MS: Final = 2_000
"""The room is looked at ten times a second, its alarms are told within one; when a run ended is known so well."""
RUN_QUANTITIES: Final = {
    "uvc_lit_s": "lit_s",
    "uvc_covered_pct": "covered_pct",
    "uvc_dose_mj_cm2": "dose_mj_cm2",
    "uvc_dose_off_mj_cm2": "off_mj_cm2",
    "uvc_mean_uw_cm2": "mean_uw_cm2",
    "uvc_peak_uw_cm2": "peak_uw_cm2",
    "uvc_target_mj_cm2": "target_mj_cm2",
    "uvc_reached": "reached",
}
_SHOWS_ONE: Final = "lit_s"
"""A run always has it. A dose alone may be any sensor's; of a room that did not run for long everything is told to be old."""
_OF_EVENT: Final = ("gate", "sensor", "taken_ms", "ended_ms", "install", "seq", "place", "received_ms")
_KEY: Final = ("gate", "sensor", "taken_ms")
_SAID: Final = (*RUN_QUANTITIES.values(), "trouble")
_OF_RUN: Final = [uvc_run.c[one.name] for one in fields(Run)]
RunRow = Mapping[str, Any]
"""One reading of a run: of which run it is, and `column`, `value`, `trouble`."""


class Says(Protocol):
    """An event that may hold readings of a run."""

    @property
    def runs(self) -> tuple[RunRow, ...]: ...


def run_rows(of: EventId, said: Mapping[str, Any], shift_ms: int, received_ms: int) -> tuple[RunRow, ...]:
    """The readings of one event that are of runs. `shift_ms`: what its gate's times lack."""
    about = [one for one in said["readings"] if one["quantity"] in RUN_QUANTITIES]
    return tuple(_row(of, one, shift_ms, received_ms) for one in about)


def save_runs(connection: Connection, events: Iterable[Says]) -> None:
    """Put together what was said of each run, whether in one message or in several; what comes again changes nothing."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    shown = set[tuple[Any, ...]]()
    for row in (row for one in events for row in one.runs):
        key = tuple(row[name] for name in _KEY)
        run = found.setdefault(key, {**{name: row[name] for name in _OF_EVENT}, **dict.fromkeys(_SAID)})
        run[row["column"]] = row["value"]
        run["trouble"] = run["trouble"] or row["trouble"]
        if row["column"] == _SHOWS_ONE and row["value"] is not None:
            shown.add(key)
    for key in sorted(found):
        if key in shown:
            connection.execute(_MERGED[connection.dialect.name], found[key])
        else:
            connection.execute(_MORE, {f"of_{name}": found[key][name] for name in (*_KEY, *_SAID)})


def correct_runs(connection: Connection, true_times: Sequence[Mapping[str, Any]]) -> None:
    """Give runs their true time: of events `of_gate`, `of_install`, `of_seq`, whose gate's clock lacked `shift_ms`."""
    this = [uvc_run.c[name] == bindparam(f"of_{name}") for name in ("gate", "install", "seq")]
    ended_ms = uvc_run.c.taken_ms + bindparam("shift_ms", type_=BigInteger)
    never_later = case((ended_ms < uvc_run.c.received_ms, ended_ms), else_=uvc_run.c.received_ms)
    connection.execute(update(uvc_run).where(*this).values(ended_ms=never_later), true_times)


def runs(connection: Connection, top: str, since_ms: int, until_ms: int, most: int | None = None) -> Sequence[Run]:
    """Of the gates at this site and below, the newest first; `until_ms` is not included. A run at two places is two."""
    within = (uvc_run.c.ended_ms >= since_ms, uvc_run.c.ended_ms < until_ms, gates_below(uvc_run.c.gate, top))
    asked = select(*_OF_RUN).where(*within).order_by(uvc_run.c.ended_ms.desc(), uvc_run.c.gate, uvc_run.c.place, uvc_run.c.sensor)
    return [Run(**row._mapping) for row in connection.execute(asked.limit(most))]  # noqa: SLF001  SQLAlchemy's public name for it


def disturbed(connection: Connection, some: Sequence[Run]) -> Mapping[Run, list[AlertKind]]:
    """What was raised about the room during each of these runs, by the gate's own clock; nothing where nothing was."""
    first_ms = min((one.began_ms for one in some if one.began_ms is not None), default=None)
    if first_ms is None:
        return {}
    by_gate: dict[str, list[tuple[int, AlertKind]]] = defaultdict(list)
    about_rooms = or_(*(event.c.data.contains(f'"{kind.value}"', autoescape=True) for kind in ROOM))
    where = event.c.gate.in_({one.gate for one in some}), event.c.kind == Kind.ALERT.value, about_rooms
    within = SENT_MS.between(first_ms - _ROUND_MS, max(one.ended_ms for one in some) + _ROUND_MS)
    for row in connection.execute(select(event.c.gate, SENT_MS.label("sent_ms"), event.c.data).where(*where, within)):
        if (kind := _raised(row.data)) is not None:
            by_gate[row.gate].append((row.sent_ms, kind))
    for raised in by_gate.values():
        raised.sort()
    return {one: _during(one, one.began_ms, by_gate[one.gate]) for one in some if one.began_ms is not None}


def forget_runs(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """As long as the rounds they are evidence of."""
    key = [uvc_run.c[name] for name in _KEY]
    found = connection.execute(select(*key).where(uvc_run.c.ended_ms < horizons.rounds_ms).limit(AT_ONCE)).all()
    if not found:
        return 0
    return connection.execute(delete(uvc_run).where(tuple_(*key).in_([tuple(row) for row in found]))).rowcount


def _during(one: Run, began_ms: int, raised: Sequence[tuple[int, AlertKind]]) -> list[AlertKind]:
    """`raised`: of its gate, in the order of time."""
    first = bisect_left(raised, began_ms - _ROUND_MS, key=itemgetter(0))
    last = bisect_right(raised, one.ended_ms + _ROUND_MS, key=itemgetter(0))
    return sorted({kind for _, kind in raised[first:last]})


def _raised(data: str) -> AlertKind | None:
    """None of what is about something else, has gone by its period, or was sent by a later version."""
    try:
        told = AlertData.model_validate_json(data, extra="ignore")
    except ValidationError:
        return None
    return told.kind if told.state == "raised" and told.kind in ROOM else None


def _row(of: EventId, one: Mapping[str, Any], shift_ms: int, received_ms: int) -> RunRow:
    taken_ms = round(datetime.fromisoformat(one["taken"]).timestamp() * 1000)
    return {
        "gate": of.gate,
        "install": of.install,
        "seq": of.seq,
        "sensor": str(one["sensor"]),
        "taken_ms": taken_ms,
        "ended_ms": min(taken_ms + shift_ms, received_ms),
        "received_ms": received_ms,
        "place": str(one.get("place") or ""),
        "column": RUN_QUANTITIES[one["quantity"]],
        "value": one["value"],
        "trouble": one.get("trouble"),
    }


def _merged(dialect: str) -> Upsert:
    new = insert_of(dialect, uvc_run)
    said: dict[str, ColumnElement[Any]] = {name: func.coalesce(new.excluded[name], uvc_run.c[name]) for name in _SAID}
    return new.on_conflict_do_update(index_elements=_KEY, set_=said)


def _more() -> Update:
    said: dict[str, ColumnElement[Any]] = {name: func.coalesce(bindparam(f"of_{name}"), uvc_run.c[name]) for name in _SAID}
    return update(uvc_run).where(*(uvc_run.c[name] == bindparam(f"of_{name}") for name in _KEY)).values(said)


_MERGED: Final = {dialect: _merged(dialect) for dialect in ("sqlite", "postgresql")}
_MORE: Final = _more()
