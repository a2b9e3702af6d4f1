"""Notices: written down before anything is sent, so that a restart neither forgets one nor makes a second of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, func, select, tuple_, update

from cloud.ledger.alarms import State
from cloud.ledger.cases import CaseState
from cloud.ledger.casework import Step
from cloud.ledger.contacts import CASE_REPORT, DAILY_REPORT, REPORTS, Channel
from cloud.ledger.escalation import ARRIVED, AS_IT_HAPPENS, REPORT, Delivery, Notice, Waiting
from cloud.ledger.sites import ROOT
from cloud.store.dialect import insert_new
from cloud.store.tables import alarm, case_entry, gate_site, notice, recheck_case, report

PLACE: Final = func.coalesce(gate_site.c.site, ROOT).label("place")
_KEY = ("subject", "since_ms", "step", "contact", "channel")


@dataclass(frozen=True, slots=True)
class ToSend:
    """One notice on its way, and what is told in the same breath; `numbers` of all of them.

    `name` is the same at every try: who gets it twice can tell.
    """

    number: int
    contact: str
    channel: Channel
    step: int
    tries: int
    about: Waiting
    more: tuple[Waiting, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return f"menshen-{self.about.subject}-{self.about.since_ms}-{self.step}-{self.contact}"


def unacknowledged(connection: Connection) -> list[Waiting]:
    """Every alarm that asks for a person, and every case that became one, is not taken, and whose person may still wait."""
    asks = alarm.c.state.in_((State.UNACK, State.RTNUN))
    untaken = and_(
        recheck_case.c.state == CaseState.OPEN, recheck_case.c.alarmed_ms.is_not(None), recheck_case.c.returned_ms.is_(None)
    )
    alarms = connection.execute(select(alarm, PLACE).outerjoin(*_stands(alarm)).where(asks).order_by(alarm.c.number))
    cases = select(recheck_case, PLACE).outerjoin(*_stands(recheck_case)).where(untaken)
    return [alarm_waiting(row) for row in alarms] + [
        Waiting(f"case-{row.number}", row.gate, row.kind, row.priority, row.alarmed_ms, str(row.alarmed_why), row.place)
        for row in connection.execute(cases.order_by(recheck_case.c.number))
    ]


def alarm_waiting(row: Row[Any]) -> Waiting:
    """An alarm's row, with its place."""
    return Waiting(f"alarm-{row.number}", row.gate, row.kind, row.priority, row.raised_ms, row.detail, row.place)


def unreceived(connection: Connection, since_ms: int) -> list[Waiting]:
    """Reports of cases and of days made since then that nobody has received by any channel."""
    somebody = (notice.c.kind.in_(REPORTS), notice.c.state.in_(ARRIVED), notice.c.step > AS_IT_HAPPENS)
    reports = reports_since(connection, since_ms)
    received = select(notice.c.subject).where(*somebody, notice.c.since_ms >= since_ms)
    there = set(connection.execute(received).scalars()) if reports else set()
    return [one for one in reports if one.subject not in there]


def reports_since(connection: Connection, since_ms: int) -> list[Waiting]:
    """Reports of cases and of days made since then, but those that were erased."""
    made = (case_entry.c.step == Step.REPORTED.value, case_entry.c.at_ms >= since_ms, case_entry.c.content_sha256.is_(None))
    under = case_entry.join(recheck_case, recheck_case.c.number == case_entry.c.case).outerjoin(*_stands(recheck_case))
    rows = connection.execute(select(case_entry, recheck_case.c.gate, PLACE).select_from(under).where(*made))
    days = connection.execute(select(report).where(report.c.made_ms >= since_ms).order_by(report.c.number))
    return [
        Waiting(report_name(row.number), row.gate, CASE_REPORT, REPORT, row.at_ms, json.loads(row.body)["told"], row.place)
        for row in rows
    ] + [Waiting(day_name(row.number), "", DAILY_REPORT, REPORT, row.made_ms, json.loads(row.body)["told"]) for row in days]


def report_name(entry: int) -> str:
    """What the notices of a report are about."""
    return f"report-{entry}"


def day_name(number: int) -> str:
    """What the notices of a daily report are about."""
    return f"day-{number}"


def write_down(connection: Connection, notices: Sequence[tuple[Notice, Waiting]], now_ms: int) -> int:
    """Queue those that are not there yet. Returns how many were new."""
    rows = [
        {
            **{name: getattr(one, name) for name in _KEY},
            **{name: getattr(about, name) for name in ("gate", "kind", "priority", "detail")},
            "state": Delivery.QUEUED.value,
            "tries": 0,
            "made_ms": now_ms,
            "due_ms": now_ms,
            "answer": "",
        }
        for one, about in notices
    ]
    return len(insert_new(connection, notice, rows, *_KEY))


