"""Alerts become cases (one for every person) or move an alarm (one for every gate and kind)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from cloud.ledger.alarms import Alarm, Said, after_said
from cloud.ledger.cases import Alarming
from cloud.ledger.chatter import WINDOW_MS, chatters, steadied
from cloud.ledger.events import Heard, Poison
from cloud.ledger.kinds import CASE_KINDS, CloudAlarm
from cloud.ledger.moves import Moved, heard_move
from cloud.store.alarms import RAISES, Key, alarms_for_update, raises_since, save_alarms, save_moves
from cloud.store.cases import note_return, open_case
from cloud.store.feed import Feed
from contract.messages.alert import AlertData
from contract.topics import Kind

Alert = tuple[Heard, AlertData]


def settle_alerts(connection: Connection, feed: Feed, alerts: Sequence[Alert], poisons: Sequence[Poison], now_ms: int) -> None:
    """Open cases and move alarms."""
    said: list[tuple[Key, Said]] = [_unreadable(one, now_ms) for one in poisons if one.topic.endswith(f"/{Kind.ALERT}")]
    for heard, alert in alerts:
        if alert.kind not in CASE_KINDS:
            raised = alert.state == "raised"
            said.append(((heard.id.gate, alert.kind.value), Said(raised, heard.position, heard.shown_ms, alert.detail)))
        elif alert.state == "raised":
            open_case(connection, feed, heard, alert, Alarming.REFUSAL if alert.refused else None)
        else:
            note_return(connection, feed, heard, alert)
    move_alarms(connection, feed, said)


def move_alarms(connection: Connection, feed: Feed, said: Sequence[tuple[Key, Said]]) -> None:
    """Apply what was said to the alarms it is about, and keep every move."""
    before = alarms_for_update(connection, [key for key, _ in said])
    now = dict(before)
    raised = [(key, one.at_ms) for key, one in said if one.raised]
    earliest_ms = min((at_ms for _, at_ms in raised), default=0) - WINDOW_MS
    raises = raises_since(connection, [key for key, _ in raised], earliest_ms)
    moves = []
    for key, one in said:
        now[key], move = _moved(now[key], one, raises[key])
        moves += [move] if move is not None else []
    save_alarms(connection, feed, [alarm for key, alarm in now.items() if alarm != before[key]])
    save_moves(connection, moves)


def _moved(was: Alarm, said: Said, raises: list[int]) -> tuple[Alarm, Moved | None]:
    """The alarm after one message, and the move it made. `raises` are this alarm's; a new one is added."""
    now = after_said(was, said)
    move = heard_move(was, now, said)
    if move is not None and move.move in RAISES:
        raises.append(said.at_ms)
    if chatters(was, sum(said.at_ms - at_ms < WINDOW_MS for at_ms in raises)):
        now = steadied(was, now)
        move = move and heard_move(was, now, said)
    return now, move


def said_by_cloud(*, raised: bool, detail: str, now_ms: int) -> Said:
    """Something the cloud itself has seen."""
    return Said(raised, None, now_ms, detail)


def _unreadable(poison: Poison, now_ms: int) -> tuple[Key, Said]:
    detail = f"an alert could not be read: {poison.error}"[:200]
    return (poison.gate, CloudAlarm.DEAD_LETTER.value), said_by_cloud(raised=True, detail=detail, now_ms=now_ms)
