"""Taking an alarm out of the guard's sight and back: shelved for a time, or out of service until somebody restores it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cloud.ledger.alarms import Alarm, Move, State, after
from cloud.ledger.kinds import SAFETY, Priority
from cloud.refusals import Code, RefusedError

_MINUTE_MS: Final = 60_000
LONGEST_SHELF_MS: Final[Mapping[int, int]] = {
    Priority.HIGH: 15 * _MINUTE_MS,
    Priority.MEDIUM: 2 * 60 * _MINUTE_MS,
    Priority.LOW: 8 * 60 * _MINUTE_MS,
}
"""Our own figures: ISA-18.2 asks for a limit and gives none. Two hours is Alerta's, eight the length of a shift."""


class NotShelvedError(RefusedError, ValueError):
    """An alarm that is not put on the shelf, or not for so long."""


def shelved(alarm: Alarm, user: str, why: str, now_ms: int, until_ms: int) -> Alarm | None:
    """Out of sight until `until_ms`, or None where its state does not fit. Raises NotShelvedError: too long, or about safety."""
    if alarm.kind in SAFETY:
        raise NotShelvedError(Code.SAFETY_IS_NOT_SHELVED)
    longest_ms = LONGEST_SHELF_MS.get(alarm.priority, LONGEST_SHELF_MS[Priority.HIGH])
    if not now_ms < until_ms <= now_ms + longest_ms:
        raise NotShelvedError(Code.SHELF_TOO_LONG, priority=alarm.priority, most_min=longest_ms // _MINUTE_MS)
    return _withheld(alarm, Move.SHELVE, user, why, now_ms, until_ms)


def out_of_service(alarm: Alarm, user: str, why: str, now_ms: int) -> Alarm | None:
    """Out of sight until it is restored, or None where it is out of service already."""
    return _withheld(alarm, Move.REMOVE, user, why, now_ms, None)


def _withheld(alarm: Alarm, move: Move, user: str, why: str, now_ms: int, until_ms: int | None) -> Alarm | None:
    state = after(State(alarm.state), move, active=alarm.active)
    if state is None:
        return None
    return replace(
        alarm, state=state, withheld_by=user, withheld_ms=now_ms, withheld_why=why, withheld_until_ms=until_ms, chattering=False
    )


def brought_back(alarm: Alarm, move: Move, now_ms: int) -> Alarm | None:
    """In sight again, or None where this move does not fit. A fault that is still there is new to the guard."""
    state = after(State(alarm.state), move, active=alarm.active)
    if state is None:
        return None
    seen = replace(
        alarm, state=state, withheld_by=None, withheld_ms=None, withheld_why=None, withheld_until_ms=None, chattering=False
    )
    if state is not State.UNACK:
        return seen
    return replace(seen, raised_ms=now_ms, acknowledged_by=None, acknowledged_ms=None)


def is_over(alarm: Alarm, now_ms: int) -> bool:
    """Whether the time on the shelf has run out."""
    return alarm.state == State.SHLVD and alarm.withheld_until_ms is not None and alarm.withheld_until_ms <= now_ms
