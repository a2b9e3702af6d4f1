"""What the ledger's screen lists: visits, alarms, cases, audit, each row in one form, newest first, in pages.

A page goes on behind the last row of the one before, by what of it never changes: rows that arrive meanwhile move nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, false, or_, select, tuple_

from cloud.ledger.case_numbers import number_spoken
from cloud.ledger.chinese.said import in_chinese
from cloud.ledger.sites import ROOT
from cloud.store.sites import below, gates_below
from cloud.store.tables import account, alarm, alarm_move, audit, recheck_case
from cloud.store.views.models import View, VisitView, moment
from cloud.store.views.visits import Place, Population, Sought, begins, visit_page
from contract.verdicts import Reason, Verdict


class Part(StrEnum):
    """A kind of rows."""

    VISITS = "visits"
    ALARMS = "alarms"
    CASES = "cases"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Search:
    """What is sought; what is None or empty does not narrow. `text`: what one of a row's ids begins with."""

    part: Part
    site: str = ROOT
    gate: str | None = None
    who: Population | None = None
    verdict: Verdict | None = None
    reason: Reason | None = None
    since_ms: int | None = None
    until_ms: int | None = None
    text: str = ""


class Found(View):
    """One row of a list."""

    part: Part
    id: str = Field(description="of a visit: its gate, a slash, its name; else such as case-1, alarm-1, audit-1")
    at: datetime
    gate: str = Field(description="empty where no gate is concerned")
    what: str = Field(description="verdict, kind of the alarm or case, or what was done")
    state: str = Field(description="mask, state of the alarm or case; empty in the audit")
    reasons: tuple[str, ...] = ()
    who: str = Field("", description="badge or pass that was shown, owner, or who did it")
    detail: str = ""
    detail_zh: str = Field("", description="of an alarm: the same in Chinese; empty where no sentence is known for it")
    late: bool = Field(False, description="stored more than a minute after it was decided")
    revisions: int = 1


Page = tuple[list[Found], Place | None]


def found(connection: Connection, search: Search, limit: int, before: Place | None = None) -> Page:
    """One page, and where the next begins; None at the end."""
    return _LISTS[search.part](connection, search, limit, before)


def _visits(connection: Connection, search: Search, limit: int, before: Place | None) -> Page:
    sought = Sought(
        search.site, search.gate, search.who, search.verdict, search.since_ms, search.until_ms, search.reason, search.text
    )
    page = visit_page(connection, limit, sought, before)
    return [_visit(one) for one in page.visits], page.older


def _visit(one: VisitView) -> Found:
    return Found(
        part=Part.VISITS,
        id=f"{one.gate}/{one.visit}",
        at=one.decided,
        gate=one.gate,
        what=one.verdict,
        state=one.mask,
        reasons=tuple(one.reasons),
        who=one.badge or one.visitor_pass or "",
        late=one.late,
        revisions=one.revisions,
    )


def _alarms(connection: Connection, search: Search, limit: int, before: Place | None) -> Page:
    """In the order in which they were first raised; within a time are those that moved in it."""
    where = [*_at_gates(alarm.c.gate, search)]
    if search.since_ms is not None or search.until_ms is not None:
        moved = and_(alarm_move.c.gate == alarm.c.gate, alarm_move.c.kind == alarm.c.kind, *_within(alarm_move.c.at_ms, search))
        where.append(select(alarm_move.c.number).where(moved).exists())
    if search.text:
        where.append(or_(_numbered(alarm.c.number, "alarm", search.text), begins(alarm.c.kind, search.text), _by(alarm, search)))
    if before is not None:
        where.append(alarm.c.number < before.number)
    rows = connection.execute(_newest(select(alarm).where(*where), (alarm.c.number,), limit)).all()
    return _page(rows, limit, _alarm, lambda row: Place(0, row.number))


def _alarm(row: Row[Any]) -> Found:
    return Found(
        part=Part.ALARMS,
        id=f"alarm-{row.number}",
        at=moment(row.raised_ms),
        gate=row.gate,
        what=row.kind,
        state=row.state,
        who=row.acknowledged_by or "",
        detail=row.detail,
        detail_zh=in_chinese(row.detail),
        revisions=row.count,
    )


