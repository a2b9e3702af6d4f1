"""Who takes part in reception has a temperature and a virus test taken early every morning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from cloud.ledger.staff.rules import Rules
from cloud.ledger.staff.signs import Sign, What
from cloud.ledger.staff.tasks import Task, TaskKind
from cloud.ledger.staff.turns import within


def morning_tasks(person: int, day: date, signs: Sequence[Sign], rules: Rules) -> list[Task]:
    """Both tasks of the day; each is missed when the day is over."""
    opens_ms, due_ms, (_, closes_ms) = (
        rules.at_ms(day, rules.morning_opens),
        rules.at_ms(day, rules.morning_by),
        rules.day_ms(day),
    )
    seen = within(signs, opens_ms, closes_ms)

    def task(kind: TaskKind, does: Callable[[Sign], bool]) -> Task:
        done = next((one for one in seen if does(one)), None)
        done_ms, by_hand = (None, False) if done is None else (done.at_ms, done.manual)
        return Task(kind, person, opens_ms, due_ms, closes_ms, done_ms, by_hand=by_hand)

    return [
        task(TaskKind.MORNING_TEMPERATURE, lambda one: one.measured),
        task(TaskKind.MORNING_TEST, lambda one: one.what is What.TEST),
    ]
