"""Visits: every revision once, and beside them the visit as its newest revision has it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Final

from sqlalchemy import Connection, case, null

from cloud.ledger.events import Heard
from cloud.ledger.visits import is_late
from cloud.store.dialect import Upsert, insert_new, insert_of, write_many
from cloud.store.feed import Feed
from cloud.store.tables import visit, visit_revision
from contract.message import Message
from contract.messages.visit import Screened, VisitData

Decision = tuple[Heard, VisitData]
_REVISED: Final = (
    "verdict",
    "mask",
    "revision",
    "decided_ms",
    "received_ms",
    "shown_at_ms",
    "reasons",
    "reading",
    "core_bin_c",
    "screened_for",
    "record_late",
    "replay",
    "late",
    "badge",
    "visitor_pass",
    "duty",
    "code_refused",
    "hands",
)
"""Columns that are those of the newest revision."""


def add_decisions(connection: Connection, feed: Feed, decisions: Sequence[Decision]) -> list[Decision]:
    """Store revisions that are not there yet and bring their visits up to date. Returns the new ones."""
    fresh = _add_revisions(connection, decisions)
    if fresh:
        write_many(connection, _upsert(connection.dialect.name), _newest(fresh, feed))
    return fresh


def _add_revisions(connection: Connection, decisions: Sequence[Decision]) -> list[Decision]:
    rows = [{**heard.id._asdict(), "visit": said.visit, "revision": said.revision} for heard, said in decisions]
    new = set(insert_new(connection, visit_revision, rows, "gate", "install", "seq"))
    return [(heard, said) for heard, said in decisions if tuple(heard.id) in new]


def _newest(decisions: Sequence[Decision], feed: Feed) -> list[dict[str, Any]]:
    """One row a visit, of its newest revision among these."""
    visits: dict[tuple[str, str], list[Decision]] = {}
    for one in decisions:
        visits.setdefault((one[0].id.gate, one[1].visit), []).append(one)
    return [
        {**_row(*max(revisions, key=lambda one: one[1].revision)), "revisions": len(revisions), "feed": feed.number()}
        for revisions in visits.values()
    ]


def _row(heard: Heard, said: VisitData) -> dict[str, Any]:
    shift_ms = 0 if heard.corrected_ms is None else heard.corrected_ms - heard.time_ms
    decided_ms = round(said.decided.timestamp() * 1000) + shift_ms
    return {
        "gate": heard.id.gate,
        "visit": said.visit,
        "verdict": said.verdict.value,
        "mask": said.mask.value,
        "revision": said.revision,
        "first_seen_ms": round(said.first_seen.timestamp() * 1000) + shift_ms,
        "decided_ms": decided_ms,
        "received_ms": heard.received_ms,
        "shown_at_ms": heard.shown_ms,
        "reasons": ",".join(said.reasons),
        "reading": json_or_none(said.reading),
        "core_bin_c": said.core_bin_c,
        "screened_for": _as_json(said.screened_for),
        "record_late": said.record_late,
        "replay": said.replay,
        "late": is_late(decided_ms, heard.received_ms, clock_ok=heard.clock_ok or heard.corrected_ms is not None),
        "badge": said.badge,
        "visitor_pass": said.visitor_pass,
        "duty": None if said.duty is None else said.duty.value,
        "code_refused": said.code_refused,
        "hands": None if said.hands is None else said.hands.value,
    }


def json_or_none(part: Message | None) -> str | None:
    """A part of a message as it is stored."""
    return None if part is None else part.model_dump_json()


@lru_cache(maxsize=16)
def _as_json(screened_for: Screened) -> str:
    """There are four of them in all."""
    return screened_for.model_dump_json()


@cache
def _upsert(dialect: str) -> Upsert:
    """The newest revision wins, whatever the order of arrival; the first sight is the earliest of all."""
    new = insert_of(dialect, visit)
    newer = new.excluded.revision > visit.c.revision
    earlier = new.excluded.first_seen_ms < visit.c.first_seen_ms
    return new.on_conflict_do_update(
        index_elements=["gate", "visit"],
        set_={
            **{name: case((newer, new.excluded[name]), else_=visit.c[name]) for name in _REVISED},
            "first_seen_ms": case((earlier, new.excluded.first_seen_ms), else_=visit.c.first_seen_ms),
            "revisions": visit.c.revisions + new.excluded.revisions,
            "erased_ms": null(),  # what came late has its content
            "feed": new.excluded.feed,
        },
    )
