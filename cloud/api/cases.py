"""Cases: what is done about one person, step by step, from the second reading to the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import Connection, Row

from cloud.api.allowed import MayReadPeople, MayWorkOnCases
from cloud.api.ledger import in_sight
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.ledger.case_numbers import case_number
from cloud.ledger.cases import CaseState
from cloud.ledger.casework import CaseOutcome, Mistake, Site, Step, Symptom, may_report, missing, suspected
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.casework import (
    Entry,
    add_entry,
    alarm_second_reading,
    case_row,
    close_case,
    entries_of,
    hand_over,
    report_text,
    work_of,
)
from cloud.store.feed import Feed
from cloud.store.questionnaires import of_version
from cloud.store.views.cases import CaseRow, CaseView, Statistics, case_list, case_view
from cloud.store.views.cases import statistics as count
from contract.topics import GATE_NAME

router = APIRouter(prefix="/api/cases", tags=["cases"])
CaseId = Annotated[str, Path(pattern=r"^case-[0-9]{1,18}$", examples=["case-1"])]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^[^\x00-\x08\x0b-\x1f]*$")]
Said = Annotated[Words, StringConstraints(min_length=3)]
_ANSWERS: Final = {**REFUSALS, 404: {"model": Problem}, 409: {"model": Problem, "description": "not taken, or closed"}}
_DAY_MS: Final = 86_400_000


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Reading(Body):
    temperature_c: float = Field(ge=30, le=45, description="as the contact thermometer shows it")
    site: Site
    device: Words = ""


class Symptoms(Body):
    symptoms: list[Symptom] = Field(max_length=len(Symptom), description="empty: asked and looked, there are none")
    detail: Words = ""


class Given(Body):
    answer: Literal["yes", "no", "declined"]
    detail: Words = ""


class Answers(Body):
    version: str = Field(max_length=40)
    answers: dict[str, Given] = Field(max_length=50)


class Note(Body):
    text: Said


class Report(Body):
    text: Words = ""


class CaseEnding(Body):
    """`why` of a false alarm is one of the named reasons; of the others it is in words, in `detail`."""

    outcome: CaseOutcome
    why: Mistake | None = None
    detail: Words = ""


@router.get("", responses={**REFUSALS, 404: {"model": Problem}})
def cases(
    user: MayReadPeople,
    parts: PartsOf,
    state: CaseState | None = None,
    gate: Annotated[str | None, Query(pattern=f"^{GATE_NAME.pattern}$")] = None,
    before: Annotated[str | None, Query(pattern=r"^case-[0-9]{1,18}$", description="the last of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[CaseRow]:
    """Cases, newest first, in pages."""
    last = None if before is None else _number(before)
    with parts.database.reading() as connection:
        in_sight(connection, user, gate)
        return case_list(connection, user.site, limit, state=state, gate=gate, before=last)


@router.get("/statistics", responses=REFUSALS)
def statistics(user: MayReadPeople, parts: PartsOf, days: Annotated[int, Query(ge=1, le=400)] = 7) -> list[Statistics]:
    """How the cases of the last days ended, gate by gate, and why the gate was wrong where it was."""
    now_ms = parts.now_ms()
    with parts.database.reading() as connection:
        return count(connection, user.site, now_ms - days * _DAY_MS, now_ms + 1)


@router.get("/{id}", responses={**REFUSALS, 404: {"model": Problem}})
def case(id: CaseId, user: MayReadPeople, parts: PartsOf) -> CaseView:  # noqa: A002  the name in the address
    """One case with everything that was entered, and what is still missing."""
    with parts.database.reading() as connection:
        return _view(connection, id, user, parts)


@router.post("/{id}/take-over", responses=_ANSWERS)
def take_over(id: CaseId, user: MayWorkOnCases, parts: PartsOf) -> CaseView:  # noqa: A002  the name in the address
    """Do the rest of a case that somebody else has taken."""
    with _writing(parts) as (connection, feed):
        row = _taken(connection, id, user)
        if row.acknowledged_by == user.user:
            raise Refused(Code.ALREADY_YOURS, id=id)
        hand_over(connection, feed, row.number, user.user)
        _add(connection, feed, row, user, parts, Step.TAKEN, {"from": row.acknowledged_by})
        return _view(connection, id, user, parts)


@router.post("/{id}/second-reading", responses=_ANSWERS)
def second_reading(id: CaseId, reading: Reading, user: MayWorkOnCases, parts: PartsOf) -> CaseView:  # noqa: A002
    """What the contact thermometer shows. At or above the limit it makes the case an alarm."""
    with _writing(parts) as (connection, feed):
        row = _taken(connection, id, user)
        _add(connection, feed, row, user, parts, Step.SECOND_READING, reading.model_dump(mode="json"))
        if reading.temperature_c >= parts.case_limit_c:
            alarm_second_reading(connection, feed, row.number, parts.now_ms())
        return _view(connection, id, user, parts)


@router.post("/{id}/symptoms", responses=_ANSWERS)
def symptoms(id: CaseId, seen: Symptoms, user: MayWorkOnCases, parts: PartsOf) -> CaseView:  # noqa: A002
    """What was seen or told; an empty list says that there is nothing."""
    with _writing(parts) as (connection, feed):
        row = _taken(connection, id, user)
        _add(connection, feed, row, user, parts, Step.SYMPTOMS, seen.model_dump(mode="json"))
        return _view(connection, id, user, parts)


@router.post(
    "/{id}/answers", responses={**_ANSWERS, 422: {"model": Problem, "description": "another version, or another question"}}
)
def answers(id: CaseId, said: Answers, user: MayWorkOnCases, parts: PartsOf) -> CaseView:  # noqa: A002
    """The answers to a version of the questionnaire; all of them at once or some, later ones beside the earlier."""
    with _writing(parts) as (connection, feed):
        row = _taken(connection, id, user)
        asked = of_version(connection, said.version)
        if asked is None:
            raise Refused(Code.NO_QUESTIONNAIRE, version=said.version)
        if unknown := said.answers.keys() - {one.key for one in asked.questions}:
            raise Refused(Code.NOT_ASKED, version=said.version, questions=sorted(unknown))
        whole = _earlier(connection, row.number, said.version) | {key: one.model_dump() for key, one in said.answers.items()}
        _add(connection, feed, row, user, parts, Step.ANSWERS, {"version": said.version, "answers": whole})
        return _view(connection, id, user, parts)


@router.post("/{id}/report", responses={**_ANSWERS, 422: {"model": Problem, "description": "questions are unanswered"}})
def report(id: CaseId, said: Report, user: MayWorkOnCases, parts: PartsOf) -> CaseView:  # noqa: A002
    """Report to the leading group, at once, with everything that was asked and measured."""
    with _writing(parts) as (connection, feed):
        row = _taken(connection, id, user)
        entries = entries_of(connection, row.number)
        work = work_of(connection, row.kind, entries)
        if not may_report(work):
            raise _open_questions(work.unanswered)
        told = report_text(_called(row, parts), entries, suspected=suspected(work, parts.case_limit_c), words=said.text)
        _add(connection, feed, row, user, parts, Step.REPORTED, {"told": told})
        return _view(connection, id, user, parts)


@router.post("/{id}/follow-up", responses=_ANSWERS)
def follow_up(id: CaseId, said: Note, user: MayWorkOnCases, parts: PartsOf) -> CaseView:  # noqa: A002
    """What became of it later; also after the case was closed."""
    with _writing(parts) as (connection, feed):
        row = _there(connection, id, user)
        if row.state == CaseState.OPEN:
            raise Refused(Code.NOT_TAKEN, id=id)
        _add(connection, feed, row, user, parts, Step.FOLLOW_UP, {"text": said.text})
        return _view(connection, id, user, parts)


@router.post("/{id}/close", responses={**_ANSWERS, 422: {"model": Problem, "description": "something is still missing"}})
def close(id: CaseId, ending: CaseEnding, user: MayWorkOnCases, parts: PartsOf) -> CaseView:  # noqa: A002
    """End a case. Refused, naming what is missing, until it may end so."""
    with _writing(parts) as (connection, feed):
        row = _taken(connection, id, user)
        work = work_of(connection, row.kind, entries_of(connection, row.number))
        reason = ending.why is not None if ending.outcome is CaseOutcome.FALSE_ALARM else bool(ending.detail)
        if lacks := missing(work, ending.outcome, parts.case_limit_c, reason=reason):
            raise Refused(Code.CANNOT_END, id=id, outcome=ending.outcome.value, missing=list(lacks))
        why = ": ".join(part for part in (ending.why, ending.detail) if part)
        close_case(connection, feed, row.number, ending.outcome, why, parts.now_ms())
        _add(connection, feed, row, user, parts, Step.CLOSED, ending.model_dump(mode="json"))
        return _view(connection, id, user, parts)


@contextmanager
def _writing(parts: Parts) -> Iterator[tuple[Connection, Feed]]:
    """A transaction that screens hear of when it is committed."""
    with parts.database.writing() as connection, Feed(connection) as feed:
        yield connection, feed
    parts.poke()


def _there(connection: Connection, name: str, user: User) -> Row[Any]:
    row = case_row(connection, _number(name), user.site, for_update=True)
    if row is None:
        raise Refused(Code.NOT_THERE, id=name)
    return row


def _taken(connection: Connection, name: str, user: User) -> Row[Any]:
    """Locked; only a case that somebody has taken, and that is not closed, is worked on."""
    row = _there(connection, name, user)
    if row.state == CaseState.OPEN:
        raise Refused(Code.NOT_TAKEN, id=name)
    if row.state == CaseState.CLOSED:
        raise Refused(Code.CASE_CLOSED, id=name)
    return row


def _add(
    connection: Connection, feed: Feed, row: Row[Any], user: User, parts: Parts, step: Step, body: Mapping[str, Any]
) -> None:
    """The entry, and its line in the audit, which says nothing of the person."""
    now_ms = parts.now_ms()
    add_entry(connection, feed, row.number, Entry(0, now_ms, user.user, step, dict(body)))
    note(connection, user, f"case: {step}", f"case-{row.number}", now_ms, f"{row.kind} at {row.gate}")


def _view(connection: Connection, name: str, user: User, parts: Parts) -> CaseView:
    found = case_view(connection, _number(name), user.site, parts.case_limit_c)
    if found is None:
        raise Refused(Code.NOT_THERE, id=name)
    return found


def _called(row: Row[Any], parts: Parts) -> str:
    """As it is said on the telephone, with its id."""
    return f"{case_number(row.number, row.raised_ms, ZoneInfo(parts.report_zone))} (case-{row.number})"


def _earlier(connection: Connection, number: int, version: str) -> dict[str, Any]:
    """What was answered before under the same version."""
    before = [one.body for one in entries_of(connection, number) if one.step is Step.ANSWERS and one.body]
    return dict(before[-1]["answers"]) if before and before[-1]["version"] == version else {}


def _open_questions(keys: tuple[str, ...]) -> Refused:
    return Refused(Code.UNANSWERED, questions=list(keys)) if keys else Refused(Code.NOBODY_ASKED)


def _number(name: str) -> int:
    return int(name.partition("-")[2])
