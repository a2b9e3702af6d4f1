"""The ledger as it is searched: rows of one kind in one form, what was written of each, and lists as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from cloud.access.roles import Permission, may
from cloud.api.allowed import MayExport, MayReadPeople
from cloud.api.download import DOWNLOADS, download
from cloud.api.ledger import GateName, in_sight, milliseconds
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.export import Cell, Document, Form, Table
from cloud.ledger.case_numbers import case_number, case_of
from cloud.ledger.sites import SITE, is_within
from cloud.refusals import Code
from cloud.reports import codes as code_words
from cloud.reports.words import Language
from cloud.staffing import known_zone
from cloud.store.accounts import User
from cloud.store.views.histories import History
from cloud.store.views.histories import history as read_history
from cloud.store.views.models import moment
from cloud.store.views.search import Found, Part, Search, found
from cloud.store.views.visits import Place, Population
from contract.verdicts import Reason, Verdict

router = APIRouter(prefix="/api/ledger", tags=["ledger"])
_ANSWERS: Final = {**REFUSALS, 400: {"model": Problem}, 404: {"model": Problem}}
_AT_ONCE: Final = 500
_TITLES: Final = {
    Part.VISITS: ("到访台账", "Visits"),
    Part.ALARMS: ("告警台账", "Alarms"),
    Part.CASES: ("复检台账", "Cases"),
    Part.AUDIT: ("操作记录", "Audit"),
}
_COLUMNS: Final = (
    ("编号", "Id"), ("时间", "Time"), ("通道", "Gate"), ("结果", "What"), ("状态", "State"), ("原因", "Reasons"),
    ("人员", "Who"), ("说明", "Detail"), ("迟到", "Late"), ("版本数", "Revisions"),
)  # fmt: skip
_CODES: Final = (("编号代码", "Id code"), ("结果代码", "What code"), ("状态代码", "State code"), ("原因代码", "Reason codes"))
"""What the words stand for, beside them in a CSV: a program reads these."""
_WIDTHS: Final = (3, 3, 1.5, 2, 1.5, 2.5, 2, 3, 0.8, 0.8)


class Rows(BaseModel):
    """Newest first."""

    rows: list[Found]
    next: str | None = Field(description="hand this over as `before` for the next page; null at the end")


def wanted(
    part: Part = Part.VISITS,
    site: Annotated[str, Query(max_length=200, pattern=f"^({SITE})?$", description="this site and below")] = "",
    gate: GateName = None,
    who: Annotated[Population | None, Query(description="staff: a badge was shown; visitor: none was")] = None,
    verdict: Verdict | None = None,
    reason: Reason | None = None,
    since: AwareDatetime | None = None,
    until: Annotated[AwareDatetime | None, Query(description="excluded")] = None,
    text: Annotated[str, Query(max_length=100, description="what an id of the row begins with")] = "",
) -> Search:
    """The question of an address, not yet narrowed to what the asker may see."""
    return Search(part, site, gate, who, verdict, reason, milliseconds(since), milliseconds(until), text.strip())


Asked = Annotated[Search, Depends(wanted)]


@router.get("", responses=_ANSWERS)
def rows(
    user: MayReadPeople,
    parts: PartsOf,
    asked: Asked,
    before: Annotated[str | None, Query(max_length=40, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Rows:
    """Rows of one kind, newest first, in pages that stay as they are while rows arrive."""
    try:
        place = Place.parse(before) if before else None
    except ValueError as wrong:
        raise Refused(Code.NOT_A_PAGE) from wrong
    search = _seen(user, parts, asked)
    with parts.database.reading() as connection:
        page, older = found(connection, search, limit, place)
    return Rows(rows=page, next=str(older) if older else None)


@router.get("/history", responses=_ANSWERS)
def history(
    user: MayReadPeople,
    parts: PartsOf,
    part: Part,
    id: Annotated[str, Query(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")],  # noqa: A002  the name in the address
) -> History:
    """Everything that was written of one row, with its place in the chain and whether that holds."""
    _may_read(user, part)
    with parts.database.reading() as connection:
        written = read_history(connection, part, id, user.site)
    if written is None:
        raise Refused(Code.NOT_THERE, id=id)
    return written


@router.get("/export", responses={**_ANSWERS, **DOWNLOADS}, response_class=StreamingResponse)
def export(
    user: MayExport,
    parts: PartsOf,
    asked: Asked,
    form: Form = Form.CSV,
    language: Literal["zh", "en"] = "zh",
    zone: Annotated[str, Query(max_length=60), AfterValidator(known_zone)] = "Asia/Shanghai",
) -> StreamingResponse:
    """All that is found, as a file. Who takes it stands in the audit."""
    search = _seen(user, parts, asked)
    spoken = 0 if language == "zh" else 1
    title = _TITLES[search.part][spoken]
    shown = _Shown(Language(language), ZoneInfo(zone), codes=form is Form.CSV)
    columns = [column[spoken] for column in (*_COLUMNS, *(_CODES if shown.codes else ()))]
    table = Table(title, columns, _cells(parts, search, shown), _WIDTHS + ((1,) * len(_CODES) if shown.codes else ()))
    document = Document(title, (table,), notes=_notes(search), zone=shown.zone)
    return download(parts, user, form, f"ledger-{search.part}", document, subject=f"ledger {search.part}", detail=_sought(search))


@dataclass(frozen=True, slots=True)
class _Shown:
    """`codes`: with what the ledger keeps beside the words for it, for programs."""

    language: Language
    zone: ZoneInfo
    codes: bool


def _cells(parts: Parts, search: Search, shown: _Shown) -> Iterator[tuple[Cell, ...]]:
    """A transaction a page: a long download keeps no old picture of the ledger alive."""
    place: Place | None = None
    while True:
        with parts.database.reading() as connection:
            page, place = found(connection, search, _AT_ONCE, place)
        for one in page:
            yield _row(one, shown)
        if place is None:
            return


def _row(one: Found, shown: _Shown) -> tuple[Cell, ...]:
    """A case has the number that is said on the telephone; what was done, in the audit, has words already."""
    name = one.id
    if one.part is Part.CASES:
        name = f"{case_number(case_of(one.id), round(one.at.timestamp() * 1000), shown.zone)} ({one.id})"
    what = one.what if one.part is Part.AUDIT else code_words.what(one.what, shown.language)
    state, reasons = (
        code_words.state(one.state, shown.language),
        [code_words.reason(code, shown.language) for code in one.reasons],
    )
    cells = (name, one.at, one.gate, what, state, ", ".join(reasons), one.who, one.detail, one.late, one.revisions)
    return (*cells, one.id, one.what, one.state, ", ".join(one.reasons)) if shown.codes else cells


def _seen(user: User, parts: Parts, asked: Search) -> Search:
    """Narrowed to where the asker may look. Refuses with 403 and 404."""
    _may_read(user, asked.part)
    if asked.site and not is_within(asked.site, user.site):
        raise Refused(Code.NO_SITE, site=asked.site)
    with parts.database.reading() as connection:
        in_sight(connection, user, asked.gate)
    return replace(asked, site=asked.site or user.site)


def _may_read(user: User, part: Part) -> None:
    needed = Permission.AUDIT_READ if part is Part.AUDIT else Permission.PEOPLE_READ
    if not may(user.role, needed):
        raise Refused(Code.PART_NEEDS, permission=needed.value)


def _notes(search: Search) -> tuple[str, ...]:
    return (said,) if (said := _sought(search)) else ()


def _sought(search: Search) -> str:
    """As it stands in the audit and on the file: no text, which may be somebody's number."""
    said = {"site": search.site, "gate": search.gate, "who": search.who, "verdict": search.verdict, "reason": search.reason}
    times = {"since": search.since_ms, "until": search.until_ms}
    shown = {key: moment(value).isoformat() for key, value in times.items() if value is not None}
    return ", ".join(f"{key} {value}" for key, value in (said | shown).items() if value)
