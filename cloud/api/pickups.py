"""Bins that somebody has emptied and dispensers that somebody has refilled. Sent again under the same key, one counts once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import AwareDatetime, Field
from sqlalchemy import Connection

from cloud.api.allowed import MayMakeRounds
from cloud.api.facilities import ANSWERS, Body
from cloud.api.levels import LevelId, level_found, level_told
from cloud.api.parts import Parts, PartsOf
from cloud.api.refused import Refused
from cloud.api.rounds import Key
from cloud.ledger.facility.level_moves import LevelStep, after_done, awaiting
from cloud.ledger.facility.levels import FILLS
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.facility.level_book import LevelEntry, add_level_entry, entry_of_level_key
from cloud.store.facility.levels import LevelPoint, has_level_tag, save_levels
from cloud.store.views.levels import LevelStoryView, level_name

router = APIRouter(prefix="/api/facilities/levels", tags=["facilities"])


class NewPickup(Body):
    """`tag`: the code that was scanned, if one was. What a sensor sees of it is evidence too, before and after."""

    key: Key
    done_at: AwareDatetime | None = Field(None, description="by the telephone's clock; null: now")
    tag: Annotated[str, Field(pattern=r"^[0-9]{1,15}\.[A-Za-z0-9_-]{8,64}$")] | None = None


@router.post("/{level}/done", responses=ANSWERS)
def done(level: LevelId, wish: NewPickup, user: MayMakeRounds, parts: PartsOf) -> LevelStoryView:
    """Say that it was emptied or refilled: what was open is closed, until its sensor says that it was not done."""
    with parts.database.writing() as connection:
        there = level_found(connection, level, user)
        before = entry_of_level_key(connection, wish.key)
        if before is None:
            _enter(connection, parts, there, wish, user)
        elif before.user != user.user or before.point != there.number:
            raise Refused(Code.NAME_TAKEN, name=wish.key)
        return level_told(connection, parts, level_found(connection, level, user))


def _enter(connection: Connection, parts: Parts, there: LevelPoint, wish: NewPickup, user: User) -> None:
    rules, now_ms = parts.levels, parts.now_ms()
    # A telephone whose clock goes ahead would hide what its sensor says next.
    done_ms = now_ms if wish.done_at is None else min(now_ms, round(wish.done_at.timestamp() * 1000))
    tag = None if wish.tag is None else has_level_tag(connection, there.number, wish.tag)
    state, said = after_done(there.state, there.scale(rules), done_ms, now_ms, rules, tag=tag)
    step = LevelStep.PICKED_UP if there.kind in FILLS else LevelStep.REFILLED
    value = there.state.known(now_ms, rules)
    entry = LevelEntry(0, there.number, now_ms, done_ms, user.user, step, None, value, said.trust, said.doubt)
    number = add_level_entry(connection, entry, wish.key)
    save_levels(connection, [(there.number, awaiting(state, number) if said.awaits else state)])
    note(connection, user, f"level {step}", level_name(there.number), now_ms, said.trust.value)
