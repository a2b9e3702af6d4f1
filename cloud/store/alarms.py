"""The alarms' rows: one for every gate and kind, and one for every move that one made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Final

from sqlalchemy import Connection, bindparam, func, or_, select, tuple_, update

from cloud.ledger.alarms import Alarm, Move, State, quiet
from cloud.ledger.moves import Moved, moved
from cloud.store.dialect import insert_new
from cloud.store.feed import Feed
from cloud.store.sealing import insert_sealed
from cloud.store.tables import alarm, alarm_move

Key = tuple[str, str]
RAISES: Final = (Move.RAISE, Move.RAISED_EARLIER)
_COLUMNS: Final = [alarm.c[one.name] for one in fields(Alarm)]


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what to an alarm, when (UTC milliseconds), and why."""

    move: Move
    user: str
    now_ms: int
    why: str = ""


def alarms_for_update(connection: Connection, keys: Iterable[Key]) -> dict[Key, Alarm]:
    """The alarms of these (gate, kind), locked; those not known yet are made, quiet."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    insert_new(connection, alarm, [{**asdict(quiet(*key)), "feed": 0} for key in wanted], "gate", "kind")
    rows = select(*_COLUMNS).where(tuple_(alarm.c.gate, alarm.c.kind).in_(wanted)).with_for_update()
    return {(row.gate, row.kind): Alarm(*row) for row in connection.execute(rows)}


def alarm_for_update(connection: Connection, number: int) -> Alarm | None:
    """One alarm, locked."""
    row = connection.execute(select(*_COLUMNS).where(alarm.c.number == number).with_for_update()).one_or_none()
    return None if row is None else Alarm(*row)


def save_alarms(connection: Connection, feed: Feed, changed: Iterable[Alarm]) -> None:
    """Write these rows back."""
    rows = [{**asdict(one), "feed": feed.number(), "on_gate": one.gate, "of_kind": one.kind} for one in changed]
    which = (alarm.c.gate == bindparam("on_gate"), alarm.c.kind == bindparam("of_kind"))
    if rows:
        connection.execute(update(alarm).where(*which), rows)


def active_gates(connection: Connection, kind: str) -> set[str]:
    """Gates for which this alarm is active."""
    return set(connection.execute(select(alarm.c.gate).where(alarm.c.kind == kind, alarm.c.active)).scalars())


def act_on_alarm(connection: Connection, feed: Feed, alarm: Alarm, now: Alarm | None, done: Act) -> bool:
    """Keep what a person did to an alarm, and the move; whether it could be done (`now` is None where it could not)."""
    if now is None:
        return False
    save_alarms(connection, feed, [now])
    save_moves(connection, [moved(alarm, now, done.move, done.now_ms, done.user, done.why)])
    return True


def due_alarms(connection: Connection, now_ms: int) -> dict[Key, Alarm]:
    """Alarms whose time on the shelf has run out, and those that chatter; locked."""
    shelf = (alarm.c.state == State.SHLVD) & (alarm.c.withheld_until_ms <= now_ms)
    rows = select(*_COLUMNS).where(or_(shelf, alarm.c.chattering)).order_by(alarm.c.gate, alarm.c.kind).with_for_update()
    return {(row.gate, row.kind): Alarm(*row) for row in connection.execute(rows)}


def save_moves(connection: Connection, moves: Sequence[Moved]) -> None:
    """Keep what was done to alarms."""
    insert_sealed(connection, "alarm_move", [asdict(one) for one in moves])


def raises_since(connection: Connection, keys: Iterable[Key], since_ms: int) -> dict[Key, list[int]]:
    """When each of these was raised since then, UTC milliseconds."""
    found: dict[Key, list[int]] = defaultdict(list)
    wanted = sorted(set(keys))
    if wanted:
        of_these = tuple_(alarm_move.c.gate, alarm_move.c.kind).in_(wanted)
        raised = (alarm_move.c.move.in_(RAISES), alarm_move.c.at_ms > since_ms)
        for row in connection.execute(select(alarm_move.c.gate, alarm_move.c.kind, alarm_move.c.at_ms).where(of_these, *raised)):
            found[row.gate, row.kind].append(row.at_ms)
    return found


def last_raises(connection: Connection, keys: Iterable[Key]) -> dict[Key, int]:
    """When each of these was last raised."""
    wanted = sorted(set(keys))
    newest = func.max(alarm_move.c.at_ms)
    of_these = (tuple_(alarm_move.c.gate, alarm_move.c.kind).in_(wanted), alarm_move.c.move.in_(RAISES))
    question = select(alarm_move.c.gate, alarm_move.c.kind, newest).where(*of_these)
    rows = connection.execute(question.group_by(alarm_move.c.gate, alarm_move.c.kind)) if wanted else ()
    return {(gate, kind): at_ms for gate, kind, at_ms in rows}
