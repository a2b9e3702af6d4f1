"""How well the alarms serve the guards."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from cloud.api.allowed import MayReadBoard
from cloud.api.parts import REFUSALS, PartsOf, sight_of
from cloud.store.views.figures import FiguresView, alarm_figures

router = APIRouter(prefix="/api/alarm-figures", tags=["alarms"])
_DAY_MS = 86_400_000


@router.get("", responses=REFUSALS)
def read_figures(
    user: MayReadBoard,
    parts: PartsOf,
    days: Annotated[int, Query(ge=1, le=90)] = 7,
    operators: Annotated[int, Query(ge=1, le=100, description="guards who share the alarms")] = 1,
) -> FiguresView:
    """The figures of ISA-18.2 over the last days, of the gates in sight, with their targets; cases an hour stand beside."""
    now_ms = parts.now_ms()
    with parts.database.reading() as connection:
        return alarm_figures(connection, now_ms - days * _DAY_MS, now_ms, operators, sight_of(user).site)
