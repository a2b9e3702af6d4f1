"""Webhooks as they are kept, and what they have to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from cloud.ledger.cases import CaseState
from cloud.ledger.contacts import Channel
from cloud.ledger.escalation import AS_IT_HAPPENS, WEBHOOK_DISABLED, Notice, Waiting
from cloud.ledger.kinds import Priority
from cloud.ledger.sites import is_within
from cloud.store.accounts import note
from cloud.store.notices import PLACE, alarm_waiting, reports_since
from cloud.store.sites import below
from cloud.store.tables import alarm, gate_site, notice, recheck_case, webhook

MOST_FAILURES: Final = 20
"""So many failed deliveries one after another, tries included, and it is disabled: two notices given up."""


class HookEvent(StrEnum):
    """What a webhook is told of as it happens."""

    ALARMS = "alarms"
    CASES = "cases"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Webhook:
    """One webhook; what it is told of happened at `site` or below and since `since_ms`. `failures`: one after another."""

    name: str
    site: str
    url: str
    secret: str
    events: str
    made_by: str
    made_ms: int
    since_ms: int
    failures: int = 0
    last_ms: int | None = None
    last_answer: str = ""
    disabled_ms: int | None = None
    disabled_why: str = ""


_COLUMNS: Final = [webhook.c[one.name] for one in fields(Webhook)]


def webhooks_below(connection: Connection, site: str) -> list[Webhook]:
    """Every webhook of this site and below, by name."""
    return _found(connection, below(webhook.c.site, site))


def webhook_named(connection: Connection, name: str) -> Webhook | None:
    return next(iter(_found(connection, webhook.c.name == name)), None)


def keep_webhook(connection: Connection, made: Webhook) -> None:
    connection.execute(insert(webhook).values(asdict(made)))


def remove_webhook(connection: Connection, name: str) -> None:
    connection.execute(delete(webhook).where(webhook.c.name == name))


def enable_webhook(connection: Connection, name: str, now_ms: int) -> None:
    """It is told of what happens from now on."""
    _change(connection, name, {"since_ms": now_ms, "failures": 0, "disabled_ms": None, "disabled_why": ""})


def disable_webhook(connection: Connection, name: str, now_ms: int, why: str = "") -> None:
    """It is told nothing more. `why` is empty where an administrator did it."""
    _change(connection, name, {"disabled_ms": now_ms, "disabled_why": why})


def note_delivery(connection: Connection, name: str, now_ms: int, answer: str) -> None:
    """It has taken something."""
    _change(connection, name, {"failures": 0, "last_ms": now_ms, "last_answer": answer[:200]})


def note_failure(connection: Connection, name: str, now_ms: int, why: str) -> None:
    """It has not; where that was once too often it is disabled, and the audit says so."""
    which = select(webhook.c.failures, webhook.c.disabled_ms).where(webhook.c.name == name)
    row = connection.execute(which.with_for_update()).one_or_none()
    if row is None:
        return
    _change(connection, name, {"failures": row.failures + 1, "last_ms": now_ms, "last_answer": why[:200]})
    if row.failures + 1 >= MOST_FAILURES and row.disabled_ms is None:
        disable_webhook(connection, name, now_ms, why[:200])
        note(connection, "escalation", "webhook disabled", name, now_ms, f"{row.failures + 1} failures: {why}"[:200])


def silenced(connection: Connection) -> list[Waiting]:
    """Webhooks that were disabled because they failed: somebody has to look."""
    rows = _found(connection, webhook.c.disabled_ms.is_not(None) & (webhook.c.disabled_why != ""))
    return [
        Waiting(f"webhook-{one.name}", "", WEBHOOK_DISABLED, Priority.MEDIUM, one.disabled_ms or 0, one.disabled_why, one.site)
        for one in rows
    ]


def happened(connection: Connection, horizon_ms: int) -> list[tuple[Notice, Waiting]]:
    """What enabled webhooks have to be told of and nobody has written down yet; nothing from before `horizon_ms`."""
    hooks = [one for one in _found(connection, webhook.c.disabled_ms.is_(None)) if one.events]
    if not hooks:
        return []
    written = select(notice.c.subject, notice.c.since_ms, notice.c.contact)
    there = {
        tuple(row) for row in connection.execute(written.where(notice.c.step == AS_IT_HAPPENS, notice.c.since_ms >= horizon_ms))
    }
    told = _told(connection, horizon_ms)
    return [
        (Notice(about.subject, about.since_ms, AS_IT_HAPPENS, hook.name, Channel.WEBHOOK), about)
        for hook in hooks
        for event, about in told
        if event in hook.events.split() and is_within(about.site, hook.site) and about.since_ms >= hook.since_ms
        if (about.subject, about.since_ms, hook.name) not in there
    ]


def _told(connection: Connection, since_ms: int) -> Sequence[tuple[HookEvent, Waiting]]:
    """Every event since then. Of a case nothing that was measured, asked or seen: who has to know it reads it here."""
    raised = select(alarm, PLACE).outerjoin(gate_site, gate_site.c.gate == alarm.c.gate).where(alarm.c.raised_ms >= since_ms)
    opened = select(recheck_case, PLACE).outerjoin(gate_site, gate_site.c.gate == recheck_case.c.gate)
    cases = connection.execute(opened.where(recheck_case.c.raised_ms >= since_ms, recheck_case.c.state != CaseState.CLOSED))
    return [
        *((HookEvent.ALARMS, alarm_waiting(row)) for row in connection.execute(raised)),
        *((HookEvent.CASES, _case(row)) for row in cases),
        *((HookEvent.REPORTS, _bare(one)) for one in reports_since(connection, since_ms)),
    ]


def _case(row: Row[Any]) -> Waiting:
    return Waiting(f"case-{row.number}", row.gate, row.kind, row.priority, row.raised_ms, "", row.place)


def _bare(one: Waiting) -> Waiting:
    return Waiting(one.subject, one.gate, one.kind, one.priority, one.since_ms, "", one.site)


def _found(connection: Connection, where: ColumnElement[bool]) -> list[Webhook]:
    return [Webhook(*row) for row in connection.execute(select(*_COLUMNS).where(where).order_by(webhook.c.name))]


def _change(connection: Connection, name: str, values: dict[str, Any]) -> None:
    connection.execute(update(webhook).where(webhook.c.name == name).values(values))
