"""Visits as a screen sees them, newest first, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, Row, select, true, tuple_

from cloud.store.tables import visit
from cloud.store.views.models import VisitView, moment
from contract.messages import ReadingData, Screened
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


def visit_page(connection: Connection, limit: int, gate: str | None = None, before: Place | None = None) -> Page:
    """One page."""
    where: ColumnElement[bool] = true() if gate is None else visit.c.gate == gate
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
    )
