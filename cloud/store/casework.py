"""What has been done about a person: entries that are added and never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from cloud.ledger.cases import Alarming, CaseState
from cloud.ledger.casework import CaseOutcome, Step, Symptom, Work
from cloud.ledger.questionnaire import Answer, unanswered
from cloud.store.cases import alarm_case
from cloud.store.feed import Feed
from cloud.store.questionnaires import of_version
from cloud.store.sealing import insert_sealed
from cloud.store.sites import gates_below
from cloud.store.tables import case_entry, recheck_case


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `body` as its step has it."""

    number: int
    at_ms: int
    user: str
    step: Step
    body: dict[str, Any]


def case_row(connection: Connection, number: int, site: str, *, for_update: bool = False) -> Row[Any] | None:
    """One case at `site` or below, locked where it is to be changed."""
    question = select(recheck_case).where(recheck_case.c.number == number, gates_below(recheck_case.c.gate, site))
    return connection.execute(question.with_for_update() if for_update else question).one_or_none()


def entries_of(connection: Connection, number: int) -> list[Entry]:
    """Everything that was entered, in order."""
    rows = connection.execute(select(case_entry).where(case_entry.c.case == number).order_by(case_entry.c.number))
    return [Entry(row.number, row.at_ms, row.user, Step(row.step), json.loads(row.body)) for row in rows]


def work_of(connection: Connection, kind: str, entries: Iterable[Entry]) -> Work:
    """How far the case is: of each step the newest entry counts, and one that was erased says nothing."""
    newest = {one.step: one.body for one in entries if one.body}
    answers = newest.get(Step.ANSWERS)
    symptoms = newest.get(Step.SYMPTOMS)
    return Work(
        kind=kind,
        second_c=newest.get(Step.SECOND_READING, {}).get("temperature_c"),
        symptoms=None if symptoms is None else tuple(Symptom(one) for one in symptoms["symptoms"]),
        unanswered=() if answers is None else _unanswered(connection, answers),
        answered=answers is not None,
        reported=Step.REPORTED in newest,
    )


def _unanswered(connection: Connection, body: dict[str, Any]) -> tuple[str, ...]:
    asked = of_version(connection, body["version"])
    given = {key: Answer(**said) for key, said in body["answers"].items()}
    return () if asked is None else tuple(unanswered(asked, given))


def add_entry(connection: Connection, feed: Feed, number: int, entry: Entry) -> None:
    """Add to a case; screens hear of it."""
    row = {"case": number, "at_ms": entry.at_ms, "user": entry.user, "step": entry.step.value}
    body = json.dumps(entry.body, ensure_ascii=False, sort_keys=True)
    insert_sealed(connection, "case_entry", [{**row, "body": body}])
    _change(connection, feed, number, {})


def hand_over(connection: Connection, feed: Feed, number: int, user: str) -> None:
    """Somebody else does the rest."""
    _change(connection, feed, number, {"acknowledged_by": user, "owner": user})


def close_case(connection: Connection, feed: Feed, number: int, outcome: CaseOutcome, why: str, now_ms: int) -> None:
    """The case is over."""
    closed = {"state": CaseState.CLOSED.value, "outcome": outcome.value, "outcome_why": why, "closed_ms": now_ms}
    _change(connection, feed, number, closed)


def alarm_second_reading(connection: Connection, feed: Feed, number: int, now_ms: int) -> None:
    """A second reading above the limit makes the case an alarm."""
    alarm_case(connection, feed, number, Alarming.SECOND_READING, now_ms)


def _change(connection: Connection, feed: Feed, number: int, values: dict[str, Any]) -> None:
    connection.execute(update(recheck_case).where(recheck_case.c.number == number).values(**values, feed=feed.number()))


def report_text(name: str, entries: Iterable[Entry], *, suspected: bool, words: str) -> str:
    """What the leading group is told, in lines: measured, seen, asked; no name of anybody."""
    newest = {one.step: one.body for one in entries if one.body}
    lines = [name, "suspected: yes" if suspected else "suspected: no"]
    if second := newest.get(Step.SECOND_READING):
        lines.append(f"second reading: {second['temperature_c']} degC, {second['site']}")
    if seen := newest.get(Step.SYMPTOMS):
        lines.append(f"symptoms: {', '.join(seen['symptoms']) or 'none'}{_more(seen['detail'])}")
    if asked := newest.get(Step.ANSWERS):
        lines.append(f"questionnaire {asked['version']}")
        lines += [f"- {key}: {said['answer']}{_more(said['detail'])}" for key, said in sorted(asked["answers"].items())]
    return "\n".join([*lines, words] if words else lines)


def _more(detail: str) -> str:
    return f" ({detail})" if detail else ""
