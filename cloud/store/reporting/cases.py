"""Cases of a period: opened, closed, still open."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select

from cloud.ledger.cases import CaseState
from cloud.ledger.casework import CaseOutcome, Mistake, Step
from cloud.store.reporting.body import CaseLine
from cloud.store.reporting.period import Period, sealed
from cloud.store.tables import case_entry, chain, event, recheck_case
from cloud.store.views.models import moment, moment_or_none


def cases_of(connection: Connection, period: Period) -> list[CaseLine]:
    """In the order they were opened."""
    entries = connection.execute(sealed(case_entry, period, *(case_entry.c[name] for name in ("case", "step", "body", "at_ms"))))
    closed = {row.case: json.loads(row.body) for row in entries if row.step == Step.CLOSED}
    opened = _opened(connection, period)
    rows = connection.execute(_wanted(opened | closed.keys())).all()
    reported = _first_reports(connection, [row.number for row in rows], period)
    return [_line(row, row.number in opened, closed.get(row.number), reported.get(row.number)) for row in rows]


def _opened(connection: Connection, period: Period) -> set[int]:
    same = and_(event.c.gate == recheck_case.c.gate, event.c.install == recheck_case.c.install, event.c.seq == recheck_case.c.seq)
    under = recheck_case.join(event, same).join(chain, chain.c.seal == event.c.seal)
    return set(connection.execute(select(recheck_case.c.number).select_from(under).where(period.holds())).scalars())


def _wanted(numbers: Iterable[int]) -> Any:
    is_open = recheck_case.c.state != CaseState.CLOSED
    return select(recheck_case).where(or_(is_open, recheck_case.c.number.in_(sorted(numbers)))).order_by(recheck_case.c.number)


def _first_reports(connection: Connection, numbers: list[int], period: Period) -> dict[int, int]:
    """When each case was first reported to the leading group, up to the cut."""
    under = case_entry.join(chain, chain.c.seal == case_entry.c.seal)
    asked = (case_entry.c.case.in_(numbers), case_entry.c.step == Step.REPORTED.value, chain.c.number <= period.last)
    rows = connection.execute(
        select(case_entry.c.case, case_entry.c.at_ms).select_from(under).where(*asked).order_by(case_entry.c.number.desc())
    )
    return {row.case: row.at_ms for row in rows}


def _line(row: Row[Any], opened: bool, ending: dict[str, Any] | None, reported_ms: int | None) -> CaseLine:
    """A case that was closed after the cut is told of as open: the next report tells of its end."""
    over = ending is not None
    outcome = (ending or {}).get("outcome") or (row.outcome if over else None)
    waited = None if row.acknowledged_ms is None else max(0, row.acknowledged_ms - row.raised_ms) / 1000
    return CaseLine(
        gate=row.gate,
        id=f"case-{row.number}",
        kind=row.kind,
        raised=moment(row.raised_ms),
        opened=opened,
        state=CaseState.CLOSED if over else CaseState.OPEN if row.acknowledged_ms is None else CaseState.TAKEN,
        taken_by=row.acknowledged_by,
        taken_after_s=waited,
        reported=moment_or_none(reported_ms),
        outcome=outcome,
        mistake=((ending or {}).get("why") or Mistake.UNKNOWN.value) if outcome == CaseOutcome.FALSE_ALARM else None,
    )
