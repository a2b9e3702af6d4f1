"""Disinfection: the board, what is on it, and the tags."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import Connection

from cloud.api.accounts import Site
from cloud.api.allowed import MayManageRounds, MayReadRounds
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.ledger.facility.agents import Agent
from cloud.ledger.facility.assets import Asset
from cloud.ledger.facility.kinds import AssetKind
from cloud.ledger.facility.rules import MINUTE_MS
from cloud.ledger.sites import ROOT, is_within
from cloud.passes.picture import rows
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.facility.assets import add_asset, asset_numbered, change_asset, put_tag
from cloud.store.facility.board import board
from cloud.store.facility.entries import history
from cloud.store.sites import site_of
from cloud.store.staff.register import unknown
from cloud.store.views.facilities import AssetView, BoardView, HistoryView, asset_name, asset_view, board_view, round_view

router = APIRouter(prefix="/api/facilities", tags=["facilities"])
ASSET: Final = r"^asset-[0-9]{1,15}$"
AssetId = Annotated[str, Path(pattern=ASSET, examples=["asset-1"])]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]*$")]
Minutes = Annotated[int, Field(ge=0, le=120_000)]
Person = Annotated[str, Field(pattern=r"^staff-[0-9]{1,15}$")]
Sensor = Annotated[
    str, Field(pattern=r"^([A-Za-z0-9_.:-]{1,64}/){2}[A-Za-z0-9_.:-]{1,64}$", examples=["gate-1/toilet-cl/chlorine"])
]
ANSWERS: Final[dict[int | str, dict[str, Any]]] = {**REFUSALS, 404: {"model": Problem}, 409: {"model": Problem}}
MOST_ROUNDS: Final = 200


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewAsset(Body):
    """What is left out is that of its kind, or counts for nothing."""

    site: Site = ROOT
    kind: AssetKind
    name: Words
    interval_min: Annotated[int, Field(ge=15, le=120_000)] | None = None
    grace_min: Minutes | None = None
    agent: Agent | None = None
    person: Person | None = None
    flow_limit: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    head_limit: Annotated[int, Field(ge=1, le=100_000)] | None = None
    sensor: Sensor | None = None


class AssetChange(Body):
    """What is left out stays as it is; 0 or an empty text takes it away. `ended`: it is disinfected no more, for good."""

    name: Words | None = None
    interval_min: Annotated[int, Field(ge=15, le=120_000)] | Literal[0] | None = None
    grace_min: Minutes | None = None
    agent: Agent | Literal[""] | None = None
    person: Person | Literal[""] | None = None
    flow_limit: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    head_limit: Annotated[int, Field(ge=0, le=100_000)] | None = None
    sensor: Sensor | Literal[""] | None = None
    ended: Literal[True] | None = None


class TagView(BaseModel):
    """A tag to be printed. Told this once; it replaces the one before."""

    asset: str
    page: str = Field(description="what the code holds after the address of this cloud")
    code: str


class TagPicture(TagView):
    rows: list[str] = Field(description="the modules of the code, `1` is dark; without the border")


class TagWish(Body):
    address: Annotated[str, Field(pattern=r"^https?://[^\s/?#]{1,200}$", description="of this cloud, as telephones reach it")]


@router.get("", responses=REFUSALS)
def now(user: MayReadRounds, parts: PartsOf) -> BoardView:
    """Everything in reach: the most urgent first, meetings, and notices of confirmed cases."""
    with parts.database.reading() as connection:
        return board_view(board(connection, user.site, parts.rounds, parts.now_ms()), parts.rounds)


@router.get("/assets/{asset}", responses=ANSWERS)
def one_asset(asset: AssetId, user: MayReadRounds, parts: PartsOf) -> HistoryView:
    """One asset and its rounds, the newest first."""
    with parts.database.reading() as connection:
        there = found(connection, asset, user, lock=False)
        made = history(connection, there.number, MOST_ROUNDS)
        return HistoryView(asset=view(connection, parts, user, there), rounds=[round_view(one) for one in made])


@router.post("/assets", status_code=201, responses=ANSWERS)
def add(new: NewAsset, user: MayManageRounds, parts: PartsOf) -> AssetView:
    """Put something on the list."""
    if not is_within(new.site, user.site):
        raise Refused(Code.BEYOND_REACH, site=user.site)
    with parts.database.writing() as connection:
        values = _values(connection, new, user)
        made = {"site": new.site, "kind": new.kind.value, "name": new.name, "made_ms": parts.now_ms(), "sensor": "", **values}
        number = add_asset(connection, made)
        note(connection, user, "asset added", asset_name(number), parts.now_ms(), f"{new.kind} at {new.site or '-'}")
        return view(connection, parts, user, found(connection, asset_name(number), user))


@router.patch("/assets/{asset}", responses=ANSWERS)
def change(asset: AssetId, wish: AssetChange, user: MayManageRounds, parts: PartsOf) -> HistoryView:
    """Change its interval, its person, its limits; or end it."""
    with parts.database.writing() as connection:
        before = found(connection, asset, user)
        changed = replace(before, **_values(connection, wish, user))
        changed = replace(changed, name=wish.name or before.name, ended_ms=parts.now_ms() if wish.ended else None)
        shown = view(connection, parts, user, before) if wish.ended else None
        change_asset(connection, changed)
        note(connection, user, "asset changed", asset, parts.now_ms(), ", ".join(sorted(wish.model_dump(exclude_none=True))))
        made = history(connection, before.number, MOST_ROUNDS)
        return HistoryView(asset=shown or view(connection, parts, user, changed), rounds=[round_view(one) for one in made])


@router.post("/assets/{asset}/tag", responses=ANSWERS)
def tag(asset: AssetId, wish: TagWish, user: MayManageRounds, parts: PartsOf) -> TagPicture:
    """Another tag for this asset. It opens the asset's page on a telephone; the tag before proves nothing any more."""
    with parts.database.writing() as connection:
        there = found(connection, asset, user)
        code = f"{there.number}.{secrets.token_urlsafe(16)}"
        put_tag(connection, there.number, code)
        note(connection, user, "tag made", asset, parts.now_ms())
    page = f"/#facilities?tag={code}"
    return TagPicture(asset=asset, page=page, code=code, rows=rows(f"{wish.address}{page}"))


