"""Whom the cloud has told of alarms that nobody acknowledged."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from cloud.api.allowed import MayReadBoard
from cloud.api.parts import REFUSALS, PartsOf, sight_of
from cloud.store.views.notices import NoticeView
from cloud.store.views.notices import notices as read_notices

router = APIRouter(prefix="/api/notices", tags=["alarms"])
Subject = Annotated[str | None, Query(pattern=r"^(alarm|case|report|day)-[0-9]{1,18}$", description="alarm-1, case-1, report-1")]


@router.get("", responses=REFUSALS)
def notices(user: MayReadBoard, parts: PartsOf, subject: Subject = None) -> list[NoticeView]:
    """The newest 200 notices of what is in sight, or of one alarm, case or report, with the receipt of each."""
    with parts.database.reading() as connection:
        return read_notices(connection, sight_of(user), subject)
