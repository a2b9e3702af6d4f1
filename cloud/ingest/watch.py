"""What the cloud sees by itself: a silent gate, a failing disk, a shelf whose time is over, a case that nobody takes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from cloud.ingest.alerts import move_alarms, said_by_cloud
from cloud.ledger.alarms import Alarm, Move
from cloud.ledger.chatter import calmed, is_quiet
from cloud.ledger.events import Birth
from cloud.ledger.gates import Gate, at_time, is_missed, offline_detail
from cloud.ledger.kinds import CloudAlarm
from cloud.ledger.moves import Moved, moved
from cloud.ledger.withholding import brought_back, is_over
from cloud.store.alarms import active_gates, due_alarms, last_raises, save_alarms, save_moves
from cloud.store.cases import alarm_untaken
from cloud.store.feed import Feed
from cloud.store.gates import all_gates_for_update, save_gates
from contract.messages.health import StateData


def watch_gates(connection: Connection, feed: Feed, now_ms: int, listening_ms: int) -> None:
    """Bring every gate's state and its `gate offline` alarm up to now."""
    gates = all_gates_for_update(connection)
    now = {name: at_time(gate, now_ms) for name, gate in gates.items()}
    save_gates(connection, feed, [gate for name, gate in now.items() if gate != gates[name]])
    _tell(connection, feed, now, now_ms, listening_ms)


def watch_disks(connection: Connection, feed: Feed, births: Sequence[Birth], now_ms: int) -> None:
    """Raise or return `gate_disk` as the gates' newest state messages say. A last will knows nothing of the disk."""
    says = {birth.gate: birth.state for birth in births if birth.state.online}
    if not says:
        return
    told = active_gates(connection, CloudAlarm.GATE_DISK)
    said = [
        ((name, CloudAlarm.GATE_DISK.value), said_by_cloud(raised=bool(state.disk), detail=_disk_words(state), now_ms=now_ms))
        for name, state in says.items()
        if bool(state.disk) or name in told
    ]
    move_alarms(connection, feed, said)


def watch_alarms(connection: Connection, feed: Feed, now_ms: int) -> None:
    """Bring back what was shelved long enough, let go what has stopped to chatter, and raise what nobody took."""
    due = due_alarms(connection, now_ms)
    last = last_raises(connection, [key for key, alarm in due.items() if alarm.chattering])
    now = [(alarm, *_at_time(alarm, last.get(key, 0), now_ms)) for key, alarm in due.items()]
    save_alarms(connection, feed, [after for before, after, _ in now if after != before])
    save_moves(connection, [move for _, _, move in now if move is not None])
    alarm_untaken(connection, feed, now_ms)


def _at_time(alarm: Alarm, last_raise_ms: int, now_ms: int) -> tuple[Alarm, Moved | None]:
    back = brought_back(alarm, Move.UNSHELVE, now_ms) if is_over(alarm, now_ms) else None
    if back is not None:
        return back, moved(alarm, back, Move.UNSHELVE, now_ms)
    return (calmed(alarm) if is_quiet(alarm, last_raise_ms, now_ms) else alarm), None


def _disk_words(state: StateData) -> str:
    """How many wait is never cut off; a long path may be."""
    return f"{state.disk[:150]}; {state.in_memory} events wait in memory" if state.disk else ""


def _tell(connection: Connection, feed: Feed, gates: dict[str, Gate], now_ms: int, listening_ms: int) -> None:
    told = active_gates(connection, CloudAlarm.GATE_OFFLINE)
    missed = {name: is_missed(gate, listening_ms, told=name in told) for name, gate in gates.items()}
    said = [
        (
            (name, CloudAlarm.GATE_OFFLINE.value),
            said_by_cloud(raised=missed[name], detail=offline_detail(gate.state), now_ms=now_ms),
        )
        for name, gate in gates.items()
        if missed[name] != (name in told)
    ]
    move_alarms(connection, feed, said)
