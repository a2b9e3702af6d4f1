"""Everything that one person has to do: the tasks of turns, mornings and declarations together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cloud.ledger.staff.clothing import clothing_tasks
from cloud.ledger.staff.declarations import Declaration, follow_ups
from cloud.ledger.staff.morning import morning_tasks
from cloud.ledger.staff.rota import Absence
from cloud.ledger.staff.rules import Rules
from cloud.ledger.staff.signs import Sign
from cloud.ledger.staff.tasks import Task, TaskState
from cloud.ledger.staff.temperature import temperature_tasks
from cloud.ledger.staff.turns import Turn, joined

_URGENCY = (
    TaskState.OVERDUE,
    TaskState.OPEN,
    TaskState.LATER,
    TaskState.MISSED,
    TaskState.DONE_LATE,
    TaskState.DONE,
)


def tasks_of_turns(turns: Sequence[Turn], absences: Sequence[Absence], signs: Sequence[Sign], rules: Rules) -> list[Task]:
    """Of one person's turns; who is absent at the begin of one has nothing to do in it."""
    there = [
        one
        for one in joined(turns)
        if not any(away.person == one.person and away.meets(one.begins_ms, one.begins_ms + 1) for away in absences)
    ]
    return [task for turn in there for task in (*temperature_tasks(turn, signs, rules), *clothing_tasks(turn, signs, rules))]


def tasks_of_morning(person: int, day: date, absences: Sequence[Absence], signs: Sequence[Sign], rules: Rules) -> list[Task]:
    """Of somebody who takes part in reception; none where absent on that morning."""
    by_ms = rules.at_ms(day, rules.morning_by)
    absent = any(one.person == person and one.meets(by_ms, by_ms + 1) for one in absences)
    return [] if absent else morning_tasks(person, day, signs, rules)


def tasks_of_declarations(declarations: Sequence[Declaration], day: date, rules: Rules) -> list[Task]:
    return [task for one in declarations for task in follow_ups(one, day, day, rules)]


def by_urgency(tasks: Sequence[Task], now_ms: int) -> list[Task]:
    """Overdue first, then what is due next; what is over comes last."""
    return sorted(tasks, key=lambda one: (_URGENCY.index(one.state(now_ms)), one.due_ms, one.person))
