"""Whom the cloud has told, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, or_, select

from cloud.ledger.contacts import Channel
from cloud.ledger.escalation import Delivery
from cloud.ledger.sites import EVERYTHING, Sight
from cloud.store.sites import gates_below
from cloud.store.tables import notice
from cloud.store.views.models import View, moment, moment_or_none

MOST: Final = 200


class NoticeView(View):
    """One contact told of one alarm by one channel. Addresses are not given, only the contact's name."""

    subject: str = Field(description="alarm-1, case-1 ...")
    gate: str
    kind: str
    priority: int
    since: datetime
    step: int
    contact: str
    channel: Channel
    state: Delivery = Field(
        description="sent: the other side took it; shown: a device showed it; acknowledged: a guard has taken note of the alarm"
    )
    tries: int
    made_at: datetime
    told_at: datetime | None
    shown_at: datetime | None = Field(description="when a device of theirs showed it; only web push says so")
    ended_at: datetime | None
    answer: str = Field(description="what the other side said last")


def notices(connection: Connection, sight: Sight = EVERYTHING, subject: str | None = None) -> list[NoticeView]:
    """The newest notices, or those about one subject."""
    where: ColumnElement[bool] = gates_below(notice.c.gate, sight.site)
    if not sight.people:
        where &= ~or_(notice.c.subject.startswith("case-"), notice.c.subject.startswith("report-"))
    if subject is not None:
        where &= notice.c.subject == subject
    rows = connection.execute(select(notice).where(where).order_by(notice.c.number.desc()).limit(MOST))
    return [
        NoticeView(
            subject=row.subject,
            gate=row.gate,
            kind=row.kind,
            priority=row.priority,
            since=moment(row.since_ms),
            step=row.step,
            contact=row.contact,
            channel=Channel(row.channel),
            state=Delivery(row.state),
            tries=row.tries,
            made_at=moment(row.made_ms),
            told_at=moment_or_none(row.told_ms),
            shown_at=moment_or_none(row.shown_ms),
            ended_at=moment_or_none(row.ended_ms),
            answer=row.answer,
        )
        for row in rows
    ]
