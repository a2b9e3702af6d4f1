"""Visits of a period, each counted once, with the verdict it had at the cut."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, and_, select

from cloud.store.reporting.body import Changed, HandsLine, Refusal, VisitCount
from cloud.store.reporting.period import SENT_MS, Period, sealed
from cloud.store.tables import chain, event, visit_revision
from contract.messages.alert import AlertKind
from contract.topics import Kind
from contract.verdicts import Hands, Verdict

_AT_ONCE: Final = 2_000
_COLUMNS: Final = (event.c.gate, event.c.data, event.c.received_ms, SENT_MS.label("sent_ms"))


@dataclass(frozen=True, slots=True)
class Decided:
    """The newest decision of one visit among some."""

    revision: int
    day: str
    population: Literal["visitor", "staff", "replay"]
    verdict: str
    duty: str
    unchecked: bool
    hands: str | None


Found = dict[tuple[str, str], Decided]


def visits_of(connection: Connection, period: Period) -> tuple[list[VisitCount], list[Changed], list[HandsLine]]:
    """Visits that no report has counted yet, those that one has counted otherwise, and the clean hands of those let in."""
    decisions = sealed(event, period, *_COLUMNS).where(event.c.kind == Kind.VISIT.value)
    rows = connection.execute(decisions.execution_options(yield_per=_AT_ONCE))
    now, before = _newest(rows, period), _newest(_stored_before(connection, period), period)
    fresh = [(key[0], one) for key, one in now.items() if key not in before]
    known = [(key[0], before[key], one) for key, one in now.items() if key in before and one.revision > before[key].revision]
    changed = [(gate, old, new) for gate, old, new in known if old.verdict != new.verdict]
    let_in = [(gate, one) for gate, one in fresh if one.verdict == Verdict.PASS]
    let_in += [(gate, new) for gate, old, new in changed if new.verdict == Verdict.PASS]
    return _counted(fresh), _changed(changed, period), _hands(let_in)


def refusals_of(connection: Connection, period: Period, visits: Iterable[VisitCount], cases: Counter[str]) -> list[Refusal]:
    """Who refused, or was refused. `cases`: how many cases of each gate ended with nobody admitted."""
    alerts = connection.execute(sealed(event, period, event.c.gate, event.c.data).where(event.c.kind == Kind.ALERT.value))
    masks = Counter(row.gate for row in alerts if _refuses(json.loads(row.data)))
    turned: Counter[str] = Counter()
    for one in visits:
        if one.verdict == Verdict.NOT_ADMITTED and one.population != "replay":
            turned[one.gate] += one.count
    found = [Refusal(gate=gate, kind="mask", count=count) for gate, count in masks.items()]
    found += [Refusal(gate=gate, kind="not_admitted", count=count) for gate, count in turned.items()]
    found += [Refusal(gate=gate, kind="case", count=count) for gate, count in cases.items()]
    return sorted(found, key=lambda one: (one.gate, one.kind))


def _refuses(said: dict[str, Any]) -> bool:
    return said["kind"] == AlertKind.GUARD_NEEDED and said["state"] == "raised" and bool(said.get("refused"))


def _stored_before(connection: Connection, period: Period) -> Iterable[Row[Any]]:
    """Earlier decisions of visits that have one in this period."""
    now, link_now = event.alias(), chain.alias()
    revision = visit_revision.alias()
    same = and_(revision.c.gate == now.c.gate, revision.c.install == now.c.install, revision.c.seq == now.c.seq)
    here = (
        select(1)
        .select_from(revision.join(now, same).join(link_now, link_now.c.seal == now.c.seal))
        .where(revision.c.gate == visit_revision.c.gate, revision.c.visit == visit_revision.c.visit)
        .where(revision.c.revision != visit_revision.c.revision, period.holds(link_now.c.number))
    )
    of_event = and_(
        visit_revision.c.gate == event.c.gate, visit_revision.c.install == event.c.install, visit_revision.c.seq == event.c.seq
    )
    under = chain.join(event, event.c.seal == chain.c.seal).join(visit_revision, of_event)
    # A visit is over within hours; nothing older than a day before the last report was still open then.
    recent = event.c.received_ms > period.since_ms - 86_400_000
    return connection.execute(
        select(*_COLUMNS).select_from(under).where(chain.c.number < period.first, recent, here.exists()).order_by(chain.c.number)
    )


def _newest(rows: Iterable[Row[Any]], period: Period) -> Found:
    found: Found = {}
    for row in rows:
        said = json.loads(row.data)
        key = (row.gate, said["visit"])
        if key not in found or said["revision"] > found[key].revision:
            found[key] = _decided(said, row, period)
    return found


def _decided(said: dict[str, Any], row: Row[Any], period: Period) -> Decided:
    checked = said.get("screened_for") or {}
    sent_ms = row.received_ms if row.sent_ms is None else row.sent_ms
    return Decided(
        revision=said["revision"],
        day=period.earlier_day(sent_ms, row.received_ms),
        population="replay" if said.get("replay") else "staff" if said.get("badge") else "visitor",
        verdict=said["verdict"],
        duty=said.get("duty") or "",
        unchecked=not (checked.get("mask", True) and checked.get("temperature", True)),
        hands=said.get("hands"),
    )


def _counted(fresh: list[tuple[str, Decided]]) -> list[VisitCount]:
    counts = Counter((gate, one.day, one.population, one.verdict, one.duty) for gate, one in fresh)
    unchecked = Counter((gate, one.day, one.population, one.verdict, one.duty) for gate, one in fresh if one.unchecked)
    return [
        VisitCount(gate=key[0], day=key[1], population=key[2], verdict=key[3], duty=key[4], count=count, unchecked=unchecked[key])
        for key, count in sorted(counts.items())
    ]


def _hands(let_in: list[tuple[str, Decided]]) -> list[HandsLine]:
    """Recorded and simulated pictures are nobody's hands; where nobody is asked there is no line."""
    asked = [(gate, one) for gate, one in let_in if one.hands is not None and one.population != "replay"]
    counts = Counter((gate, one.day, one.hands) for gate, one in asked)
    return [
        HandsLine(
            gate=gate,
            day=day,
            let_in=sum(counts[gate, day, how] for how in Hands),
            dispenser=counts[gate, day, Hands.DISPENSER],
            confirmed=counts[gate, day, Hands.CONFIRMED],
            without=counts[gate, day, Hands.NONE],
        )
        for gate, day in sorted({(gate, one.day) for gate, one in asked})
    ]


def _changed(known: list[tuple[str, Decided, Decided]], period: Period) -> list[Changed]:
    day = period.schedule.day_of(period.since_ms)
    counts = Counter((gate, old.day or day, old.verdict, new.verdict) for gate, old, new in known)
    return [Changed(gate=key[0], day=key[1], before=key[2], verdict=key[3], count=count) for key, count in sorted(counts.items())]
