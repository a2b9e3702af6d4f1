"""Chattering: an alarm that comes and goes is told once, with its count, until it has been quiet for a while.

Held where it is, not hidden: while it chatters, a return neither takes it from the screen nor makes the next raise new. Three
times is the usual mark of a chattering alarm under ISA-18.2 (there within a minute, for plant signals); a gate's faults come
and go with its restarts, so ten minutes are looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cloud.ledger.alarms import MOVES, Alarm, Move, State

RAISES: Final = 3
WINDOW_MS: Final = 600_000
QUIET_MS: Final = 600_000
_IN_SIGHT: Final = (State.UNACK, State.ACKED, State.RTNUN)


def chatters(alarm: Alarm, raises_in_window: int) -> bool:
    """Whether it begins to chatter, or goes on."""
    return alarm.chattering or (alarm.state in _IN_SIGHT and raises_in_window >= RAISES)


def steadied(before: Alarm, now: Alarm) -> Alarm:
    """`now` without what the guard knows already: the state, the age and the acknowledgement of `before` are kept.

    `before` is as it stood when it chattered already; a raise that is new to the guard (from NORM) stays new.
    """
    if before.state not in _IN_SIGHT:
        return replace(now, chattering=True)
    state = before.state
    if state == State.RTNUN and now.active:
        state = State.UNACK
    return replace(
        now,
        chattering=True,
        state=state,
        raised_ms=before.raised_ms,
        acknowledged_by=before.acknowledged_by,
        acknowledged_ms=before.acknowledged_ms,
    )


def is_quiet(alarm: Alarm, last_raise_ms: int, now_ms: int) -> bool:
    """Whether a chattering alarm has not been raised for long enough."""
    return alarm.chattering and now_ms - last_raise_ms >= QUIET_MS


def calmed(alarm: Alarm) -> Alarm:
    """No longer chattering; a fault that is gone now returns."""
    state = State(alarm.state)
    if not alarm.active and state in _IN_SIGHT:
        state = MOVES[state, Move.RETURN_TO_NORMAL]
    return replace(alarm, chattering=False, state=state)