def _cases(connection: Connection, search: Search, limit: int, before: Place | None) -> Page:
    where = [*_at_gates(recheck_case.c.gate, search), *_within(recheck_case.c.raised_ms, search)]
    if search.text:
        number = _numbered(recheck_case.c.number, "case", search.text)
        where.append(or_(number, begins(recheck_case.c.visit, search.text), _by(recheck_case, search)))
    place = (recheck_case.c.raised_ms, recheck_case.c.number)
    if before is not None:
        where.append(tuple_(*place) < (before.shown_at_ms, before.number))
    rows = connection.execute(_newest(select(recheck_case).where(*where), place, limit)).all()
    return _page(rows, limit, _case, lambda row: Place(row.raised_ms, row.number))


def _case(row: Row[Any]) -> Found:
    return Found(
        part=Part.CASES,
        id=f"case-{row.number}",
        at=moment(row.raised_ms),
        gate=row.gate,
        what=row.kind,
        state=row.outcome or row.state,
        who=row.acknowledged_by or "",
    )


def _deeds(connection: Connection, search: Search, limit: int, before: Place | None) -> Page:
    """Who reads for one site sees what its accounts did."""
    where = list(_within(audit.c.at_ms, search))
    if search.site != ROOT:
        where.append(audit.c.user.in_(select(account.c.user).where(below(account.c.site, search.site))))
    if search.gate is not None:
        where.append(audit.c.subject == search.gate)
    if search.text:
        where.append(or_(*(begins(column, search.text) for column in (audit.c.user, audit.c.action, audit.c.subject))))
    if before is not None:
        where.append(audit.c.number < before.number)
    rows = connection.execute(_newest(select(audit).where(*where), (audit.c.number,), limit)).all()
    return _page(rows, limit, _deed, lambda row: Place(0, row.number))


def _deed(row: Row[Any]) -> Found:
    return Found(
        part=Part.AUDIT,
        id=f"audit-{row.number}",
        at=moment(row.at_ms),
        gate="",
        what=row.action,
        state="",
        who=row.user,
        detail=" · ".join(one for one in (row.subject, row.detail) if one),
    )


def _at_gates(column: Any, search: Search) -> list[ColumnElement[bool]]:
    clauses = [gates_below(column, search.site)]
    return clauses if search.gate is None else [*clauses, column == search.gate]


def _within(column: Any, search: Search) -> list[ColumnElement[bool]]:
    since = [] if search.since_ms is None else [column >= search.since_ms]
    return since if search.until_ms is None else [*since, column < search.until_ms]


def _by(table: Any, search: Search) -> ColumnElement[bool]:
    return begins(table.c.acknowledged_by, search.text)


def _numbered(column: Any, kind: str, text: str) -> ColumnElement[bool]:
    """`case-12` is case 12, and so is 2026-0012."""
    if kind == "case" and (spoken := number_spoken(text)) is not None:
        return or_(column == spoken)
    named, _, number = text.partition("-")
    known = named == kind and number.isascii() and number.isdigit() and len(number) < 19  # noqa: PLR2004  fits 64 bits
    return column == int(number) if known else false()


def _newest(question: Select[Any], order: Sequence[Any], limit: int) -> Select[Any]:
    return question.order_by(*(column.desc() for column in order)).limit(limit + 1)


def _page(rows: Sequence[Row[Any]], limit: int, shown: Callable[[Row[Any]], Found], place: Callable[[Row[Any]], Place]) -> Page:
    return [shown(row) for row in rows[:limit]], place(rows[limit - 1]) if len(rows) > limit else None


_LISTS: Final[dict[Part, Callable[[Connection, Search, int, Place | None], Page]]] = {
    Part.VISITS: _visits,
    Part.ALARMS: _alarms,
    Part.CASES: _cases,
    Part.AUDIT: _deeds,
}
