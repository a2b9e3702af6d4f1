"""Visits as a screen sees them, newest first, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from sqlalchemy import Column, ColumnElement, Connection, Row, and_, func, or_, select, tuple_

from cloud.ledger.sites import ROOT
from cloud.store.sites import gates_below
from cloud.store.tables import visit
from cloud.store.views.models import VisitView, moment
from contract.messages.visit import ReadingData, Screened
from contract.verdicts import Duty, Mask, Reason, Verdict


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list of visits: what comes after it is older."""

    shown_at_ms: int
    number: int

    def __str__(self) -> str:
        return f"{self.shown_at_ms}-{self.number}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError for anything else than what `str` gives."""
        shown_at, _, number = text.partition("-")
        return cls(int(shown_at), int(number))


@dataclass(frozen=True, slots=True)
class Page:
    """Visits, newest first; `older` is where the next page begins, None at the end."""

    visits: list[VisitView]
    older: Place | None


class Population(StrEnum):
    """The two that the ledger keeps: nobody is in both."""

    STAFF = "staff"
    """A staff badge was shown."""
    VISITOR = "visitor"


def begins(column: Column[Any], text: str) -> ColumnElement[bool]:
    """Not LIKE: an id may have `_` in it."""
    return func.substr(column, 1, len(text)) == text


@dataclass(frozen=True, slots=True)
class Sought:
    """Which visits; what is None does not narrow. Times are UTC milliseconds of when it happened, `until_ms` excluded."""

    site: str = ROOT
    gate: str | None = None
    who: Population | None = None
    verdict: Verdict | None = None
    since_ms: int | None = None
    until_ms: int | None = None
    reason: Reason | None = None
    text: str = ""
    """What the visit's id, its badge or its pass begins with."""

    def where(self) -> ColumnElement[bool]:
        clauses = [gates_below(visit.c.gate, self.site)]
        if self.gate is not None:
            clauses.append(visit.c.gate == self.gate)
        if self.who is not None:
            clauses.append(visit.c.badge.is_not(None) if self.who is Population.STAFF else visit.c.badge.is_(None))
        if self.verdict is not None:
            clauses.append(visit.c.verdict == self.verdict)
        if self.since_ms is not None:
            clauses.append(visit.c.shown_at_ms >= self.since_ms)
        if self.until_ms is not None:
            clauses.append(visit.c.shown_at_ms < self.until_ms)
        if self.reason is not None:
            clauses.append(("," + visit.c.reasons + ",").contains(f",{self.reason.value},", autoescape=True))
        if self.text:
            clauses.append(or_(*(begins(column, self.text) for column in (visit.c.visit, visit.c.badge, visit.c.visitor_pass))))
        return and_(*clauses)


def visit_page(connection: Connection, limit: int, sought: Sought, before: Place | None = None) -> Page:
    """One page of the visits that are sought."""
    where = sought.where()
    if before is not None:
        where &= tuple_(visit.c.shown_at_ms, visit.c.number) < (before.shown_at_ms, before.number)
    order = (visit.c.shown_at_ms.desc(), visit.c.number.desc())
    rows = connection.execute(select(visit).where(where).order_by(*order).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Page([_view(row) for row in rows[:limit]], Place(last.shown_at_ms, last.number) if last else None)


def visits_changed(connection: Connection, where: ColumnElement[bool], most: int) -> list[tuple[int, VisitView]]:
    """The visits changed last, each with the number of its change, in the order of change."""
    rows = connection.execute(select(visit).where(where).order_by(visit.c.feed.desc()).limit(most)).all()
    return [(row.feed, _view(row)) for row in reversed(rows)]


def _view(row: Row[Any]) -> VisitView:
    return VisitView(
        visit=row.visit,
        gate=row.gate,
        verdict=Verdict(row.verdict),
        mask=Mask(row.mask),
        revision=row.revision,
        revisions=row.revisions,
        first_seen=moment(row.first_seen_ms),
        decided=moment(row.decided_ms),
        received_at=moment(row.received_ms),
        reasons=tuple(Reason(one) for one in row.reasons.split(",") if one),
        reading=ReadingData.model_validate_json(row.reading) if row.reading else None,
        core_bin_c=row.core_bin_c,
        screened_for=Screened.model_validate_json(row.screened_for),
        record_late=row.record_late,
        replay=row.replay,
        late=row.late,
        badge=row.badge,
        visitor_pass=row.visitor_pass,
        duty=None if row.duty is None else Duty(row.duty),
        code_refused=row.code_refused,
    )
