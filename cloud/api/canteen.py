"""The canteen: who went in with clean hands, as numbers."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query

from cloud.api.allowed import MayReadBoard
from cloud.api.parts import REFUSALS, PartsOf, sight_of
from cloud.store.views.clean_hands import HandsView, clean_hands

router = APIRouter(prefix="/api/facilities/canteen", tags=["facilities"])


@router.get("/hands", responses=REFUSALS)
def read_hands(user: MayReadBoard, parts: PartsOf, days: Annotated[int, Query(ge=1, le=31)] = 14) -> HandsView:
    """Of the gates in sight that ask for clean hands, by day. Numbers only, of nobody in particular."""
    with parts.database.reading() as connection:
        return clean_hands(connection, sight_of(user).site, parts.now_ms(), days, ZoneInfo(parts.report_zone))
