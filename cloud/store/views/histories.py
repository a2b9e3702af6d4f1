"""Everything that stands in the ledger about one row of its lists, each with its place in the chain."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, and_, select

from cloud.store.sites import below, gates_below
from cloud.store.tables import account, alarm, alarm_move, audit, case_entry, chain, event, recheck_case, visit, visit_revision
from cloud.store.verifying import head_at, verify_links
from cloud.store.views.models import View, moment
from cloud.store.views.search import Part
from contract.messages.visit import VisitData

MOST: Final = 200
_ERASURE_MS: Final = 600_000
"""The audit's line of an erasure is written when that ends: so long after is looked for it."""
_ERASES: Final = ("erase a person", "retention")


class Place(View):
    """Where a row stands in the chain."""

    number: int
    link: str = Field(description="the link's hash, hexadecimal")
    intact: bool = Field(description="whether the rows under this link are as they were written")
    faults: list[str]


class Written(View):
    """One thing that was written."""

    at: datetime = Field(description="when it was stored, by the cloud's clock")
    by: str = Field(description="the gate, an account, or empty: the cloud by itself")
    what: str
    state: str = ""
    detail: str = ""
    reasons: tuple[str, ...] = ()
    late_s: float | None = Field(None, description="how long after it happened it was stored; null: written as it happened")
    erased: bool = Field(False, description="who it was and what was measured is erased; its hash holds")
    place: Place | None = Field(None, description="null: under no link")


class Erasure(View):
    """Who erased, and why; nothing of the person."""

    at: datetime
    by: str
    why: str
    detail: str


class History(View):
    """Oldest first."""

    written: list[Written]
    erasure: Erasure | None = None
    linked: list[str] = Field(default_factory=list, description="ids of other rows about the same")


def history(connection: Connection, part: Part, name: str, site: str) -> History | None:
    """Of this row at `site` or below; None where there is none."""
    return _HISTORIES[part](connection, name, site)


def _of_visit(connection: Connection, name: str, site: str) -> History | None:
    gate, _, one = name.partition("/")
    mine = (visit.c.gate == gate, visit.c.visit == one, gates_below(visit.c.gate, site))
    row = connection.execute(select(visit.c.erased_ms).where(*mine)).one_or_none()
    if row is None:
        return None
    same = and_(*(visit_revision.c[key] == event.c[key] for key in ("gate", "install", "seq")))
    question = select(event, visit_revision.c.revision).join(visit_revision, same)
    rows = connection.execute(
        question.where(visit_revision.c.gate == gate, visit_revision.c.visit == one)
        .order_by(visit_revision.c.revision)
        .limit(MOST)
    ).all()
    cases = connection.execute(select(recheck_case.c.number).where(recheck_case.c.gate == gate, recheck_case.c.visit == one))
    written = _placed(connection, rows, _revision)
    return History(
        written=written, erasure=_erasure(connection, row.erased_ms), linked=[f"case-{number}" for number in cases.scalars()]
    )


def _revision(row: Any) -> dict[str, Any]:
    said = VisitData.model_validate_json(row.data)
    reading = "" if said.reading is None or said.reading.core_c is None else f"{said.reading.core_c:.1f} °C"
    shown = [reading, said.badge or said.visitor_pass or ""]
    return {
        "at": moment(row.received_ms),
        "by": row.gate,
        "what": said.verdict,
        "state": said.mask,
        "reasons": tuple(said.reasons),
        "detail": " · ".join(one for one in shown if one),
        "late_s": max(0, row.received_ms - (row.corrected_ms or row.time_ms)) / 1000,
    }


def _of_alarm(connection: Connection, name: str, site: str) -> History | None:
    mine = (alarm.c.number == _number(name), gates_below(alarm.c.gate, site))
    row = connection.execute(select(alarm.c.gate, alarm.c.kind).where(*mine)).one_or_none()
    if row is None:
        return None
    moves = select(alarm_move).where(alarm_move.c.gate == row.gate, alarm_move.c.kind == row.kind)
    rows = connection.execute(moves.order_by(alarm_move.c.number.desc()).limit(MOST)).all()
    return History(written=_placed(connection, reversed(rows), _move))


