"""How full it is inside, who waits before the gates, and for how long."""

from __future__ import annotations

from fastapi import APIRouter

from cloud.api.allowed import MayReadBoard
from cloud.api.parts import REFUSALS, PartsOf, sight_of
from cloud.store.views.crowd import CrowdView, crowd

router = APIRouter(prefix="/api/facilities/crowd", tags=["facilities"])


@router.get("", responses=REFUSALS)
def read_crowd(user: MayReadBoard, parts: PartsOf) -> CrowdView:
    """Of the gates in sight, with the waits of the last hour. Numbers only, of nobody in particular."""
    with parts.database.reading() as connection:
        return crowd(connection, sight_of(user).site, parts.now_ms())
