"""Runs of UV-C lamps, place by place, and how old the lamps are."""

from __future__ import annotations

from typing import Annotated, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime

from cloud.api.allowed import MayExport, MayReadBoard
from cloud.api.download import DOWNLOADS, download
from cloud.api.ledger import milliseconds
from cloud.api.parts import REFUSALS, PartsOf, sight_of
from cloud.api.reports import In
from cloud.export import Document, Form
from cloud.ledger.retention import DAY_MS
from cloud.reports.uvc_table import run_table
from cloud.reports.words import Language, say
from cloud.store.facility.uvc import runs
from cloud.store.views.uvc import UvcView, run_views, uvc_view

router = APIRouter(prefix="/api/facilities/uvc", tags=["facilities"])
DAYS: Final = 31
Days = Annotated[int, Query(ge=1, le=366, description="runs that ended in the last so many times 24 hours")]


@router.get("", responses=REFUSALS)
def read_uvc(
    user: MayReadBoard,
    parts: PartsOf,
    days: Days = DAYS,
    before: Annotated[AwareDatetime | None, Query(description="the `next` of the page before")] = None,
) -> UvcView:
    """The lamps in sight as they are, and what their runs gave. A run that could not be measured is not known, never enough."""
    now_ms = parts.now_ms()
    until_ms = milliseconds(before)
    span_ms = now_ms - days * DAY_MS, now_ms + 1 if until_ms is None else until_ms
    with parts.database.reading() as connection:
        return uvc_view(connection, sight_of(user).site, span_ms, now_ms, parts.late_ms, parts.report_zone)


@router.get("/file", response_class=Response, responses={**REFUSALS, **DOWNLOADS})
def file(user: MayExport, parts: PartsOf, days: Days = DAYS, form: Form = Form.PDF, lang: In = Language.ZH) -> Response:
    """The runs as a file; the audit says who took it."""
    now_ms, top = parts.now_ms(), sight_of(user).site
    with parts.database.reading() as connection:
        found = run_views(connection, top, runs(connection, top, now_ms - days * DAY_MS, now_ms + 1), parts.late_ms)
    title = say((f"紫外线消毒记录（近 {days} 天）", f"Runs of UV-C lamps in the last {days} days"), lang)
    note = (
        "剂量只说明传感器所在位置的照射量，不说明消毒效果。",
        "A dose is of where the sensor hangs, no proof of dead germs.",
    )
    document = Document(title, (run_table(found, lang),), notes=(say(note, lang),), zone=ZoneInfo(parts.report_zone))
    return download(parts, user, form, "menshen-uvc", document, subject="uvc", detail=f"{days} d")
