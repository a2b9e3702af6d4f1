"""One report, out of one consistent picture of the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from sqlalchemy import Connection

from cloud.ledger.casework import CaseOutcome
from cloud.store.reporting.alarms import alarms_of, moves_of, silence_of
from cloud.store.reporting.body import (
    Body,
    CanteenLine,
    CaseLine,
    DutyLine,
    LateLine,
    LevelLine,
    Proof,
    RoundLine,
    SupplyLine,
    VisitCount,
)
from cloud.store.reporting.book import Last, days_of
from cloud.store.reporting.cases import cases_of
from cloud.store.reporting.delivery import dead_letters_of, gaps_of, late_of, undated_of
from cloud.store.reporting.period import Period
from cloud.store.reporting.visits import refusals_of, visits_of
from cloud.store.verifying import verify_links
from cloud.store.views.models import moment

Duty = Callable[[Connection, Period], list[DutyLine]]
"""What staff on duty have missed in a period; None where this version looks at no duty."""
Rounds = Callable[[Connection, Period], list[RoundLine]]
"""What became of the disinfection rounds in a period."""
Supplies = Callable[[Connection, Period], list[SupplyLine]]
"""Which stocks were short, or not known, at the end of a period."""
Levels = Callable[[Connection, Period], list[LevelLine]]
"""Which bins were full and dispensers low at the end of a period, and what nothing shows of it."""

Canteen = Callable[[Connection, Period], list[CanteenLine]]
"""The canteen's slots that were over in a period."""


def body_of(
    connection: Connection,
    period: Period,
    last: Last,
    duty: Duty | None = None,
    rounds: Rounds | None = None,
    supplies: Supplies | None = None,
    levels: Levels | None = None,
    canteen: Canteen | None = None,
) -> Body:
    """Everything the report of this period says. `last`: the report before it."""
    visits, changed, hands = visits_of(connection, period)
    cases, moves, late = cases_of(connection, period), moves_of(connection, period), late_of(connection, period)
    return Body(
        day=period.schedule.day_of(period.due_ms),
        due=moment(period.due_ms),
        made=moment(period.made_ms),
        since=moment(period.since_ms),
        first=last.number is None,
        zone=str(period.schedule.zone),
        late_limit_s=period.late_ms / 1000,
        corrects=_corrected(connection, visits, late),
        visits=visits,
        changed=changed,
        refusals=refusals_of(connection, period, visits, _turned_away(cases)),
        hands=hands,
        cases=cases,
        alarms=alarms_of(connection, period, moves),
        late=late,
        undated=undated_of(connection, period),
        gaps=gaps_of(connection, period),
        silent=silence_of(connection, period, moves),
        dead_letters=dead_letters_of(connection),
        rounds_kept=rounds is not None,
        rounds=None if rounds is None else rounds(connection, period),
        supplies=None if supplies is None else supplies(connection, period),
        levels=None if levels is None else levels(connection, period),
        canteen=None if canteen is None else canteen(connection, period),
        duty=None if duty is None else duty(connection, period),
        proof=_proof(connection, period, last),
    )


def _turned_away(cases: Iterable[CaseLine]) -> Counter[str]:
    return Counter(one.gate for one in cases if one.outcome == CaseOutcome.NOT_ADMITTED)


def _corrected(connection: Connection, visits: Iterable[VisitCount], late: Iterable[LateLine]) -> list[int]:
    days = {one.day for one in visits} | {one.day for one in late}
    return days_of(connection, days - {""})


def _proof(connection: Connection, period: Period, last: Last) -> Proof:
    """The chain is gone through from the head that the last report names: whoever writes it anew breaks this one."""
    found = verify_links(connection, last.head, period.last)
    return Proof(
        first_link=period.first,
        last_link=period.last,
        rows=found.rows,
        erased=found.erased,
        faults=found.faults,
        head=found.head.text,
        verified=moment(period.made_ms),
    )
