"""Alarms by the states of ISA-18.2. One alarm per gate and kind; it is moved, never copied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from cloud.ledger.kinds import MOMENTARY, priority_of
from cloud.ledger.visits import Position, is_newer


class State(StrEnum):
    NORM = "NORM"
    UNACK = "UNACK"
    ACKED = "ACKED"
    RTNUN = "RTNUN"  # returned to normal, not acknowledged
    SHLVD = "SHLVD"  # shelved by a person, for a time
    DSUPR = "DSUPR"  # suppressed by design
    OOSRV = "OOSRV"  # out of service


class Move(StrEnum):
    RAISE = "raise"
    RAISED_EARLIER = "raised_earlier"  # news of a raise that had already ended when it arrived
    RETURN_TO_NORMAL = "return_to_normal"
    ACK = "ack"
    SHELVE = "shelve"
    UNSHELVE = "unshelve"
    SUPPRESS = "suppress"
    UNSUPPRESS = "unsuppress"
    REMOVE = "remove"
    RESTORE = "restore"


MOVES: Final[dict[tuple[State, Move], State]] = {
    (State.NORM, Move.RAISE): State.UNACK,
    (State.NORM, Move.RAISED_EARLIER): State.RTNUN,
    (State.NORM, Move.RETURN_TO_NORMAL): State.NORM,
    (State.UNACK, Move.RAISE): State.UNACK,
    (State.UNACK, Move.RAISED_EARLIER): State.UNACK,
    (State.UNACK, Move.RETURN_TO_NORMAL): State.RTNUN,
    (State.UNACK, Move.ACK): State.ACKED,
    (State.ACKED, Move.RAISE): State.ACKED,
    (State.ACKED, Move.RAISED_EARLIER): State.ACKED,
    (State.ACKED, Move.RETURN_TO_NORMAL): State.NORM,
    (State.RTNUN, Move.RAISE): State.UNACK,
    (State.RTNUN, Move.RAISED_EARLIER): State.RTNUN,
    (State.RTNUN, Move.RETURN_TO_NORMAL): State.RTNUN,
    (State.RTNUN, Move.ACK): State.NORM,
    # Out of sight: what the gate says is counted (`active`), and shown when the alarm comes back.
    **{
        (hidden, heard): hidden
        for hidden in (State.SHLVD, State.DSUPR, State.OOSRV)
        for heard in (Move.RAISE, Move.RAISED_EARLIER, Move.RETURN_TO_NORMAL)
    },
    **{(seen, Move.SHELVE): State.SHLVD for seen in (State.NORM, State.UNACK, State.ACKED, State.RTNUN)},
    **{(seen, Move.SUPPRESS): State.DSUPR for seen in (State.NORM, State.UNACK, State.ACKED, State.RTNUN)},
    **{(any_state, Move.REMOVE): State.OOSRV for any_state in State if any_state is not State.OOSRV},
    (State.SHLVD, Move.UNSHELVE): State.NORM,
    (State.DSUPR, Move.UNSUPPRESS): State.NORM,
    (State.OOSRV, Move.RESTORE): State.NORM,
}
"""A pair that is not here is a move nobody may make."""

COMING_BACK: Final = frozenset({Move.UNSHELVE, Move.UNSUPPRESS, Move.RESTORE})


def after(state: State, move: Move, *, active: bool) -> State | None:
    """The state `move` leads to, or None where it is not allowed.

    `active` says whether the gate reports the fault now: an alarm that comes back while it does is new to the guard.
    """
    there = MOVES.get((state, move))
    if there is not None and move in COMING_BACK and active:
        return MOVES[there, Move.RAISE]
    return there


def heard(*, raised: bool, newest: bool, momentary: bool) -> tuple[Move, ...]:
    """What a gate's message does to the alarm.

    `newest` says whether nothing later has been heard of this alarm; messages may overtake one another. A `momentary`
    kind tells of something that is over when it is told (events that had to be dropped).
    """
    if momentary:
        return (Move.RAISED_EARLIER,) if raised else ()
    if not newest:
        return (Move.RAISED_EARLIER,) if raised else ()
    return (Move.RAISE,) if raised else (Move.RETURN_TO_NORMAL,)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm; field for field its row. Times are UTC milliseconds.

    Attributes:
        active: whether the fault is there now, also while the alarm is out of sight.
        count: how often it was raised.
        last_install, last_seq, last_time_ms: where the newest message about it stands among those of its gate.
        withheld_by, withheld_ms, withheld_why, withheld_until_ms: who put it out of sight, when, why, and until when
            (None: until a person brings it back).
        chattering: it comes and goes: told once, and held where it is until it is quiet.
        owner: who is to act on it; None until the rule has said so.
    """

    gate: str
    kind: str
    state: str
    active: bool
    priority: int
    raised_ms: int
    returned_ms: int | None
    acknowledged_by: str | None
    acknowledged_ms: int | None
    detail: str
    count: int
    last_install: str
    last_seq: int
    last_time_ms: int
    withheld_by: str | None = None
    withheld_ms: int | None = None
    withheld_why: str | None = None
    withheld_until_ms: int | None = None
    chattering: bool = False
    owner: str | None = None

    @property
    def last(self) -> Position | None:
        return Position(self.last_install, self.last_seq, self.last_time_ms) if self.last_install else None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about an alarm. `at_ms` is the time to show; without a position the cloud has seen it itself, just now."""

    raised: bool
    position: Position | None
    at_ms: int
    detail: str


def quiet(gate: str, kind: str) -> Alarm:
    """An alarm nothing was heard of yet."""
    return Alarm(gate, kind, State.NORM, False, priority_of(kind), 0, None, None, None, "", 0, "", 0, 0)


def after_said(alarm: Alarm, said: Said) -> Alarm:
    """The alarm after a gate's message, whatever the order in which messages arrive."""
    newest = said.position is None or is_newer(said.position, alarm.last)
    momentary = alarm.kind in MOMENTARY
    state = State(alarm.state)
    for move in heard(raised=said.raised, newest=newest, momentary=momentary):
        state = MOVES[state, move]
    alarm = replace(_as_raised(alarm, said, state) if said.raised else alarm, state=state)
    if not newest:
        return alarm
    returned_ms = said.at_ms if alarm.count and (momentary or not said.raised) else None
    alarm = replace(alarm, active=said.raised and not momentary, detail=said.detail, returned_ms=returned_ms)
    if said.position is None:
        return alarm
    install, seq, time_ms = said.position
    return replace(alarm, last_install=install, last_seq=seq, last_time_ms=time_ms)


def _as_raised(alarm: Alarm, said: Said, state: State) -> Alarm:
    """Counted; a raise that is new to the guard starts the alarm's time and forgets the last acknowledgement."""
    alarm = replace(alarm, count=alarm.count + 1)
    if state == State(alarm.state) or state not in (State.UNACK, State.RTNUN):
        return alarm
    return replace(alarm, raised_ms=said.at_ms, acknowledged_by=None, acknowledged_ms=None, owner=None)


def acknowledged(alarm: Alarm, user: str, now_ms: int) -> Alarm | None:
    """The alarm after a guard has taken note, and it is theirs; None where there is nothing to acknowledge."""
    state = after(State(alarm.state), Move.ACK, active=alarm.active)
    if state is None:
        return None
    held = State.ACKED if alarm.chattering else state  # what chatters stays known until it is quiet
    return replace(alarm, state=held, acknowledged_by=user, acknowledged_ms=now_ms, owner=user)
