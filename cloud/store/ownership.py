"""Every alarm and every open case has an owner from the moment the rule has seen it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Table, func, select, update

from cloud.ledger.alarms import State
from cloud.ledger.cases import CaseState
from cloud.ledger.contacts import Contact, owner_of
from cloud.ledger.sites import ROOT
from cloud.store.feed import Feed
from cloud.store.tables import alarm, gate_site, recheck_case

_ORPHANS: Final = (
    (alarm, alarm.c.owner.is_(None) & (alarm.c.state != State.NORM)),
    (recheck_case, recheck_case.c.owner.is_(None) & (recheck_case.c.state != CaseState.CLOSED)),
)


def orphans(connection: Connection) -> bool:
    """Whether anything that has to be acted on has no owner."""
    return any(connection.execute(select(table.c.number).where(where).limit(1)).first() for table, where in _ORPHANS)


def assign_owners(connection: Connection, feed: Feed, contacts: Sequence[Contact], local: datetime, otherwise: str) -> int:
    """Give each an owner by the rule; `otherwise`: who has what no contact cares for. Returns how many."""
    count = 0
    for table, where in _ORPHANS:
        place = func.coalesce(gate_site.c.site, ROOT).label("site")
        question = select(table.c.number, table.c.kind, place).outerjoin(gate_site, gate_site.c.gate == table.c.gate)
        for row in connection.execute(question.where(where).order_by(table.c.number)).all():
            _give(connection, feed, table, row.number, owner_of(row.site, row.kind, contacts, local) or otherwise)
            count += 1
    return count


def _give(connection: Connection, feed: Feed, table: Table, number: int, owner: str) -> None:
    """Unless somebody has taken it meanwhile."""
    unowned = (table.c.number == number, table.c.owner.is_(None))
    connection.execute(update(table).where(*unowned).values(owner=owner, feed=feed.number()))
