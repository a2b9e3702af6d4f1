"""Alarms of a period: what was announced, who acknowledged it and how fast; and how long gates were silent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from sqlalchemy import Connection, Row, func, select

from cloud.ledger.alarms import Move, State
from cloud.ledger.gates import GateState
from cloud.ledger.kinds import CloudAlarm, priority_of
from cloud.store.reporting.body import AlarmLine, SilentLine
from cloud.store.reporting.period import Period, sealed
from cloud.store.tables import alarm, alarm_move, chain, gate
from cloud.store.views.models import moment

Key = tuple[str, str]


@dataclass
class _Told:
    announced: int = 0
    by: set[str] = field(default_factory=set)
    took_s: list[float] = field(default_factory=list)
    acknowledged: int = 0
    last_ms: int | None = None


def moves_of(connection: Connection, period: Period) -> list[Row[Any]]:
    """Every move of an alarm in the period, in order."""
    return list(connection.execute(sealed(alarm_move, period, alarm_move).order_by(alarm_move.c.number)))


def alarms_of(connection: Connection, period: Period, moves: list[Row[Any]]) -> list[AlarmLine]:
    """The most urgent first."""
    told: dict[Key, _Told] = defaultdict(_Told)
    for move in moves:
        one = told[move.gate, move.kind]
        if move.announced:
            one.announced, one.last_ms = one.announced + 1, move.at_ms
        if move.move == Move.ACK:
            one.acknowledged += 1
            one.by.add(move.user)
            since_ms = one.last_ms if one.last_ms is not None else _announced_before(connection, move, period)
            one.took_s += [] if since_ms is None else [max(0, move.at_ms - since_ms) / 1000]
    waits = _waiting(connection)
    lines = [_line(key, told[key], key in waits) for key in told.keys() | waits]
    shown = [one for one in lines if one.announced or one.acknowledged or one.waits]
    return sorted(shown, key=lambda one: (one.priority, one.gate, one.kind))


def silence_of(connection: Connection, period: Period, moves: list[Row[Any]]) -> list[SilentLine]:
    """Gates that were away for a time, or are."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    began: dict[str, int] = {}
    for move in (one for one in moves if one.kind == CloudAlarm.GATE_OFFLINE):
        if move.move == Move.RAISE:
            began[move.gate] = move.at_ms
        elif move.move == Move.RETURN_TO_NORMAL:
            spans[move.gate].append((began.pop(move.gate, period.since_ms), move.at_ms))
    away = {row.gate: row.state_since_ms for row in connection.execute(select(gate).where(gate.c.state != GateState.LIVE))}
    for name, since_ms in away.items():
        spans[name].append((max(min(since_ms, began.get(name, since_ms)), period.since_ms), period.made_ms))
    return [
        SilentLine(
            gate=name,
            times=len(spans[name]),
            total_s=sum(max(0, end - begin) for begin, end in spans[name]) / 1000,
            silent_now=name in away,
            since=moment(away[name]) if name in away else None,
        )
        for name in sorted(spans)
    ]


def _announced_before(connection: Connection, ack: Row[Any], period: Period) -> int | None:
    under = alarm_move.join(chain, chain.c.seal == alarm_move.c.seal)
    same = (alarm_move.c.gate == ack.gate, alarm_move.c.kind == ack.kind, alarm_move.c.announced, chain.c.number < period.first)
    found: int | None = connection.execute(select(func.max(alarm_move.c.at_ms)).select_from(under).where(*same)).scalar_one()
    return found


def _waiting(connection: Connection) -> set[Key]:
    asks = alarm.c.state.in_((State.UNACK, State.RTNUN))
    return {(row.gate, row.kind) for row in connection.execute(select(alarm.c.gate, alarm.c.kind).where(asks))}


def _line(key: Key, one: _Told, waits: bool) -> AlarmLine:
    return AlarmLine(
        gate=key[0],
        kind=key[1],
        priority=int(priority_of(key[1])),
        announced=one.announced,
        acknowledged=one.acknowledged,
        by=sorted(one.by),
        median_s=median(one.took_s) if one.took_s else None,
        longest_s=max(one.took_s, default=None),
        waits=waits,
    )
