"""Taking alarms out of sight and back, each with who and why; and what has become of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from cloud.api.allowed import MayActOnAlarms, MayReadBoard, MayTakeOutOfService
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem, sight_of
from cloud.api.refused import Refused
from cloud.ledger.alarms import Alarm, Move
from cloud.ledger.withholding import NotShelvedError, brought_back, out_of_service, shelved
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.alarms import Act, act_on_alarm, alarm_for_update
from cloud.store.feed import Feed
from cloud.store.views.models import ItemView
from cloud.store.views.moves import MoveView, moves_of
from cloud.store.views.queue import item

router = APIRouter(prefix="/api/alarms", tags=["alarms"])
AlarmId = Annotated[str, Path(pattern=r"^alarm-[0-9]{1,18}$", examples=["alarm-1"])]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200, pattern=r"^[^\x00-\x1f]*$")]
_ANSWERS: Final = {**REFUSALS, 404: {"model": Problem}, 409: {"model": Problem}}
_AUDITED: Final = {
    Move.SHELVE: "shelve",
    Move.UNSHELVE: "unshelve",
    Move.REMOVE: "take out of service",
    Move.RESTORE: "restore to service",
}


class Why(BaseModel):
    model_config = ConfigDict(extra="forbid")
    reason: Reason


class Shelf(Why):
    minutes: int = Field(ge=1, le=480, description="at most 15 for priority 1, 120 for 2, 480 for 3")


@router.post("/{id}/shelve", responses={**_ANSWERS, 422: {"model": Problem, "description": "too long, or about safety"}})
def shelve(id: AlarmId, shelf: Shelf, user: MayActOnAlarms, parts: PartsOf) -> ItemView:  # noqa: A002  the name in the address
    """Put an alarm out of sight for a time. It comes back by itself, and is new to the guard where the fault is still there."""
    now_ms = parts.now_ms()
    done = Act(Move.SHELVE, user.user, now_ms, shelf.reason)
    until_ms = now_ms + shelf.minutes * 60_000
    return _act(parts, id, user, done, lambda alarm: shelved(alarm, user.user, shelf.reason, now_ms, until_ms))


@router.post("/{id}/unshelve", responses=_ANSWERS)
def unshelve(id: AlarmId, user: MayActOnAlarms, parts: PartsOf) -> ItemView:  # noqa: A002  the name in the address
    """Bring an alarm back from the shelf before its time."""
    done = Act(Move.UNSHELVE, user.user, parts.now_ms())
    return _act(parts, id, user, done, lambda alarm: brought_back(alarm, Move.UNSHELVE, done.now_ms))


@router.post("/{id}/out-of-service", responses=_ANSWERS)
def remove(id: AlarmId, why: Why, user: MayTakeOutOfService, parts: PartsOf) -> ItemView:  # noqa: A002  the name in the address
    """Put an alarm out of sight until somebody restores it, while what it is about is being repaired."""
    done = Act(Move.REMOVE, user.user, parts.now_ms(), why.reason)
    return _act(parts, id, user, done, lambda alarm: out_of_service(alarm, user.user, why.reason, done.now_ms))


@router.post("/{id}/restore", responses=_ANSWERS)
def restore(id: AlarmId, user: MayTakeOutOfService, parts: PartsOf) -> ItemView:  # noqa: A002  the name in the address
    """Bring an alarm back into service."""
    done = Act(Move.RESTORE, user.user, parts.now_ms())
    return _act(parts, id, user, done, lambda alarm: brought_back(alarm, Move.RESTORE, done.now_ms))


@router.get("/{id}/moves", responses={**REFUSALS, 404: {"model": Problem}})
def moves(id: AlarmId, user: MayReadBoard, parts: PartsOf) -> list[MoveView]:  # noqa: A002  the name in the address
    """What has become of one alarm: who, when, why; the newest first, 200 at most."""
    with parts.database.reading() as connection:
        if item(connection, id, sight_of(user)) is None:
            raise Refused(Code.NOT_THERE, id=id)
        return moves_of(connection, _number(id))


def _act(parts: Parts, name: str, user: User, done: Act, change: Callable[[Alarm], Alarm | None]) -> ItemView:
    """Do it, keep it, audit it, tell the screens."""
    with parts.database.writing() as connection, Feed(connection) as feed:
        alarm = alarm_for_update(connection, _number(name))
        if alarm is None or item(connection, name, sight_of(user)) is None:
            raise Refused(Code.NOT_THERE, id=name)
        try:
            now = change(alarm)
        except NotShelvedError as refused:
            raise Refused.of(refused) from refused
        if not act_on_alarm(connection, feed, alarm, now, done):
            raise Refused(Code.MOVE_DOES_NOT_FIT, id=name, state=alarm.state, move=_AUDITED[done.move])
        detail = f"{alarm.kind} at {alarm.gate}" + (f": {done.why}" if done.why else "")
        note(connection, user, _AUDITED[done.move], name, done.now_ms, detail)
        after = item(connection, name)
    parts.poke()
    if after is None:
        raise Refused(Code.NOT_THERE, id=name)
    return after


def _number(name: str) -> int:
    return int(name.partition("-")[2])
