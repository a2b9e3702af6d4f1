"""Who is inside behind a gate: the register of a key area."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from cloud.api.allowed import MayReadPeople, MayWorkOnCases
from cloud.api.commands import GateName
from cloud.api.ledger import in_sight
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.refusals import Code
from cloud.store.accounts import note
from cloud.store.register import LEFT, Inside, register_of, subject_of
from cloud.store.views.models import moment

router = APIRouter(prefix="/api/gates", tags=["gates"])
_HOUR_MS: Final = 3_600_000
_LONGEST_H: Final = 168


class How(StrEnum):
    """How it is known that somebody has left."""

    SEEN = "seen"
    """Somebody saw them leave."""
    ASKED = "asked"
    """They were asked, or called."""
    DAY_END = "day_end"
    """The area was looked through at the end of the day, and nobody was there."""


class InsideView(BaseModel):
    """Somebody who went in, and is not known to have left."""

    visit: str
    entered: datetime
    badge: str | None
    visitor_pass: str | None
    day_over: bool = Field(description="went in on an earlier day: somebody has to ask")


class RegisterView(BaseModel):
    """What can be said of who is inside. The way out has no reader: leaving is noted by a person, or is not known."""

    at: datetime
    since: datetime
    inside: list[InsideView] = Field(description="not known to have left; the newest entry first, at most 1,000")
    left: int = Field(description="of whom somebody noted that they left")
    without_code: int = Field(description="went in without a badge or pass: of those nothing can be said")


class Left(BaseModel):
    model_config = ConfigDict(extra="forbid")
    visit: str = Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]+$")
    how: How


@router.get("/{gate}/register", responses={**REFUSALS, 404: {"model": Problem}})
def register(
    gate: GateName,
    user: MayReadPeople,
    parts: PartsOf,
    hours: Annotated[int, Query(ge=1, le=_LONGEST_H, description="of entries within so many hours")] = 48,
) -> RegisterView:
    """Who went in here with a badge or pass and is not known to have left."""
    with parts.database.reading() as connection:
        in_sight(connection, user, gate)
        return _view(connection, parts, gate, hours)


@router.post("/{gate}/register", responses={**REFUSALS, 404: {"model": Problem}, 409: {"model": Problem}})
def note_left(gate: GateName, said: Left, user: MayWorkOnCases, parts: PartsOf) -> RegisterView:
    """Note that somebody has left. Refused (409) for whoever is not in the register, or was noted already."""
    now_ms = parts.now_ms()
    with parts.database.writing() as connection:
        in_sight(connection, user, gate)
        there = register_of(connection, gate, now_ms - _LONGEST_H * _HOUR_MS).inside
        if not any(one.visit == said.visit for one in there):
            raise Refused(Code.NOT_INSIDE, visit=said.visit, gate=gate)
        note(connection, user, LEFT, subject_of(gate, said.visit), now_ms, said.how.value)
        return _view(connection, parts, gate, 48)


def _view(connection: Connection, parts: Parts, gate: str, hours: int) -> RegisterView:
    now_ms = parts.now_ms()
    since_ms = now_ms - hours * _HOUR_MS
    found = register_of(connection, gate, since_ms)
    today = moment(now_ms).astimezone(zone := ZoneInfo(parts.report_zone)).date()

    def shown(one: Inside) -> InsideView:
        entered = moment(one.entered_ms)
        over = entered.astimezone(zone).date() < today
        return InsideView(visit=one.visit, entered=entered, badge=one.badge, visitor_pass=one.visitor_pass, day_over=over)

    inside = [shown(one) for one in found.inside]
    return RegisterView(
        at=moment(now_ms), since=moment(since_ms), inside=inside, left=found.left, without_code=found.without_code
    )
