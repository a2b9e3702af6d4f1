"""Cases as the leader of a shift, or an inspector, reads them: the list, and one of them whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Connection, func, select, tuple_

from cloud.ledger.cases import CaseState
from cloud.ledger.casework import OUTCOMES, CaseOutcome, Missing, Mistake, Step, Work, may_report, missing, suspected
from cloud.ledger.contacts import Channel
from cloud.ledger.escalation import Delivery
from cloud.ledger.questionnaire import Questionnaire
from cloud.store.casework import Entry, case_row, entries_of, work_of
from cloud.store.notices import report_name
from cloud.store.questionnaires import current, of_version
from cloud.store.sites import gates_below
from cloud.store.tables import notice, recheck_case
from cloud.store.views.models import ItemView, View, moment, moment_or_none
from cloud.store.views.queue import item


class QuestionView(View):
    key: str
    zh: str
    en: str
    more_zh: str = Field(description="what is asked further where the answer is yes; empty: nothing")
    more_en: str


class QuestionnaireView(View):
    """A version never changes; a case names the one it was asked under."""

    version: str
    questions: list[QuestionView]


class EntryView(View):
    """One entry; the body of one that was erased is empty."""

    at: datetime
    user: str
    step: Step
    body: dict[str, Any]


class ReceiptView(View):
    """Whether the leading group has a report: one contact, one channel."""

    contact: str
    channel: Channel
    state: Delivery
    step: int
    told_at: datetime | None
    shown_at: datetime | None
    answer: str = Field(description="what the other side said last")


class CaseRow(View):
    """A line of the list."""

    id: str = Field(description="case-1 ...")
    gate: str
    kind: str
    state: CaseState
    raised_at: datetime
    owner: str | None
    taken_at: datetime | None
    closed_at: datetime | None
    outcome: CaseOutcome | None


class CaseView(View):
    """One case whole."""

    item: ItemView
    owner: str | None
    entries: list[EntryView]
    questionnaire: QuestionnaireView = Field(description="what was asked, or is to be asked")
    suspected: bool = Field(description="second reading at or above the limit, or a symptom")
    may_report: bool = Field(description="every question is answered")
    first_reported_at: datetime | None
    receipts: list[ReceiptView] = Field(description="of every report; empty where no contact is told of reports")
    missing: dict[CaseOutcome, list[Missing]] = Field(description="what is still to be done before it may end so")
    outcome: CaseOutcome | None
    outcome_why: str | None
    closed_at: datetime | None


class Statistics(View):
    """How cases ended that were raised within a time, and why the gate was wrong where it was."""

    gate: str
    cases: int
    outcomes: dict[CaseOutcome | Literal["open"], int]
    mistakes: dict[str, int] = Field(description="false alarms by the reason a guard gave")


def case_list(
    connection: Connection, site: str, limit: int, *, state: CaseState | None, gate: str | None, before: int | None
) -> list[CaseRow]:
    """Newest first, at `site` and below; `before` is the number of the last case of the page before."""
    order = (recheck_case.c.raised_ms.desc(), recheck_case.c.number.desc())
    question = select(recheck_case).where(gates_below(recheck_case.c.gate, site)).order_by(*order).limit(limit)
    if state is not None:
        question = question.where(recheck_case.c.state == state.value)
    if gate is not None:
        question = question.where(recheck_case.c.gate == gate)
    if before is not None and (last := case_row(connection, before, site)) is not None:
        place = tuple_(recheck_case.c.raised_ms, recheck_case.c.number)
        question = question.where(place < (last.raised_ms, last.number))
    return [_row(row) for row in connection.execute(question)]


def case_view(connection: Connection, number: int, site: str, limit_c: float) -> CaseView | None:
    """One case at `site` or below, None where there is none."""
    row, shown = case_row(connection, number, site), item(connection, f"case-{number}")
    if row is None or shown is None:
        return None
    entries = entries_of(connection, number)
    work = work_of(connection, row.kind, entries)
    reports = [one for one in entries if one.step is Step.REPORTED]
    return CaseView(
        item=shown,
        owner=row.owner,
        entries=[EntryView(at=moment(one.at_ms), user=one.user, step=one.step, body=one.body) for one in entries],
        questionnaire=shown_questions(_asked(connection, entries)),
        suspected=suspected(work, limit_c),
        may_report=may_report(work),
        first_reported_at=moment(reports[0].at_ms) if reports else None,
        receipts=receipts_about(connection, [report_name(one.number) for one in reports]),
        missing={} if row.state == CaseState.CLOSED else _missing(work, limit_c),
        outcome=None if row.outcome is None else CaseOutcome(row.outcome),
        outcome_why=row.outcome_why,
        closed_at=moment_or_none(row.closed_ms),
    )


def shown_questions(asked: Questionnaire) -> QuestionnaireView:
    """A version as a screen shows it."""
    questions = [
        QuestionView(key=one.key, zh=one.zh, en=one.en, more_zh=one.more_zh, more_en=one.more_en) for one in asked.questions
    ]
    return QuestionnaireView(version=asked.version, questions=questions)


def statistics(connection: Connection, site: str, since_ms: int, until_ms: int) -> list[Statistics]:
    """Every gate at `site` and below that had a case in this time."""
    there = gates_below(recheck_case.c.gate, site)
    within = (recheck_case.c.raised_ms >= since_ms, recheck_case.c.raised_ms < until_ms, there)
    columns = (recheck_case.c.gate, recheck_case.c.outcome, recheck_case.c.outcome_why)
    rows = connection.execute(select(*columns, func.count()).where(*within).group_by(*columns)).all()
    return [_counted(gate, [tuple(row[1:]) for row in rows if row.gate == gate]) for gate in sorted({row.gate for row in rows})]


def _counted(gate: str, rows: list[tuple[Any, ...]]) -> Statistics:
    outcomes: dict[CaseOutcome | Literal["open"], int] = {}
    mistakes: dict[str, int] = {}
    for outcome, why, count in rows:
        ended: CaseOutcome | Literal["open"] = "open" if outcome is None else CaseOutcome(outcome)
        outcomes[ended] = outcomes.get(ended, 0) + count
        if ended is CaseOutcome.FALSE_ALARM:
            reason = Mistake.UNKNOWN if why is None else why.partition(":")[0]  # the person was erased, and the reason with it
            mistakes[reason] = mistakes.get(reason, 0) + count
    return Statistics(gate=gate, cases=sum(outcomes.values()), outcomes=outcomes, mistakes=mistakes)


def receipts_about(connection: Connection, subjects: list[str]) -> list[ReceiptView]:
    """Whoever was told of these reports, in order."""
    rows = connection.execute(select(notice).where(notice.c.subject.in_(subjects)).order_by(notice.c.number)) if subjects else ()
    return [
        ReceiptView(
            contact=row.contact,
            channel=Channel(row.channel),
            state=Delivery(row.state),
            step=row.step,
            told_at=moment_or_none(row.told_ms),
            shown_at=moment_or_none(row.shown_ms),
            answer=row.answer,
        )
        for row in rows
    ]


def _asked(connection: Connection, entries: list[Entry]) -> Questionnaire:
    versions = [one.body["version"] for one in entries if one.step is Step.ANSWERS and one.body]
    asked = of_version(connection, versions[-1]) if versions else None
    return current(connection) if asked is None else asked


def _missing(work: Work, limit_c: float) -> dict[CaseOutcome, list[Missing]]:
    """Reasons are asked for when it is closed, so they are not counted here."""
    return {one: missing(work, one, limit_c, reason=True) for one in OUTCOMES.get(work.kind, tuple(CaseOutcome))}


def _row(row: Any) -> CaseRow:
    return CaseRow(
        id=f"case-{row.number}",
        gate=row.gate,
        kind=row.kind,
        state=CaseState(row.state),
        raised_at=moment(row.raised_ms),
        owner=row.owner,
        taken_at=moment_or_none(row.acknowledged_ms),
        closed_at=moment_or_none(row.closed_ms),
        outcome=None if row.outcome is None else CaseOutcome(row.outcome),
    )
