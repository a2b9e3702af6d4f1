"""Readings that are due: before work and after it, when somebody comes back, and every two hours in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cloud.ledger.staff.rules import Rules
from cloud.ledger.staff.signs import Sign
from cloud.ledger.staff.tasks import Task, TaskKind
from cloud.ledger.staff.turns import Turn, within
from contract.verdicts import Duty


def temperature_tasks(turn: Turn, signs: Sequence[Sign], rules: Rules) -> list[Task]:
    """Every reading that this turn asks for, done or not. A reading of any gate, or by hand, does what it is in time for."""
    made = [_before(turn, signs, rules), _after(turn, signs, rules), *_during(turn, signs, rules)]
    return [one for one in made if turn.brings(one.kind)]


def _before(turn: Turn, signs: Sequence[Sign], rules: Rules) -> Task:
    opens_ms = turn.opens_ms(rules)
    done = next((one for one in within(signs, opens_ms, turn.ends_ms) if one.measured), None)
    return turn.task(TaskKind.BEFORE, opens_ms, turn.begins_ms, turn.ends_ms, done)


def _after(turn: Turn, signs: Sequence[Sign], rules: Rules) -> Task:
    opens_ms, closes_ms = max(turn.begins_ms, turn.ends_ms - rules.closing_ms), turn.closes_ms(rules)
    late = next((one for one in within(signs, opens_ms, closes_ms) if one.measured), None)
    done = _left_early(turn, signs) or late
    return turn.task(TaskKind.AFTER, opens_ms, turn.ends_ms + rules.after_ms, closes_ms, done)


def _left_early(turn: Turn, signs: Sequence[Sign]) -> Sign | None:
    """The reading with which somebody went off duty before the end and did not come back."""
    seen = within(signs, turn.begins_ms, turn.ends_ms)
    last = seen[-1] if seen else None
    return last if last is not None and last.duty is Duty.OFF and last.measured else None


def _during(turn: Turn, signs: Sequence[Sign], rules: Rules) -> Iterator[Task]:
    """Between the first reading and the end: two hours after each, and after every return."""
    last: Sign | None = None  # the reading from which the next one counts; None while off duty
    returned: int | None = None  # since when somebody who came back is not measured
    begun = away = False
    for sign in within(signs, turn.opens_ms(rules), turn.ends_ms):
        back = begun and sign.arrives and (away or not sign.measured)
        if back and returned is None:
            returned, away = sign.at_ms, False
        if sign.measured and returned is not None:
            yield _return(turn, returned, sign, rules)
            returned = None
        if last is not None and (sign.measured or (sign.leaves and _due_ms(last, rules) <= sign.at_ms)):
            yield from _periodic(turn, last, sign if sign.measured else None, sign.at_ms, rules)
        if sign.measured:
            last, begun = sign, True
        if sign.leaves:
            last, away = None, True
    if returned is not None:
        yield _return(turn, returned, None, rules)
    if last is not None:
        yield from _periodic(turn, last, None, turn.ends_ms, rules)


def _due_ms(last: Sign, rules: Rules) -> int:
    return last.at_ms + rules.reading_ms


def _periodic(turn: Turn, last: Sign, done: Sign | None, closes_ms: int, rules: Rules) -> Iterator[Task]:
    """Due so long after the last reading; not at all where work has ended by then."""
    due_ms = _due_ms(last, rules)
    if due_ms < turn.ends_ms:
        closes_ms = turn.ends_ms if done is not None else closes_ms
        yield turn.task(TaskKind.PERIODIC, due_ms - rules.closing_ms, due_ms, closes_ms, done)


def _return(turn: Turn, since_ms: int, done: Sign | None, rules: Rules) -> Task:
    return turn.task(TaskKind.RETURN, since_ms, since_ms + rules.return_ms, turn.ends_ms, done)
