"""What a reading, or a person, changes about a bin or dispenser. Pure; a full bin is one task however often it is said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from cloud.ledger.facility.levels import LevelRules, LevelState, Scale
from cloud.ledger.facility.rounds import Trust


class LevelStep(StrEnum):
    """What stands in the book of a bin or dispenser."""

    BECAME_DUE = "became_due"
    RETURNED = "returned"
    """Good again, and nobody has said who did it."""
    PICKED_UP = "picked_up"
    REFILLED = "refilled"
    SEEN = "seen"
    """The sensor has seen what somebody said was done."""
    CONTRADICTED = "contradicted"
    """The sensor has seen nothing of it."""


BY_PEOPLE = frozenset({LevelStep.PICKED_UP, LevelStep.REFILLED})


class LevelDoubt(StrEnum):
    """Why an entry proves nothing."""

    NO_EVIDENCE = "no_evidence"
    TAG_UNKNOWN = "tag_unknown"
    """The code is not that of its tag, or not any more."""
    CONTRADICTED = "contradicted"
    """Its sensor said afterwards that it was not done."""


@dataclass(frozen=True, slots=True)
class LevelReading:
    """Attributes: value in percent, None where it failed, with the trouble; fresh_ms as in `LevelState`."""

    value: float | None
    trouble: str | None
    taken_ms: int
    fresh_ms: int | None = None


def after_reading(
    state: LevelState, scale: Scale, reading: LevelReading, rules: LevelRules
) -> tuple[LevelState, LevelStep | None]:
    """The state after it, and what has to be written down. What is older than what is known changes nothing."""
    if state.taken_ms is not None and reading.taken_ms <= state.taken_ms:
        return state, None
    now = replace(state, taken_ms=reading.taken_ms, trouble=reading.trouble, fresh_ms=reading.fresh_ms)
    if reading.value is None:
        return now, None
    fell = scale.fell(state.value, reading.value, rules)
    now = replace(now, value=reading.value, value_ms=reading.taken_ms, moved_ms=reading.taken_ms if fell else state.moved_ms)
    if state.told is not None:
        return _after_told(now, scale, reading.value, rules)
    due = scale.is_due(reading.value)
    # A reading of before somebody emptied it says nothing about now.
    if due and now.due_ms is None and (now.done_ms is None or reading.taken_ms > now.done_ms):
        return replace(now, due_ms=reading.taken_ms), LevelStep.BECAME_DUE
    if now.due_ms is not None and scale.is_good(reading.value, rules):
        return replace(now, due_ms=None), LevelStep.RETURNED
    return now, None


def _after_told(now: LevelState, scale: Scale, value: float, rules: LevelRules) -> tuple[LevelState, LevelStep | None]:
    """Somebody said that it was done: whether the sensor has seen it."""
    taken_ms, done_ms, before = now.value_ms or 0, now.done_ms or 0, now.told_value
    settled = replace(now, told=None, told_value=None, told_due_ms=None)
    fell_now = now.moved_ms == now.value_ms and abs(taken_ms - done_ms) <= rules.seen_ms
    if not scale.is_due(value) and (fell_now or (taken_ms > done_ms and scale.fell(before, value, rules))):
        return settled, LevelStep.SEEN
    if taken_ms <= done_ms + rules.seen_ms:
        return now, None
    if scale.is_due(value):
        open_ms = taken_ms if now.told_due_ms is None else now.told_due_ms
        return replace(settled, due_ms=open_ms), LevelStep.CONTRADICTED
    # Where there was little in it, or nobody knew how much, nothing could be seen.
    visible = before is not None and scale.burden(before) >= rules.seen_pct
    return settled, LevelStep.CONTRADICTED if visible else None


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody said was done, as it was judged when it was entered. `awaits`: its sensor may still show it."""

    trust: Trust
    doubt: LevelDoubt | None
    awaits: bool


def after_done(
    state: LevelState, scale: Scale, done_ms: int, now_ms: int, rules: LevelRules, *, tag: bool | None
) -> tuple[LevelState, Done]:
    """The state after somebody emptied or refilled it at `done_ms`, and what that is worth.

    `tag`: whether a code was scanned that is its tag's; None: none was. What awaits its sensor gets its number by `awaiting`.
    """
    trust, doubt = _by_tag(tag)
    if state.done_ms is not None and done_ms < state.done_ms:
        return state, Done(trust, doubt, awaits=False)
    told = replace(state, done_ms=done_ms, told=None, told_value=None, told_due_ms=None)
    older = state.due_ms is not None and state.due_ms <= done_ms
    near = state.moved_ms is not None and abs(state.moved_ms - done_ms) <= rules.seen_ms
    if near and state.due_ms is None and state.value is not None and not scale.is_due(state.value):
        return told, Done(Trust.MEASURED, None, awaits=False)
    if state.value_ms is not None and state.value_ms > done_ms + rules.seen_ms:
        # Told late: the sensor has spoken since, and what was open then is open still.
        return told, Done(Trust.UNVERIFIED, LevelDoubt.CONTRADICTED, awaits=False) if older else Done(trust, doubt, awaits=False)
    before = state.told_due_ms if state.told is not None and state.due_ms is None else state.due_ms
    closed = replace(
        told,
        due_ms=None if older else state.due_ms,
        told_value=state.known(now_ms, rules),
        told_due_ms=before if before is not None and before <= done_ms else None,
    )
    return closed, Done(trust, doubt, awaits=True)


def awaiting(state: LevelState, entry: int) -> LevelState:
    """The state while the sensor has still to show what this entry says."""
    return replace(state, told=entry)


def _by_tag(tag: bool | None) -> tuple[Trust, LevelDoubt | None]:
    match tag:
        case None:
            return Trust.UNVERIFIED, LevelDoubt.NO_EVIDENCE
        case True:
            return Trust.SCANNED, None
        case False:
            return Trust.UNVERIFIED, LevelDoubt.TAG_UNKNOWN
