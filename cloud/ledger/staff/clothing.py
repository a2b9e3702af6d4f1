"""Masks and gloves: what a person has to look at, because no camera tells the kind of a mask or sees gloves."""

from __future__ import annotations

from collections.abc import Sequence

from cloud.ledger.staff.rules import Rules
from cloud.ledger.staff.signs import MaskType, Sign, What
from cloud.ledger.staff.tasks import Task, TaskKind
from cloud.ledger.staff.turns import Turn, within


def clothing_tasks(turn: Turn, signs: Sequence[Sign], rules: Rules) -> list[Task]:
    """The check at the begin of the turn, and a change three hours after each disposable mask was put on."""
    worn = [one for one in within(signs, turn.opens_ms(rules), turn.ends_ms) if one.what is What.WEARS]
    made = [_check(turn, worn, rules), *_changes(turn, worn, _off_ms(turn, signs), rules)]
    return [one for one in made if turn.brings(one.kind)]


def _check(turn: Turn, worn: Sequence[Sign], rules: Rules) -> Task:
    """Done when somebody has said which mask, and confirmed the gloves."""
    mask = next((one for one in worn if one.mask is not None), None)
    gloves = next((one for one in worn if one.gloves), None)
    done = None if mask is None or gloves is None else max(mask, gloves, key=lambda one: one.at_ms)
    return turn.task(TaskKind.CHECK, turn.opens_ms(rules), turn.begins_ms + rules.check_ms, turn.ends_ms, done)


def _changes(turn: Turn, worn: Sequence[Sign], off_ms: int, rules: Rules) -> list[Task]:
    put_on = [one for one in worn if one.mask is not None]
    following: list[Sign | None] = [*put_on[1:], None]
    return [
        turn.task(TaskKind.MASK_CHANGE, due_ms - rules.closing_ms, due_ms, off_ms, after)
        for one, after in zip(put_on, following, strict=False)
        if one.mask is MaskType.DISPOSABLE and (due_ms := one.at_ms + rules.mask_ms) < off_ms
    ]


def _off_ms(turn: Turn, signs: Sequence[Sign]) -> int:
    """When work ended: the turn's end, or earlier for who went off duty and was not seen again."""
    seen = within(signs, turn.begins_ms, turn.ends_ms)
    return seen[-1].at_ms if seen and seen[-1].leaves else turn.ends_ms
