"""Bins and dispensers of which a report has to say something: what is open, what nobody knows, what nothing shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from cloud.ledger.facility.level_moves import BY_PEOPLE, LevelDoubt, LevelStep
from cloud.ledger.facility.levels import LevelLight, LevelRules, Scale, light_of
from cloud.ledger.facility.rounds import Trust
from cloud.ledger.sites import ROOT
from cloud.store.facility.level_book import LevelEntry, level_entries
from cloud.store.facility.levels import LevelPoint, level_points
from cloud.store.reporting.body import LevelLine
from cloud.store.reporting.period import Period
from cloud.store.views.models import moment_or_none

FOLLOWED_MS: Final = 60 * 86_400_000
"""So far back the book is followed; what is open for longer stands with the bin itself."""


@dataclass(frozen=True, slots=True)
class LevelsOf:
    """What was open when the report was due, by what had been written down until then; what is not known, when it was made."""

    rules: LevelRules

    def __call__(self, connection: Connection, period: Period) -> list[LevelLine]:
        since_ms = min(period.since_ms, period.due_ms - FOLLOWED_MS)
        entries = level_entries(connection, since_ms, period.due_ms)
        there = [one for one in level_points(connection, ROOT) if one.made_ms < period.due_ms]
        lines = [self._line(one, [each for each in entries if each.point == one.number], since_ms, period) for one in there]
        return [one for one in lines if one.state != LevelLight.FINE or one.unverified or one.contradicted or one.unsaid]

    def _line(self, point: LevelPoint, book: list[LevelEntry], since_ms: int, period: Period) -> LevelLine:
        scale, state = point.scale(self.rules), point.state
        before_ms = state.due_ms if state.due_ms is not None and state.due_ms <= since_ms else None
        due_ms = open_since(book, scale, before_ms)
        unknown = light_of(state, scale, period.made_ms, self.rules) is LevelLight.UNKNOWN
        recent = [one for one in book if one.at_ms > period.since_ms]
        doubts = [one.doubt for one in recent if one.step in BY_PEOPLE and one.trust is Trust.UNVERIFIED]
        return LevelLine(
            site=point.site,
            kind=point.kind,
            name=point.name,
            state=LevelLight.DUE if due_ms is not None else LevelLight.UNKNOWN if unknown else LevelLight.FINE,
            since=moment_or_none(due_ms),
            limit_pct=scale.limit_pct,
            done=sum(one.step in BY_PEOPLE for one in recent),
            unverified=sum(one is not LevelDoubt.CONTRADICTED for one in doubts),
            contradicted=sum(one is LevelDoubt.CONTRADICTED for one in doubts),
            unsaid=sum(one.step is LevelStep.RETURNED for one in recent),
        )


def open_since(book: list[LevelEntry], scale: Scale, before_ms: int | None = None) -> int | None:
    """Since when it was to be emptied or refilled after all of these; None: it was not. `before_ms`: what was open before."""
    due_ms, closed_ms = before_ms, before_ms
    for one in book:
        match one.step:
            case LevelStep.BECAME_DUE:
                due_ms = one.happened_ms
            case LevelStep.RETURNED | LevelStep.SEEN:
                due_ms = None
            case LevelStep.CONTRADICTED:
                if one.value is not None and scale.is_due(one.value):
                    due_ms = one.happened_ms if closed_ms is None else closed_ms
            case LevelStep.PICKED_UP | LevelStep.REFILLED:
                if due_ms is not None and due_ms <= one.happened_ms and one.doubt is not LevelDoubt.CONTRADICTED:
                    due_ms, closed_ms = None, due_ms
                elif due_ms is not None:
                    closed_ms = due_ms
    return due_ms
