"""Daily reports and the chronicle, as far as the account may look, on the screen and as files."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field
from sqlalchemy import Connection

from cloud.api.allowed import MayExport, MayReadPeople
from cloud.api.download import DOWNLOADS, download
from cloud.api.parts import REFUSALS, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.export import Document, Form
from cloud.refusals import Code
from cloud.reports.narrowed import narrowed
from cloud.reports.paper import paper
from cloud.reports.summary import is_late, is_zero, lines
from cloud.reports.words import Language
from cloud.store.accounts import User
from cloud.store.heads import heads_over
from cloud.store.notices import day_name
from cloud.store.reporting.body import Body
from cloud.store.reporting.book import Report, corrections_of, report_of, reports_before
from cloud.store.sites import sites_of_gates
from cloud.store.views.cases import ReceiptView, receipts_about

router = APIRouter(prefix="/api/reports", tags=["reports"])
Number = Annotated[int, Path(ge=1, le=2**62, examples=[1])]
In = Annotated[Language, Query(description="the language of its words")]


class ReportRow(BaseModel):
    """A line of the list."""

    number: int
    day: str
    due: datetime
    made: datetime
    late: bool = Field(description="made more than five minutes after it was due")
    zero: bool = Field(description="a report of no case")
    whole: bool = Field(description="the chain was as it had been written")
    corrects: list[int]
    said: list[str] = Field(description="what it says in a few sentences")


class Reports(BaseModel):
    """Newest first."""

    reports: list[ReportRow]
    next: int | None = Field(description="hand this over as `before` for the next page; null at the end")


class TableView(BaseModel):
    """Rows under a title; a number stands for itself, a time is in the report's own zone."""

    title: str
    columns: list[str]
    rows: list[list[str | int | float]]
    empty: str = Field(description="what is said where there are no rows")


class PaperView(BaseModel):
    """One report, as it stands on paper."""

    number: int
    title: str
    notes: list[str]
    tables: list[TableView]
    corrects: list[int]
    corrected_by: list[int]
    receipts: list[ReceiptView] = Field(description="whoever was told of it; empty where no contact is told of reports")


@router.get("", responses=REFUSALS)
def reports(
    user: MayReadPeople,
    parts: PartsOf,
    lang: In = Language.ZH,
    before: Annotated[int | None, Query(ge=1, le=2**62, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 31,
) -> Reports:
    """What was reported, day by day, in pages."""
    with parts.database.reading() as connection:
        found = reports_before(connection, before, limit + 1)
        shown = [_row(one.number, _narrowed(connection, one, user), lang) for one in found[:limit]]
    return Reports(reports=shown, next=shown[-1].number if len(found) > limit else None)


@router.get("/{number}", responses={**REFUSALS, 404: {"model": Problem}})
def report(number: Number, user: MayReadPeople, parts: PartsOf, lang: In = Language.ZH) -> PaperView:
    """One report with its tables, and who has received it."""
    with parts.database.reading() as connection:
        body, corrected_by = _there(connection, number, user)
        heads = heads_over(connection, body.proof.first_link, body.proof.last_link)
        receipts = receipts_about(connection, [day_name(number)]) if not user.site else []
    shown = paper(number, body, corrected_by, lang, heads)
    return PaperView(
        number=number,
        title=shown.title,
        notes=list(shown.notes),
        tables=tables_of(shown),
        corrects=body.corrects,
        corrected_by=corrected_by,
        receipts=receipts,
    )


@router.get("/{number}/file", response_class=Response, responses={**REFUSALS, **DOWNLOADS, 404: {"model": Problem}})
def file(number: Number, user: MayExport, parts: PartsOf, form: Form = Form.PDF, lang: In = Language.ZH) -> Response:
    """One report as a file; the audit says who took it."""
    with parts.database.reading() as connection:
        body, corrected_by = _there(connection, number, user)
        heads = heads_over(connection, body.proof.first_link, body.proof.last_link)
    document = paper(number, body, corrected_by, lang, heads)
    return download(parts, user, form, f"menshen-report-{number}", document, subject=f"report-{number}", detail=body.day)


def _there(connection: Connection, number: int, user: User) -> tuple[Body, list[int]]:
    found = report_of(connection, number)
    if found is None:
        raise Refused(Code.NO_REPORT, number=number)
    return _narrowed(connection, found, user), corrections_of(connection, found)


def _narrowed(connection: Connection, found: Report, user: User) -> Body:
    return narrowed(found.body, user.site, sites_of_gates(connection, user.site) if user.site else ())


def _row(number: int, body: Body, lang: Language) -> ReportRow:
    return ReportRow(
        number=number,
        day=body.day,
        due=body.due,
        made=body.made,
        late=is_late(body),
        zero=is_zero(body),
        whole=not body.proof.faults,
        corrects=body.corrects,
        said=lines(body, lang),
    )


def tables_of(document: Document) -> list[TableView]:
    """As a screen draws them."""
    return [
        TableView(
            title=one.title,
            columns=list(one.columns),
            rows=[[cell if isinstance(cell, int | float) else document.shown(cell) for cell in row] for row in one.rows],
            empty=one.empty,
        )
        for one in document.tables
    ]
