"""The monthly report of the facilities, as far as the account may look, on the screen and as a file."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field

from cloud.api.accounts import Site
from cloud.api.allowed import MayExport, MayReadRounds
from cloud.api.download import DOWNLOADS, download
from cloud.api.facilities import ANSWERS
from cloud.api.parts import REFUSALS, Parts, PartsOf
from cloud.api.refused import Refused
from cloud.api.reports import In, TableView, tables_of
from cloud.export import Form
from cloud.ledger.reporting.month import Month, month_of
from cloud.ledger.sites import is_within
from cloud.refusals import Code
from cloud.reports.monthly.paper import monthly_paper
from cloud.reports.words import Language
from cloud.store.accounts import User
from cloud.store.errors import SeriesAwayError
from cloud.store.reporting.month.body import MonthBody
from cloud.store.reporting.month.collect import MonthRules, month_body
from cloud.store.reporting.month.sensors import Hours, hours_heard
from cloud.store.sites import sites_of_gates

router = APIRouter(prefix="/api/facilities/months", tags=["facilities"])
MonthName = Annotated[str, Path(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-11"])]
Of = Annotated[Site | None, Query(description="this site and all below it; left out: all that the account sees")]


class MonthView(BaseModel):
    """One month: as it stands on paper, and as numbers."""

    month: str
    over: bool = Field(description="false: it lasts, and this is what there is by now")
    title: str
    notes: list[str]
    tables: list[TableView]
    body: MonthBody


class MonthsView(BaseModel):
    """Which months there are: this one, and all before."""

    newest: str = Field(description="the month that lasts, by this cloud's clock, where its reports are made")


@router.get("", responses=REFUSALS)
def months(_: MayReadRounds, parts: PartsOf) -> MonthsView:
    """The month that lasts."""
    now = datetime.fromtimestamp(parts.now_ms() / 1000, ZoneInfo(parts.report_zone))
    return MonthsView(newest=now.strftime("%Y-%m"))


@router.get("/{month}", responses=ANSWERS)
def month(month: MonthName, user: MayReadRounds, parts: PartsOf, site: Of = None, lang: In = Language.ZH) -> MonthView:
    """One month out of the record: rounds, locked areas, sensors, alarms, bins, supplies, meetings, day by day."""
    body = _body(parts, user, month, site)
    shown = monthly_paper(body, lang)
    return MonthView(month=month, over=body.over, title=shown.title, notes=list(shown.notes), tables=tables_of(shown), body=body)


@router.get("/{month}/file", response_class=Response, responses={**ANSWERS, **DOWNLOADS})
def file(
    month: MonthName, user: MayExport, parts: PartsOf, site: Of = None, form: Form = Form.PDF, lang: In = Language.ZH
) -> Response:
    """The month as a file; the audit says who took it."""
    body = _body(parts, user, month, site)
    document = monthly_paper(body, lang)
    return download(parts, user, form, f"menshen-facilities-{month}", document, subject=f"facilities-{month}", detail=body.site)


def _body(parts: Parts, user: User, name: str, wanted: str | None) -> MonthBody:
    site = user.site if wanted is None else wanted
    if not is_within(site, user.site):
        raise Refused(Code.BEYOND_REACH, site=user.site)
    now_ms = parts.now_ms()
    of = month_of(name, ZoneInfo(parts.report_zone), now_ms)
    if of is None:
        raise Refused(Code.NO_MONTH, month=name)
    hours = _hours(parts, of, site)
    with parts.database.reading() as connection:
        return month_body(connection, of, site, MonthRules(parts.rounds, parts.supplies), hours, now_ms)


def _hours(parts: Parts, of: Month, site: str) -> Hours | None:
    """None where the series store is away: the rest of the report is none the worse."""
    with parts.database.reading() as connection:
        gates = sites_of_gates(connection, site)
    try:
        return hours_heard(parts.series, of, gates)
    except SeriesAwayError:
        return None
