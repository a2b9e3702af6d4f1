"""What has become of an alarm, move by move: who, when, why, and whether a guard was told something new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cloud.ledger.alarms import Alarm, Move, Said, State

BY_ITSELF: Final = ""
"""Stands for whoever is no person: the gate, or the cloud's own watch."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One move; field for field its row.

    Attributes:
        at_ms: UTC milliseconds, by the clock the alarm's own times are shown by.
        before, state: ISA-18.2 states before and after it.
        user: who did it; empty for gate and cloud.
        announced: whether this was an alarm to the guard, as the alarm-performance figures count them.
    """

    gate: str
    kind: str
    at_ms: int
    move: str
    before: str
    state: str
    user: str
    why: str
    announced: bool


def moved(before: Alarm, now: Alarm, move: Move, at_ms: int, user: str = BY_ITSELF, why: str = "") -> Moved:
    """The row of a move that was made."""
    told = now.raised_ms != before.raised_ms and is_announced(before.state, now.state)  # chattering keeps its age: nothing new
    return Moved(now.gate, now.kind, at_ms, move, before.state, now.state, user, why, told)


def heard_move(before: Alarm, now: Alarm, said: Said) -> Moved | None:
    """The move that a gate's message made, or None where it said nothing new (a raise said again)."""
    at_ms = said.at_ms
    if now.count > before.count and (now.state != before.state or now.active != before.active):
        return moved(before, now, Move.RAISE if now.active else Move.RAISED_EARLIER, at_ms)
    if before.active and not now.active:
        return moved(before, now, Move.RETURN_TO_NORMAL, at_ms)
    return None


def is_announced(before: str, state: str) -> bool:
    """Whether the guard was told: an alarm that was not asking for an acknowledgement does now, or asks again."""
    match State(state):
        case State.UNACK:
            return before != State.UNACK
        case State.RTNUN:
            return before not in (State.UNACK, State.RTNUN)
        case State.NORM | State.ACKED | State.SHLVD | State.DSUPR | State.OOSRV:
            return False
