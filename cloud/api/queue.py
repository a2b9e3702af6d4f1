"""The guard's queue: taking note of what stands in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy import Connection

from cloud.api.allowed import MayActOnAlarms
from cloud.api.parts import REFUSALS, PartsOf, Problem, sight_of
from cloud.api.refused import Refused
from cloud.ledger.alarms import Move, acknowledged
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.alarms import Act, act_on_alarm, alarm_for_update
from cloud.store.cases import take_case
from cloud.store.feed import Feed
from cloud.store.views.models import ItemView
from cloud.store.views.queue import item

router = APIRouter(prefix="/api/queue", tags=["queue"])
ItemId = Annotated[str, Path(pattern=r"^(case|alarm)-[0-9]{1,18}$", examples=["case-1", "alarm-1"])]


@router.post("/{id}/acknowledge", responses={**REFUSALS, 404: {"model": Problem}, 409: {"model": Problem}})
def acknowledge(id: ItemId, user: MayActOnAlarms, parts: PartsOf) -> ItemView:  # noqa: A002  the name in the address
    """Take note of an alarm, or take a case. Answers 409 where somebody has, or where there is nothing to take note of."""
    with parts.database.writing() as connection, Feed(connection) as feed:
        before = item(connection, id, sight_of(user))
        if before is None:
            raise Refused(Code.NOT_THERE, id=id)
        now_ms = parts.now_ms()
        if not _move(connection, feed, before, user, now_ms):
            raise _too_late(before)
        note(connection, user, "acknowledge", id, now_ms, f"{before.kind} at {before.gate}")
        after = item(connection, id)
    parts.poke()
    return after or before


def _too_late(before: ItemView) -> Refused:
    if before.acknowledged_by:
        return Refused(Code.ACKNOWLEDGED_BY, id=before.id, state=before.state, by=before.acknowledged_by)
    return Refused(Code.CANNOT_ACKNOWLEDGE, id=before.id, state=before.state)


def _move(connection: Connection, feed: Feed, before: ItemView, user: User, now_ms: int) -> bool:
    """Whether it could be done."""
    number = int(before.id.partition("-")[2])
    if before.type == "case":
        return take_case(connection, feed, number, user.user, now_ms) is None
    alarm = alarm_for_update(connection, number)
    if alarm is None:
        return False
    done = Act(Move.ACK, user.user, now_ms)
    return act_on_alarm(connection, feed, alarm, acknowledged(alarm, user.user, now_ms), done)