def known(connection: Connection, waiting: Sequence[Waiting]) -> set[tuple[str, int, int, str, str]]:
    """Which notices about these are written down already."""
    if not waiting:
        return set()
    about = tuple_(notice.c.subject, notice.c.since_ms).in_([(one.subject, one.since_ms) for one in waiting])
    return {tuple(row) for row in connection.execute(select(*(notice.c[name] for name in _KEY)).where(about))}


def claim(connection: Connection, now_ms: int, most: int) -> list[ToSend]:
    """The oldest that are due, locked for this transaction; who has them counts a try before it sends."""
    due = (notice.c.state == Delivery.QUEUED, notice.c.due_ms <= now_ms)
    rows = connection.execute(select(notice).where(*due).order_by(notice.c.number).limit(most).with_for_update(skip_locked=True))
    sites = {row.gate: row.site for row in connection.execute(select(gate_site))}
    return [
        ToSend(
            row.number, row.contact, Channel(row.channel), row.step, row.tries + 1,
            Waiting(row.subject, row.gate, row.kind, row.priority, row.since_ms, row.detail, sites.get(row.gate, ROOT)),
        )
        for row in rows
    ]  # fmt: skip


def note_try(connection: Connection, one: ToSend, due_ms: int) -> None:
    """It is about to be sent; if nothing is heard of that, it is due again then."""
    connection.execute(update(notice).where(notice.c.number == one.number).values(tries=one.tries, due_ms=due_ms))


def note_sent(connection: Connection, number: int, now_ms: int, answer: str) -> None:
    """The other side has taken it; `answer` is what it said."""
    _note(connection, number, {"state": Delivery.SENT.value, "told_ms": now_ms, "answer": answer})


def note_trouble(connection: Connection, number: int, now_ms: int, why: str, *, final: bool) -> None:
    """It could not be sent; `final`: it is not tried again."""
    ended = {"state": Delivery.FAILED.value, "ended_ms": now_ms} if final else {}
    _note(connection, number, {**ended, "answer": why})


def others(connection: Connection, waiting: Sequence[Waiting]) -> dict[int, Delivery]:
    """How notices end that are about none of these: it was acknowledged or put out of sight, or raised anew since."""
    there = {(one.subject, one.since_ms) for one in waiting}
    again = {one.subject for one in waiting}
    rows = connection.execute(
        select(notice.c.number, notice.c.subject, notice.c.since_ms).where(
            notice.c.state.in_((Delivery.QUEUED, *ARRIVED)), notice.c.kind.not_in(REPORTS), notice.c.step > AS_IT_HAPPENS
        )
    )
    return {
        row.number: Delivery.OVERTAKEN if row.subject in again else Delivery.ACKNOWLEDGED
        for row in rows
        if (row.subject, row.since_ms) not in there
    }


def end(connection: Connection, ended: Mapping[int, Delivery], now_ms: int) -> None:
    """These are over: nothing more is sent, and the receipt is whole."""
    for number, state in ended.items():
        values = {"state": state.value, "ended_ms": now_ms}
        connection.execute(update(notice).where(notice.c.number == number).values(values))


def note_receipt_token(connection: Connection, numbers: Sequence[int], token_sha256: str) -> None:
    """Whoever brings this token has shown these notices."""
    connection.execute(update(notice).where(notice.c.number.in_(numbers)).values(receipt_sha256=token_sha256))


def is_receipt(connection: Connection, token_sha256: str) -> bool:
    """Whether a device was given this token and has not brought it yet."""
    return connection.execute(select(notice.c.number).where(notice.c.receipt_sha256 == token_sha256).limit(1)).first() is not None


def note_shown(connection: Connection, token_sha256: str, now_ms: int) -> None:
    """A device has shown what came with this token, which is worth nothing afterwards."""
    which = notice.c.receipt_sha256 == token_sha256
    connection.execute(update(notice).where(which, notice.c.state == Delivery.SENT).values(state=Delivery.SHOWN.value))
    connection.execute(update(notice).where(which).values(shown_ms=now_ms, receipt_sha256=None))


def is_due(connection: Connection, now_ms: int) -> bool:
    """Whether anything waits to be sent."""
    due = (notice.c.state == Delivery.QUEUED, notice.c.due_ms <= now_ms)
    return connection.execute(select(notice.c.number).where(*due).limit(1)).first() is not None


def _stands(table: Table) -> tuple[Table, ColumnElement[bool]]:
    """Joins the place of a row's gate."""
    return gate_site, gate_site.c.gate == table.c.gate


def _note(connection: Connection, number: int, values: dict[str, object]) -> None:
    """Unless it was acknowledged meanwhile."""
    waits = (notice.c.number == number, notice.c.state == Delivery.QUEUED)
    connection.execute(update(notice).where(*waits).values(values))
