"""What the chronicle is made of, out of the rows that say so: nobody types it, and nothing of it is kept a second time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final

from sqlalchemy import Connection, func, select, text

from cloud.ledger.casework import Step
from cloud.ledger.kinds import PRIORITIES, Priority
from cloud.store.sites import gates_below
from cloud.store.tables import alarm_move, audit, case_entry, event, recheck_case
from contract.commands import Verb

MOST: Final = 2_000
_HIGH: Final = sorted(str(kind) for kind, priority in PRIORITIES.items() if priority is Priority.HIGH)
_MODES: Final = {Verb.HOLD.value: "held", Verb.RELEASE.value: "released"}
_GATES: Final = {"pair gate": "enrolled", "unenrol gate": "removed"}


class Deed(StrEnum):
    """What a line tells of."""

    FIRST_REPORT = "first_report"
    CASE_CLOSED = "case_closed"
    ALARM = "alarm"
    HELD = "held"
    RELEASED = "released"
    ENROLLED = "enrolled"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Line:
    """One dated line. `about`: the number of a case that was raised at `raised_ms`; `more`: its outcome,
    an alarm's kind, or who gave the command.
    """

    at_ms: int
    gate: str
    deed: Deed
    about: int = 0
    raised_ms: int = 0
    more: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Of which gates, and from when to when (excluded), UTC milliseconds."""

    site: str
    since_ms: int
    until_ms: int


def chronicle(connection: Connection, span: Span) -> list[Line]:
    """The newest first, at most `MOST`."""
    found = [line for read in (_cases, _alarms, _acts, _gates) for line in islice(read(connection, span), MOST)]
    return sorted(found, key=lambda line: (-line.at_ms, line.gate, line.deed, line.about))[:MOST]


def _cases(connection: Connection, span: Span) -> Iterator[Line]:
    """The first report of a case, and its end."""
    under = case_entry.join(recheck_case, recheck_case.c.number == case_entry.c.case)
    at_ms = func.min(case_entry.c.at_ms).label("at_ms")
    columns = (recheck_case.c.number, recheck_case.c.gate, recheck_case.c.outcome, recheck_case.c.raised_ms, case_entry.c.step)
    told = case_entry.c.step.in_((Step.REPORTED.value, Step.CLOSED.value))
    question = select(*columns, at_ms).select_from(under).where(told, gates_below(recheck_case.c.gate, span.site))
    first = question.group_by(*columns).having(at_ms >= span.since_ms, at_ms < span.until_ms).order_by(at_ms.desc())
    for row in connection.execute(first.limit(MOST)):
        over = row.step == Step.CLOSED
        deed = Deed.CASE_CLOSED if over else Deed.FIRST_REPORT
        yield Line(row.at_ms, row.gate, deed, row.number, row.raised_ms, (row.outcome or "") if over else "")


def _alarms(connection: Connection, span: Span) -> Iterator[Line]:
    """What was announced as urgent."""
    told = (alarm_move.c.announced, alarm_move.c.kind.in_(_HIGH), gates_below(alarm_move.c.gate, span.site))
    within = (alarm_move.c.at_ms >= span.since_ms, alarm_move.c.at_ms < span.until_ms)
    for row in connection.execute(select(alarm_move).where(*told, *within).order_by(alarm_move.c.at_ms.desc()).limit(MOST)):
        yield Line(row.at_ms, row.gate, Deed.ALARM, more=row.kind)


def _acts(connection: Connection, span: Span) -> Iterator[Line]:
    """A gate that was held, or released again."""
    acts = (text("kind = 'act'"), gates_below(event.c.gate, span.site))  # in words: only so the index of acts is used
    within = (event.c.received_ms >= span.since_ms, event.c.received_ms < span.until_ms)
    newest = select(event.c.gate, event.c.received_ms, event.c.data).where(*acts, *within).order_by(event.c.received_ms.desc())
    for row in connection.execute(newest.limit(5 * MOST)):
        said = json.loads(row.data)
        if said["done"] and said["verb"] in _MODES:
            yield Line(row.received_ms, row.gate, Deed(_MODES[said["verb"]]), more=said["issuer"])


def _gates(connection: Connection, span: Span) -> Iterator[Line]:
    """Gates that came and went."""
    told = (audit.c.action.in_(sorted(_GATES)), gates_below(audit.c.subject, span.site))
    within = (audit.c.at_ms >= span.since_ms, audit.c.at_ms < span.until_ms)
    for row in connection.execute(select(audit).where(*told, *within).order_by(audit.c.number.desc()).limit(MOST)):
        yield Line(row.at_ms, row.subject, Deed(_GATES[row.action]))
