"""Rounds that somebody has made. Sent again under the same key, one counts once: a telephone may not know whether it arrived."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from hashlib import sha256
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path
from fastapi.responses import Response
from pydantic import AwareDatetime, Field, model_validator
from sqlalchemy import Connection

from cloud.api.allowed import MayMakeRounds, MayReadRounds
from cloud.api.facilities import ANSWERS, ASSET, Body, found
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.ledger.facility.agents import Agent, faults, ppm_of
from cloud.ledger.facility.assets import Asset
from cloud.ledger.facility.rounds import Evidence, Round, believed
from cloud.ledger.facility.shown import doubt_of
from cloud.photograph import PhotographError, kept
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.facility.assets import asset_numbered, has_tag
from cloud.store.facility.entries import ROUNDS, EntryKind, add_entry, entry, entry_of_key, round_of, rounds
from cloud.store.facility.photos import add_photo, is_known, photo_of
from cloud.store.facility.readings import reading_near
from cloud.store.views.facilities import RoundView, round_view

router = APIRouter(prefix="/api/facilities", tags=["facilities"])
RoundId = Annotated[str, Path(pattern=r"^round-[0-9]{1,15}$", examples=["round-1"])]
MOST_PHOTO: Final = 400_000
"""Characters of base64; the shield lets a request of this route be larger than others."""
OF_STRENGTH: Final = frozenset({"ppm", "mg/L", "mg/l"})
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{16,64}$", description="made up by whoever sends it, once for each round")]
Parts100 = Annotated[float, Field(ge=1, le=10_000, description="one part of the disinfectant in so many of the mixture")]


_PHOTO: Final[dict[int | str, dict[str, Any]]] = {
    **REFUSALS,
    200: {"content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}},
    404: {"model": Problem},
}


class NewRound(Body):
    """`tag`: the code that was scanned. The strength: typed as `ppm`, or as a dilution; a sensor's reading goes before both.

    `photo` is evidence where neither tag nor sensor is, and kept beside them.
    """

    key: Key
    asset: Annotated[str, Field(pattern=ASSET)]
    done_at: AwareDatetime | None = Field(None, description="by the telephone's clock; null: now")
    agent: Agent
    ppm: Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)] | None = None
    strength_percent: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)] = 5.0
    parts: Parts100 | None = None
    contact_min: Annotated[float, Field(ge=0, le=1440, allow_inf_nan=False)] | None = None
    tag: Annotated[str, Field(pattern=r"^[0-9]{1,15}\.[A-Za-z0-9_-]{8,64}$")] | None = None
    sensor: bool = Field(False, description="whether the asset's sensor is asked")
    photo: Annotated[str, Field(min_length=4, max_length=MOST_PHOTO)] | None = Field(None, description="a JPEG in base64")

    @model_validator(mode="after")
    def _said_once(self) -> NewRound:
        if self.ppm is not None and self.parts is not None:
            raise ValueError("the strength is typed or a dilution, not both")
        if self.tag is not None and self.sensor:
            raise ValueError("evidence is the tag or the sensor, not both")
        return self

    @property
    def evidence(self) -> Evidence:
        if self.tag is not None:
            return Evidence.TAG
        if self.sensor:
            return Evidence.SENSOR
        return Evidence.NONE if self.photo is None else Evidence.PHOTO


@router.post("/rounds", responses=ANSWERS)
def make(wish: NewRound, user: MayMakeRounds, parts: PartsOf) -> RoundView:
    """Enter a round. It is judged by the limits of now and kept whatever comes of it: one that counts for nothing says why."""
    jpeg = None if wish.photo is None else _photograph(wish.photo)
    with parts.database.writing() as connection:
        there = found(connection, wish.asset, user)
        before = entry_of_key(connection, wish.key)
        if before is not None:
            if before.user != user.user or before.asset != there.number:
                raise Refused(Code.NAME_TAKEN, name=wish.key)
            return round_view(round_of(before))
        made = _judged(connection, parts, there, wish, user, jpeg)
        kind = EntryKind.ROUND if made.counts else EntryKind.ROUND_INVALID
        number = add_entry(connection, kind, made.at_ms, user.user, _body(made), asset=there.number, key=wish.key)
        if jpeg is not None:
            add_photo(connection, number, made.at_ms, made.photo_sha256, jpeg)
        said = f"{made.trust}{': ' if made.faults else ''}{', '.join(made.faults)}"
        note(connection, user, "round made", wish.asset, made.at_ms, said)
        return round_view(replace(made, number=number))


@router.get("/rounds/{round_id}/photo", response_class=Response, responses=_PHOTO)
def photograph(round_id: RoundId, user: MayReadRounds, parts: PartsOf) -> Response:
    """The photograph that was handed over with a round."""
    number = int(round_id.removeprefix("round-"))
    with parts.database.reading() as connection:
        there = next((one for kind in ROUNDS if (one := entry(connection, number, kind)) is not None), None)
        asset = None if there is None else asset_numbered(connection, there.asset or 0, user.site)
        jpeg = None if asset is None else photo_of(connection, number)
    if jpeg is None:
        raise Refused(Code.NOT_THERE, id=round_id)
    return Response(jpeg, media_type="image/jpeg")


def _photograph(base64_text: str) -> bytes:
    try:
        return kept(base64.b64decode(base64_text, validate=True))
    except (binascii.Error, PhotographError) as wrong:
        raise Refused(Code.NO_PHOTOGRAPH, why=str(wrong)) from wrong


def _judged(connection: Connection, parts: Parts, there: Asset, wish: NewRound, user: User, jpeg: bytes | None) -> Round:
    rules, now_ms = parts.rounds, parts.now_ms()
    # A telephone whose clock goes ahead would make the next round due too late.
    done_ms = now_ms if wish.done_at is None else min(now_ms, round(wish.done_at.timestamp() * 1000))
    earlier = rounds(connection, [there.number], done_ms - rules.again_ms)[there.number]
    reading = reading_near(connection, there.sensor, done_ms, rules.reading_ms) if wish.sensor else None
    of_sensor = doubt_of(there.sensor.rpartition("/")[2], None if reading is None else reading.value)
    tagged = wish.tag is not None and has_tag(connection, there.number, wish.tag)
    photo_sha256 = "" if jpeg is None else sha256(jpeg).hexdigest()
    holds = not is_known(connection, photo_sha256) if wish.evidence is Evidence.PHOTO else of_sensor is None or tagged
    trust, doubt = believed(wish.evidence, done_ms, earlier, rules, holds=holds, of_sensor=of_sensor)
    measured = None if reading is None or reading.unit not in OF_STRENGTH else reading.value
    dilution = "" if wish.parts is None or measured is not None else f"{wish.strength_percent:g} % 1:{wish.parts:g}"
    said = wish.ppm if wish.parts is None else ppm_of(wish.strength_percent, wish.parts)
    ppm = said if measured is None else measured
    return Round(
        0, there.number, done_ms, now_ms, user.user, wish.agent, ppm, wish.contact_min, trust, doubt,
        faults(wish.agent, ppm, wish.contact_min, there.agent, rules), now_ms - done_ms > rules.late_ms, measured is not None,
        dilution, photo_sha256,
    )  # fmt: skip


def _body(made: Round) -> dict[str, object]:
    return {
        "done_ms": made.done_ms,
        "agent": made.agent.value,
        "ppm": made.ppm,
        "contact_min": made.contact_min,
        "trust": made.trust.value,
        "doubt": None if made.doubt is None else made.doubt.value,
        "faults": [one.value for one in made.faults],
        "late": made.late,
        "measured_ppm": made.measured_ppm,
        "dilution": made.dilution,
        "photo_sha256": made.photo_sha256,
    }