def found(connection: Connection, name: str, user: User, *, lock: bool = True) -> Asset:
    """Refuses with 404 what is not in reach, and what has ended."""
    there = asset_numbered(connection, int(name.rpartition("-")[2]), user.site, lock=lock)
    if there is None or there.ended_ms is not None:
        raise Refused(Code.NOT_THERE, id=name)
    return there


def view(connection: Connection, parts: Parts, user: User, there: Asset) -> AssetView:
    """How it stands now."""
    stands = board(connection, user.site, parts.rounds, parts.now_ms(), only=there.number).stands
    return asset_view(stands[0], parts.rounds)


def _values(connection: Connection, wish: NewAsset | AssetChange, user: User) -> dict[str, Any]:
    """What was said, as columns; what was left out is not there."""
    values: dict[str, Any] = {}
    for name in ("interval", "grace"):
        if (minutes := getattr(wish, f"{name}_min")) is not None:
            values[f"{name}_ms"] = minutes * MINUTE_MS if minutes or name == "grace" else None
    for name in ("flow_limit", "head_limit", "agent"):
        if (said := getattr(wish, name)) is not None:
            values[name] = said or None
    if wish.person is not None:
        values["person"] = _person(connection, wish.person, user)
    if wish.sensor is not None:
        gate = wish.sensor.partition("/")[0]
        if gate and not is_within(site_of(connection, gate), user.site):
            raise Refused(Code.NO_GATE, gate=gate)
        values["sensor"] = wish.sensor
    return values


def _person(connection: Connection, name: str, user: User) -> int | None:
    if name == "":
        return None
    number = int(name.rpartition("-")[2])
    if unknown(connection, [number], user.site):
        raise Refused(Code.NOT_THERE, id=name)
    return number
