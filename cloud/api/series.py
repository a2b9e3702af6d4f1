"""Figures over time, out of the series store."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel

from cloud.api.ledger import GateName
from cloud.api.parts import REFUSALS, PartsOf, Problem, SignedIn
from cloud.store.errors import SeriesAwayError
from cloud.store.series import CATEGORY, FIVE_MINUTES_S, Span
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


@router.get("/visits", responses={401: REFUSALS[401], 503: {"model": Problem}})
def visits(
    _user: SignedIn, parts: PartsOf, gate: GateName = None, hours: Annotated[int, Query(ge=1, le=720)] = 24
) -> list[VerdictCount]:
    """Decisions in steps of five minutes, by gate and verdict; steps without any are left out."""
    end_s = (parts.now_ms() // 1000 // FIVE_MINUTES_S + 1) * FIVE_MINUTES_S
    span = Span(end_s - hours * _HOUR_S, end_s)
    try:
        return [
            VerdictCount(start=moment(bucket.start_s * 1000), gate=bucket.gate, verdict=verdict, count=bucket.count)
            for verdict in Verdict
            for bucket in parts.series.buckets(Measurement.VISIT, f"{CATEGORY}={verdict}", span, gate)
        ]
    except SeriesAwayError as away:
        raise HTTPException(503, str(away)) from away
