"""What every sensor says now, and what one of them said over time."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from cloud.api.allowed import MayReadBoard, MayReadSeries
from cloud.api.facilities import ANSWERS
from cloud.api.ledger import in_sight
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem, sight_of
from cloud.api.refused import Refused
from cloud.ledger.facility.board import SUMMED_S, gap_s, piece_s, pieces
from cloud.refusals import Code
from cloud.store.accounts import User
from cloud.store.errors import SeriesAwayError
from cloud.store.series import Sensed, Span
from cloud.store.views.models import moment
from cloud.store.views.newest import SensorNowView, SensorsView, sensor_now, sensors_now

router = APIRouter(prefix="/api/facilities", tags=["facilities"])
_NAME: Final = r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}$"
Named = Annotated[str, Query(pattern=_NAME)]
Hours = Annotated[int, Query(ge=1, le=720)]


class PieceView(BaseModel):
    """What was said from `at` on, for as long as a piece lasts."""

    at: datetime
    least: float
    mean: float
    most: float
    count: int = Field(description="of so many readings")


class SensorHistory(BaseModel):
    """One sensor over time. Where it said nothing there is no piece."""

    now: SensorNowView
    begins: datetime
    ends: datetime
    piece_s: int
    of_means: bool = Field(description="least and most are of means of five minutes, not of single readings")
    gap_s: int = Field(description="where two pieces begin further apart, nothing is known of the time between")
    pieces: list[PieceView]


@router.get("/sensors", responses=REFUSALS)
def sensors(user: MayReadBoard, parts: PartsOf) -> SensorsView:
    """The newest reading of every sensor in reach, and the alarms about rooms that stand."""
    with parts.database.reading() as connection:
        return sensors_now(connection, sight_of(user).site, parts.now_ms())


@router.get("/history", responses={**ANSWERS, 503: {"model": Problem}})
def history(user: MayReadSeries, parts: PartsOf, gate: Named, sensor: Named, quantity: Named, hours: Hours = 24) -> SensorHistory:
    """What one sensor said, in at most 750 pieces: least, mean and most of each."""
    return history_of(parts, user, Sensed(gate, sensor, quantity), hours)


def history_of(parts: Parts, user: User, one: Sensed, hours: int) -> SensorHistory:
    """Refuses with 404 what is not in reach or was never heard, with 503 while the series store is away."""
    now_ms = parts.now_ms()
    with parts.database.reading() as connection:
        in_sight(connection, user, one.gate)
        now = sensor_now(connection, one, now_ms)
    if now is None:
        raise Refused(Code.NOT_THERE, id="/".join(one))
    length_s = piece_s(hours * 3600)
    span = Span(now_ms // 1000 + 1 - hours * 3600, now_ms // 1000 + 1)
    try:
        said = parts.series.sensed(one, span, each=length_s < SUMMED_S)
    except SeriesAwayError as away:
        raise Refused(Code.SERIES_AWAY, why=str(away)) from away
    fresh_ms = round((now.fresh_until - now.at).total_seconds() * 1000)
    return SensorHistory(
        now=now,
        begins=moment(span.start_s * 1000),
        ends=moment(span.end_s * 1000),
        piece_s=length_s,
        of_means=length_s >= SUMMED_S,
        gap_s=gap_s(length_s, fresh_ms),
        pieces=[
            PieceView(at=moment(one.start_s * 1000), least=one.least, mean=one.mean, most=one.most, count=one.count)
            for one in pieces(said, length_s)
        ],
    )
