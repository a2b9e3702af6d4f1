"""The reports that were made. A row is never changed: it stands under the chain, and what comes later is the next one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from cloud.store.accounts import note
from cloud.store.reporting.body import Body
from cloud.store.sealing import insert_sealed
from cloud.store.tables import audit, report
from cloud.store.verifying import Head, head_at, head_of

BEGAN: Final = "daily reports begin"
"""In the audit: from which link on, once."""
_NEW_MS: Final = 48 * 3_600_000
"""A ledger that is older when its first report is waited for has lived without reports; what was before is in none."""


@dataclass(frozen=True, slots=True)
class Last:
    """Where the report before ended, or the ledger's reports begin (`number` None)."""

    number: int | None
    due_ms: int
    head: Head


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it is kept."""

    number: int
    made_ms: int
    body: Body


def last_report(connection: Connection) -> Last | None:
    """None where this ledger has neither a report nor a beginning of them."""
    columns = (report.c.number, report.c.due_ms, report.c.body)
    row = connection.execute(select(*columns).order_by(report.c.number.desc()).limit(1)).one_or_none()
    if row is not None:
        return Last(row.number, row.due_ms, Head.of(Body.model_validate_json(row.body).proof.head))
    first = select(audit.c.at_ms, audit.c.subject).where(audit.c.action == BEGAN).order_by(audit.c.number).limit(1)
    began = connection.execute(first).one_or_none()
    return None if began is None else Last(None, began.at_ms, head_at(connection, int(began.subject)))


def begin(connection: Connection, now_ms: int) -> None:
    """From here on there is a report for every day. A new ledger's first report tells of all there is."""
    oldest = connection.execute(select(func.min(audit.c.at_ms)).where(audit.c.number <= 1)).scalar_one()
    is_new = oldest is None or oldest > now_ms - _NEW_MS
    note(connection, "menshen", BEGAN, "0" if is_new else str(head_of(connection).number), now_ms)


def add_report(connection: Connection, body: Body, due_ms: int, made_ms: int) -> None:
    """Raises IntegrityError where somebody else has made the report of this time or from this link on."""
    row = {
        "day": body.day,
        "due_ms": due_ms,
        "made_ms": made_ms,
        "first_link": body.proof.first_link,
        "last_link": body.proof.last_link,
    }
    insert_sealed(connection, "report", [{**row, "body": body.model_dump_json()}])


def days_of(connection: Connection, days: Collection[str]) -> list[int]:
    """The numbers of the reports of these days."""
    rows = connection.execute(select(report.c.number).where(report.c.day.in_(sorted(days))).order_by(report.c.number))
    return list(rows.scalars()) if days else []


def reports_before(connection: Connection, before: int | None, most: int) -> Sequence[Report]:
    """The newest first; `before`: a number, for the next page."""
    where = [] if before is None else [report.c.number < before]
    rows = connection.execute(select(report).where(*where).order_by(report.c.number.desc()).limit(most))
    return [Report(row.number, row.made_ms, Body.model_validate_json(row.body)) for row in rows]


def report_of(connection: Connection, number: int) -> Report | None:
    """The one with this number."""
    row = connection.execute(select(report).where(report.c.number == number)).one_or_none()
    return None if row is None else Report(row.number, row.made_ms, Body.model_validate_json(row.body))


def corrections_of(connection: Connection, of: Report) -> list[int]:
    """The later reports that correct this one."""
    later = select(report.c.number, report.c.body).where(report.c.number > of.number).order_by(report.c.number).limit(60)
    return [row.number for row in connection.execute(later) if of.number in Body.model_validate_json(row.body).corrects]
