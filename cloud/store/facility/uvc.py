"""Runs of UV-C lamps in the ledger: put together from what the sensors of a run said, kept as long as rounds are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Connection, Update, bindparam, delete, func, select, tuple_, update

from cloud.ledger.facility.uvc import Run
from cloud.ledger.retention import Horizons
from cloud.store.dialect import Upsert, insert_of
from cloud.store.facility.newest import NewestRow, Says
from cloud.store.feed import Feed
from cloud.store.reporting.period import SENT_MS
from cloud.store.sites import gates_below
from cloud.store.tables import event, uvc_run
from contract.messages import AlertData, AlertKind
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
_SHOWS_ONE: Final = "uvc_lit_s"
"""A run always has it. A dose alone may be any sensor's; of a room that did not run for long everything is told to be old."""
_KEY: Final = ("gate", "sensor", "ended_ms")
_SAID: Final = (*RUN_QUANTITIES.values(), "trouble")


def save_runs(connection: Connection, events: Iterable[Says]) -> None:
    """Put together what was said of each run, whether in one message or in several; what comes again changes nothing."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    shown = set[tuple[Any, ...]]()
    for row in (row for one in events for row in one.newest if row["quantity"] in RUN_QUANTITIES):
        key = row["gate"], row["sensor"], row["at_ms"]
        _add(found.setdefault(key, _nothing(row)), row)
        if row["quantity"] == _SHOWS_ONE and row["value"] is not None:
            shown.add(key)
    for key in sorted(found):
        if key in shown:
            connection.execute(_MERGED[connection.dialect.name], found[key])
        else:
            connection.execute(_MORE, {f"of_{name}": value for name, value in found[key].items()})


def runs(connection: Connection, top: str, since_ms: int, until_ms: int, most: int | None = None) -> Sequence[Run]:
    """Of the gates at this site and below, the newest first; `until_ms` is not included. A run at two places is two."""
    within = (uvc_run.c.ended_ms >= since_ms, uvc_run.c.ended_ms < until_ms, gates_below(uvc_run.c.gate, top))
    asked = select(uvc_run).where(*within).order_by(uvc_run.c.ended_ms.desc(), uvc_run.c.gate, uvc_run.c.place, uvc_run.c.sensor)
    return [Run(**row._mapping) for row in connection.execute(asked.limit(most))]  # noqa: SLF001  SQLAlchemy's public name for it


def disturbed(connection: Connection, some: Sequence[Run]) -> Mapping[Run, list[AlertKind]]:
    """What was raised about the room during each of these runs, by the gate's own clock; nothing where nothing was."""
    timed = [(one, one.began_ms) for one in some]
    first_ms = min((began_ms for _, began_ms in timed if began_ms is not None), default=None)
    if first_ms is None:
        return {}
    of_gates = event.c.gate.in_({one.gate for one in some}), event.c.kind == Kind.ALERT.value
    within = SENT_MS.between(first_ms - _ROUND_MS, max(one.ended_ms for one in some) + _ROUND_MS)
    rows = connection.execute(select(event.c.gate, SENT_MS.label("sent_ms"), event.c.data).where(*of_gates, within)).all()
    raised = [(row.gate, row.sent_ms, kind) for row in rows if (kind := _raised(row.data)) is not None]
    return {one: _during(one, began_ms, raised) for one, began_ms in timed if began_ms is not None}


def forget_runs(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """As long as the rounds they are evidence of."""
    key = [uvc_run.c[name] for name in _KEY]
    found = connection.execute(select(*key).where(uvc_run.c.ended_ms < horizons.rounds_ms).limit(AT_ONCE)).all()
    if not found:
        return 0
    return connection.execute(delete(uvc_run).where(tuple_(*key).in_([tuple(row) for row in found]))).rowcount


def _during(one: Run, began_ms: int, raised: Iterable[tuple[str, int, AlertKind]]) -> list[AlertKind]:
    first_ms, last_ms = began_ms - _ROUND_MS, one.ended_ms + _ROUND_MS
    return sorted({kind for gate, at_ms, kind in raised if gate == one.gate and first_ms <= at_ms <= last_ms})


def _raised(data: str) -> AlertKind | None:
    """None of what is about something else, has gone by its period, or was sent by a later version."""
    try:
        told = AlertData.model_validate_json(data, extra="ignore")
    except ValidationError:
        return None
    return told.kind if told.state == "raised" and told.kind in ROOM else None


def _nothing(row: NewestRow) -> dict[str, Any]:
    named = {"gate": row["gate"], "sensor": row["sensor"], "ended_ms": row["at_ms"], "place": row["place"]}
    return {**named, **dict.fromkeys(_SAID), "received_ms": row["received_ms"]}


def _add(run: dict[str, Any], row: NewestRow) -> None:
    run[RUN_QUANTITIES[row["quantity"]]] = row["value"]
    run["trouble"] = run["trouble"] or row["trouble"]
    run["received_ms"] = max(run["received_ms"], row["received_ms"])


def _merged(dialect: str) -> Upsert:
    new = insert_of(dialect, uvc_run)
    said: dict[str, ColumnElement[Any]] = {name: func.coalesce(new.excluded[name], uvc_run.c[name]) for name in _SAID}
    return new.on_conflict_do_update(index_elements=_KEY, set_=said)


def _more() -> Update:
    said: dict[str, ColumnElement[Any]] = {name: func.coalesce(bindparam(f"of_{name}"), uvc_run.c[name]) for name in _SAID}
    return update(uvc_run).where(*(uvc_run.c[name] == bindparam(f"of_{name}") for name in _KEY)).values(said)


_MERGED: Final = {dialect: _merged(dialect) for dialect in ("sqlite", "postgresql")}
_MORE: Final = _more()
