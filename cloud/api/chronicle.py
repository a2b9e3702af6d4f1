"""The chronicle, derived from the ledger whenever it is read."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel

from cloud.api.allowed import MayExport, MayReadPeople
from cloud.api.download import DOWNLOADS, download
from cloud.api.parts import REFUSALS, Parts, PartsOf
from cloud.export import Form
from cloud.reports.chronicle import chronicle_paper, words_of
from cloud.reports.words import Language
from cloud.store.accounts import User
from cloud.store.reporting.chronicle import MOST, Deed, Line, Span
from cloud.store.reporting.chronicle import chronicle as read_chronicle
from cloud.store.views.models import moment

router = APIRouter(prefix="/api/chronicle", tags=["reports"])
_DAYS_MS: Final = 90 * 86_400_000
From = Annotated[AwareDatetime | None, Query(description="from when; left out: 90 days before the end")]
Until = Annotated[AwareDatetime | None, Query(description="until when, excluded; left out: now")]


class ChronicleLineView(BaseModel):
    """One dated line."""

    at: datetime
    gate: str
    deed: Deed
    zh: str
    en: str


class Chronicle(BaseModel):
    """Newest first. `more`: there is more in this time than one answer holds."""

    lines: list[ChronicleLineView]
    more: bool


@router.get("", responses=REFUSALS)
def chronicle(user: MayReadPeople, parts: PartsOf, since: From = None, until: Until = None) -> Chronicle:
    """First reports, closed cases, urgent alarms, gates that were held, paired or removed."""
    found, zone = _lines(parts, user, since, until), ZoneInfo(parts.report_zone)
    shown = [(one, words_of(one, zone)) for one in found]
    lines = [ChronicleLineView(at=moment(one.at_ms), gate=one.gate, deed=one.deed, zh=zh, en=en) for one, (zh, en) in shown]
    return Chronicle(lines=lines, more=len(found) >= MOST)


@router.get("/file", response_class=Response, responses={**REFUSALS, **DOWNLOADS})
def file(
    user: MayExport,
    parts: PartsOf,
    since: From = None,
    until: Until = None,
    form: Form = Form.PDF,
    lang: Annotated[Language, Query(description="the language of its words")] = Language.ZH,
) -> Response:
    """The chronicle as a file; the audit says who took it."""
    document = chronicle_paper(_lines(parts, user, since, until), parts.report_zone, lang)
    return download(parts, user, form, "menshen-chronicle", document, subject="chronicle")


def _lines(parts: Parts, user: User, since: datetime | None, until: datetime | None) -> list[Line]:
    until_ms = parts.now_ms() + 1 if until is None else round(until.timestamp() * 1000)
    since_ms = until_ms - _DAYS_MS if since is None else round(since.timestamp() * 1000)
    with parts.database.reading() as connection:
        return read_chronicle(connection, Span(user.site, since_ms, until_ms))
