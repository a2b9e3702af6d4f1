"""Figures over time, out of the series store."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel

from cloud.api.allowed import MayReadSeries
from cloud.api.ledger import GateName, in_sight
from cloud.api.parts import REFUSALS, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.ledger.sites import ROOT
from cloud.refusals import Code
from cloud.store.errors import SeriesAwayError
from cloud.store.series import CATEGORY, FIVE_MINUTES_S, Span
from cloud.store.sites import sites_of_gates
from cloud.store.views.models import moment
from contract.series import Measurement
from contract.verdicts import Verdict

router = APIRouter(prefix="/api/series", tags=["series"])
_HOUR_S: Final = 3600


class VerdictCount(BaseModel):
    """How many decisions one gate made within the five minutes from `start`."""

    start: datetime
    gate: str
    verdict: Verdict
    count: int


@router.get("/visits", responses={**REFUSALS, 404: {"model": Problem}, 503: {"model": Problem}})
def visits(
    user: MayReadSeries, parts: PartsOf, gate: GateName = None, hours: Annotated[int, Query(ge=1, le=720)] = 24
) -> list[VerdictCount]:
    """Decisions in steps of five minutes, by gate and verdict; steps without any are left out."""
    end_s = (parts.now_ms() // 1000 // FIVE_MINUTES_S + 1) * FIVE_MINUTES_S
    span = Span(end_s - hours * _HOUR_S, end_s)
    with parts.database.reading() as connection:
        in_sight(connection, user, gate)
        seen = sites_of_gates(connection, user.site)
    try:
        return [
            VerdictCount(start=moment(bucket.start_s * 1000), gate=bucket.gate, verdict=verdict, count=bucket.count)
            for verdict in Verdict
            for bucket in parts.series.buckets(Measurement.VISIT, f"{CATEGORY}={verdict}", span, gate)
            if user.site == ROOT or bucket.gate in seen
        ]
    except SeriesAwayError as away:
        raise Refused(Code.SERIES_AWAY, why=str(away)) from away