def _move(row: Any) -> dict[str, Any]:
    return {"at": moment(row.at_ms), "by": row.user, "what": row.move, "state": row.state, "detail": row.why}


def _of_case(connection: Connection, name: str, site: str) -> History | None:
    mine = (recheck_case.c.number == _number(name), gates_below(recheck_case.c.gate, site))
    about = and_(visit.c.gate == recheck_case.c.gate, visit.c.visit == recheck_case.c.visit)
    question = select(recheck_case.c.gate, recheck_case.c.visit, visit.c.erased_ms).outerjoin(visit, about)
    row = connection.execute(question.where(*mine)).one_or_none()
    if row is None:
        return None
    entries = select(case_entry).where(case_entry.c.case == _number(name)).order_by(case_entry.c.number).limit(MOST)
    written = _placed(connection, connection.execute(entries).all(), _entry)
    return History(written=written, erasure=_erasure(connection, row.erased_ms), linked=[f"{row.gate}/{row.visit}"])


def _entry(row: Any) -> dict[str, Any]:
    body = json.loads(row.body)
    told = "; ".join(f"{key}: {value}" for key, value in body.items() if isinstance(value, str | int | float) and value != "")
    return {"at": moment(row.at_ms), "by": row.user, "what": row.step, "detail": told}


def _of_audit(connection: Connection, name: str, site: str) -> History | None:
    where = [audit.c.number == _number(name)]
    if site:
        where.append(audit.c.user.in_(select(account.c.user).where(below(account.c.site, site))))
    rows = connection.execute(select(audit).where(*where)).all()
    return History(written=_placed(connection, rows, _deed)) if rows else None


def _deed(row: Any) -> dict[str, Any]:
    told = (row.subject, row.detail, row.address)
    return {"at": moment(row.at_ms), "by": row.user, "what": row.action, "detail": " · ".join(one for one in told if one)}


def _placed(connection: Connection, rows: Iterable[Any], shown: Callable[[Any], dict[str, Any]]) -> list[Written]:
    found = list(rows)
    links = _links(connection, chain.c.seal.in_({row.seal for row in found}))
    return [Written(**shown(row), erased=row.content_sha256 is not None, place=links.get(row.seal)) for row in found]


def _links(connection: Connection, where: ColumnElement[bool]) -> dict[int, Place]:
    """By seal; every link is gone through, with the rows of others under it."""
    places = {}
    for row in connection.execute(select(chain).where(where)).all():
        looked = verify_links(connection, head_at(connection, row.number - 1), row.number)
        places[row.seal] = Place(number=row.number, link=row.link.hex(), intact=not looked.faults, faults=looked.faults)
    return places


def _erasure(connection: Connection, erased_ms: int | None) -> Erasure | None:
    """The audit's line of it."""
    if erased_ms is None:
        return None
    near = audit.c.at_ms.between(erased_ms, erased_ms + _ERASURE_MS)
    question = select(audit).where(near, audit.c.action.in_(_ERASES)).order_by(audit.c.number).limit(1)
    row = connection.execute(question).one_or_none()
    if row is None:
        return Erasure(at=moment(erased_ms), by="", why="", detail="")
    return Erasure(at=moment(erased_ms), by=row.user, why=row.action, detail=row.detail)


def _number(name: str) -> int:
    """Of `case-12`; -1 for what is none."""
    number = name.partition("-")[2]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else -1  # noqa: PLR2004  fits 64 bits


_HISTORIES: Final[dict[Part, Callable[[Connection, str, str], History | None]]] = {
    Part.VISITS: _of_visit,
    Part.ALARMS: _of_alarm,
    Part.CASES: _of_case,
    Part.AUDIT: _of_audit,
}
