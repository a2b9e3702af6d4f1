"""Bins and dispensers: how full they are, what became of them, and what is on the list."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path
from pydantic import Field
from sqlalchemy import Connection

from cloud.api.accounts import Site
from cloud.api.allowed import MayManageRounds, MayReadRounds
from cloud.api.facilities import ANSWERS, Body, Sensor, TagWish, Words
from cloud.api.parts import REFUSALS, Parts, PartsOf
from cloud.api.refused import Refused
from cloud.ledger.facility.levels import LevelKind, LevelState
from cloud.ledger.sites import ROOT, is_within
from cloud.passes.picture import rows
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.facility.level_book import level_story, newest_by_people
from cloud.store.facility.levels import (
    LevelPoint,
    add_level,
    change_level,
    level_numbered,
    level_points,
    put_level_tag,
    save_levels,
)
from cloud.store.sites import site_of
from cloud.store.views.levels import (
    LevelStoryView,
    LevelsView,
    level_entry_view,
    level_name,
    level_view,
    levels_view,
)
from cloud.store.views.models import View

router = APIRouter(prefix="/api/facilities/levels", tags=["facilities"])
LEVEL: Final = r"^level-[0-9]{1,15}$"
LevelId = Annotated[str, Path(pattern=LEVEL, examples=["level-1"])]
Limit = Annotated[float, Field(ge=1, le=99, description="in percent; null: that of its kind in the settings")]
MOST_ENTRIES: Final = 200


class NewLevel(Body):
    """`sensor`: whose readings it hears, as `gate/sensor/quantity`; a level in percent."""

    site: Site = ROOT
    kind: LevelKind
    name: Words
    sensor: Sensor
    limit_pct: Limit | None = None


class LevelChange(Body):
    """What is left out stays as it is; a limit of 0 is that of its kind. `ended`: it is looked after no more, for good."""

    name: Words | None = None
    sensor: Sensor | None = None
    limit_pct: Limit | Literal[0] | None = None
    ended: Literal[True] | None = None


class LevelTag(View):
    """A tag to be printed. Told this once; it replaces the one before."""

    level: str
    page: str = Field(description="what the code holds after the address of this cloud")
    code: str
    rows: list[str] = Field(description="the modules of the code, `1` is dark; without the border")


@router.get("", responses=REFUSALS)
def now(user: MayReadRounds, parts: PartsOf) -> LevelsView:
    """Every bin and dispenser in reach, the most urgent first."""
    with parts.database.reading() as connection:
        there = level_points(connection, user.site)
        newest = newest_by_people(connection, [one.number for one in there])
        return levels_view(there, newest, parts.levels, parts.now_ms())


@router.get("/{level}", responses=ANSWERS)
def one_level(level: LevelId, user: MayReadRounds, parts: PartsOf) -> LevelStoryView:
    """One bin or dispenser and its book, the newest first."""
    with parts.database.reading() as connection:
        return level_told(connection, parts, level_found(connection, level, user, lock=False))


@router.post("", status_code=201, responses=ANSWERS)
def add(new: NewLevel, user: MayManageRounds, parts: PartsOf) -> LevelStoryView:
    """Look after something more. How full it is is not known until its sensor has spoken."""
    if not is_within(new.site, user.site):
        raise Refused(Code.BEYOND_REACH, site=user.site)
    with parts.database.writing() as connection:
        bound = _bound(connection, new.sensor, user)
        made = {"site": new.site, "kind": new.kind.value, "name": new.name, "limit_pct": new.limit_pct, **bound}
        number = add_level(connection, {**made, "made_ms": parts.now_ms()})
        note(connection, user, "level added", level_name(number), parts.now_ms(), f"{new.kind} at {new.site or '-'}")
        return level_told(connection, parts, level_found(connection, level_name(number), user))


@router.patch("/{level}", responses=ANSWERS)
def change(level: LevelId, wish: LevelChange, user: MayManageRounds, parts: PartsOf) -> LevelStoryView:
    """Another name, sensor or limit; or look after it no more. Another sensor begins with nothing known."""
    now_ms = parts.now_ms()
    with parts.database.writing() as connection:
        before = level_found(connection, level, user)
        values: dict[str, Any] = {"name": wish.name or before.name, "ended_ms": now_ms if wish.ended else None}
        if wish.limit_pct is not None:
            values["limit_pct"] = wish.limit_pct or None
        if wish.sensor is not None:
            bound = _bound(connection, wish.sensor, user)
            values |= bound
            if bound != {"gate": before.gate, "sensor": before.sensor, "quantity": before.quantity}:
                kept = LevelState(due_ms=before.state.due_ms, done_ms=before.state.done_ms)
                save_levels(connection, [(before.number, kept)])
        change_level(connection, before.number, values)
        note(connection, user, "level changed", level, now_ms, ", ".join(sorted(wish.model_dump(exclude_none=True))))
        there = level_numbered(connection, before.number, user.site) or before
        return level_told(connection, parts, replace(there, ended_ms=None))


@router.post("/{level}/tag", responses=ANSWERS)
def tag(level: LevelId, wish: TagWish, user: MayManageRounds, parts: PartsOf) -> LevelTag:
    """Another tag. It opens the page of this bin or dispenser on a telephone; the tag before proves nothing any more."""
    with parts.database.writing() as connection:
        there = level_found(connection, level, user)
        code = f"{there.number}.{secrets.token_urlsafe(16)}"
        put_level_tag(connection, there.number, code)
        note(connection, user, "tag made", level, parts.now_ms())
    page = f"/#facilities?level={code}"
    return LevelTag(level=level, page=page, code=code, rows=rows(f"{wish.address}{page}"))


def level_found(connection: Connection, name: str, user: User, *, lock: bool = True) -> LevelPoint:
    """Refuses with 404 what is not in reach, and what has ended."""
    there = level_numbered(connection, int(name.rpartition("-")[2]), user.site, lock=lock)
    if there is None or there.ended_ms is not None:
        raise Refused(Code.NOT_THERE, id=name)
    return there


def level_told(connection: Connection, parts: Parts, there: LevelPoint) -> LevelStoryView:
    """How it stands now, and its book."""
    newest = newest_by_people(connection, [there.number]).get(there.number)
    entries = level_story(connection, there.number, MOST_ENTRIES)
    view = level_view(there, newest, parts.levels, parts.now_ms())
    return LevelStoryView(level=view, entries=[level_entry_view(one) for one in entries])


def _bound(connection: Connection, name: str, user: User) -> dict[str, str]:
    gate, sensor, quantity = name.split("/")
    if not is_within(site_of(connection, gate), user.site):
        raise Refused(Code.NO_GATE, gate=gate)
    return {"gate": gate, "sensor": sensor, "quantity": quantity}
