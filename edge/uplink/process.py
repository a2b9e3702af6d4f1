"""The uplink process: writer in one thread, sender in another, so that no network ever holds up a commit.

A disk that is full or read-only and a broker that is away are states, told on the board and in the retained state message
(which needs no disk), not reasons to end: records wait in the ring in memory. A damaged database, or a thread that died, ends
the process: its supervisor starts it again and opening the database sets it right.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final

from contract.messages.health import StateData
from contract.topics import Kind, topic
from edge.board import Board
from edge.clock import Clock, boot_name
from edge.config.tree import GateConfig
from edge.errors import OutboxError
from edge.mqtt import Link, Will
from edge.records import RecordRing
from edge.stop import Stop
from edge.uplink.clock_watch import ClockWatch
from edge.uplink.commands import CommandKeys, CommandMemory, Commands
from edge.uplink.keeper import Keeper
from edge.uplink.kernel_clock import synchronised
from edge.uplink.outbox import Outbox
from edge.uplink.own_events import OwnEvents
from edge.uplink.renewal import Renewal
from edge.uplink.room import is_full
from edge.uplink.sender import Sender, Wake
from edge.uplink.window import Window
from edge.uplink.withdrawal import Withdrawal
from edge.uplink.without_disk import WithoutDisk
from edge.uplink.writer import Writer
from edge.withdrawn import withdrawn_file

log = logging.getLogger(__name__)

LOOK_S: Final = 0.005
POST_S: Final = 0.5
KEEP_S: Final = 60.0
_AGAIN_S: Final = 0.5  # after a fault of the disk

Rings = Sequence[RecordRing]
"""One of each process that has something to tell."""


@dataclass(slots=True)
class _Beats:
    """When each thread last made its round, monotonic seconds, and what the disk said to the writer."""

    writer_s: float = 0.0
    sender_s: float = 0.0
    disk: str | None = None
    posted_s: float = field(default=float("-inf"))
    kept_s: float = field(default=float("-inf"))


def run_uplink(
    config: GateConfig,
    ring: RecordRing,
    board: Board,
    gate_version: str,
    clock: Clock,
    stop: Stop,
    orders: Board | None = None,
    room: RecordRing | None = None,
    sensors: RecordRing | None = None,
) -> None:
    """Take records from `ring` to the disk and on to the broker until `stop`. Raises when a thread of it died.

    `room` is the ring of the process that watches over a room, `sensors` of the one that listens to facility sensors.
    Commands of the cloud are handed to the loop on the board `orders`; without one, nobody obeys any.
    `stop` is only looked at, never waited for: a signal handler that sets it must not meet its lock half-way. (And no
    multiprocessing event: a process killed while it waits for one blocks whoever sets it, for ever.)
    """
    beats, rings = _Beats(), tuple(one for one in (ring, room, sensors) if one is not None)
    birth = StateData(online=True, since=clock.wall(), version=gate_version, replay=config.replay)
    outbox = _open(config, clock, beats) or _open_patiently(config, rings, board, clock, stop, beats, birth)
    if outbox is None:
        return
    own = OwnEvents(clock, boot_name())
    watch = ClockWatch(clock, own.boot, kept_right=synchronised if config.uplink.clock == "kernel" else _as_it_is)
    commands = None if orders is None else _commands(config, outbox, orders, clock, watch)
    told = commands, _withdrawal(config)
    sender = Sender(config.gate, outbox, own, Window(config.uplink.window), clock, lambda: _state(birth, rings, beats), *told)
    will = Will(topic(config.gate, Kind.STATE), StateData(online=False).model_dump_json().encode())
    link = Link(config.uplink.broker, config.gate, sender.tell, will=will)
    done = threading.Event()
    sending = threading.Thread(target=_send, args=(sender, link, clock, beats, done), name="sender", daemon=True)
    link.start()
    sending.start()
    if config.uplink.renewal.url is not None:
        renewal = Renewal(config, clock, lambda: watch.sure)
        threading.Thread(target=renewal.run, args=(done,), name="renewal", daemon=True).start()
    try:
        writers = [Writer(config.gate, one, outbox, own.boot, clock, watch, sender.acted) for one in rings]
        keeper = Keeper(outbox, own, config.uplink)
        while not stop.is_set():
            _write(writers, keeper, sender, beats)
            beats.writer_s = clock.monotonic_s()
            if not (sending.is_alive() and link.alive):
                raise RuntimeError("a thread of the uplink has ended")
            _keep(keeper, sender, clock, beats)
            _post(board, clock, beats, lambda: _note(outbox, rings, writers, keeper, sender, beats, clock))
            time.sleep(LOOK_S if beats.disk is None else _AGAIN_S)
        _finish(writers)
    finally:
        done.set()
        sending.join(2.0)
        link.close()
        outbox.close()


def _commands(config: GateConfig, outbox: Outbox, orders: Board, clock: Clock, watch: ClockWatch) -> Commands:
    keys = CommandKeys(config.gate, config.uplink.command_keys)
    return Commands(keys, CommandMemory(outbox), orders, clock, lambda: watch.sure)


def _withdrawal(config: GateConfig) -> Withdrawal | None:
    """None where no badge or pass is read."""
    file = withdrawn_file(config.uplink.database)
    return Withdrawal(config.qr.site, tuple(config.qr.keys), file) if config.qr.keys else None


def _as_it_is() -> None:
    """Nobody is asked."""


def _open(config: GateConfig, clock: Clock, beats: _Beats) -> Outbox | None:
    """The outbox; None where the disk does not allow it now."""
    beats.writer_s = beats.sender_s = clock.monotonic_s()
    try:
        outbox = Outbox.open(config.uplink.database, config.gate)
    except OutboxError as wrong:
        if str(wrong) != beats.disk:
            log.error("%s", wrong)  # noqa: TRY400 - the sentence is enough
        beats.disk = str(wrong)
        return None
    beats.disk = None
    if outbox.set_aside is not None:
        log.error("the events' database was damaged; it is kept as %s and a new one is begun", outbox.set_aside)
    return outbox


def _open_patiently(
    config: GateConfig, rings: Rings, board: Board, clock: Clock, stop: Stop, beats: _Beats, birth: StateData
) -> Outbox | None:
    """The outbox as soon as the disk allows; until then the records wait in the ring, and board and state message say why."""
    with closing(WithoutDisk(config, lambda: _state(birth, rings, beats))) as meanwhile:
        while not stop.is_set():
            if (outbox := _open(config, clock, beats)) is not None:
                return outbox
            board.post(_closed_note(rings, beats), beats.writer_s)
            meanwhile.round(beats.writer_s)
            time.sleep(_AGAIN_S)
    return None


def _write(writers: Sequence[Writer], keeper: Keeper, sender: Sender, beats: _Beats) -> None:
    try:
        if sum([writer.round() for writer in writers]):
            sender.tell(Wake())
        beats.disk = None
    except sqlite3.OperationalError as fault:
        _trouble(fault, beats)
        if is_full(fault):
            _keep_on(keeper.make_room, beats)


def _trouble(fault: sqlite3.OperationalError, beats: _Beats) -> None:
    if beats.disk is None:
        log.error("the disk does not take events: %s", fault)
    beats.disk = str(fault)


def _keep_on(step: Callable[[], bool], beats: _Beats) -> bool:
    try:
        return step()
    except sqlite3.OperationalError as fault:
        _trouble(fault, beats)
        return False


def _keep(keeper: Keeper, sender: Sender, clock: Clock, beats: _Beats) -> None:
    """Once a minute, and again soon while there is more to do."""
    now_s = clock.monotonic_s()
    if beats.disk is not None:
        return
    if keeper.pressed:
        _keep_on(keeper.hold, beats)
    if now_s - beats.kept_s < KEEP_S:
        return
    more = _keep_on(keeper.keep, beats)
    beats.kept_s = now_s - (KEEP_S - POST_S if more else 0.0)
    sender.tell(Wake())


def _finish(writers: Sequence[Writer]) -> None:
    try:
        for writer in writers:
            writer.finish()
    except sqlite3.OperationalError as fault:
        log.error("the disk does not take the last events, they wait in memory for the next start: %s", fault)  # noqa: TRY400


def _send(sender: Sender, link: Link, clock: Clock, beats: _Beats, done: threading.Event) -> None:
    while not done.is_set():
        sender.round(link)
        beats.sender_s = clock.monotonic_s()


def _post(board: Board, clock: Clock, beats: _Beats, note: Any) -> None:
    now_s = clock.monotonic_s()
    board.beat(now_s)
    if now_s - beats.posted_s >= POST_S:
        beats.posted_s = now_s
        board.post(note(), now_s)


def _note(
    outbox: Outbox,
    rings: Rings,
    writers: Sequence[Writer],
    keeper: Keeper,
    sender: Sender,
    beats: _Beats,
    clock: Clock,
) -> dict[str, Any]:
    oldest = outbox.oldest()
    rows = [] if oldest is None else outbox.again([oldest])
    return _closed_note(rings, beats) | {
        "connected": sender.connected,
        "refused": sender.refused,
        "away": sender.away,
        "nobody_listens": sender.nobody_listens,
        "outbox_rows": outbox.waiting,
        "oldest_unacked": oldest,
        "oldest_age_s": round(max(0.0, clock.wall().timestamp() - rows[0].wall_s), 1) if rows else None,
        "last_seq": outbox.last_seq,
        "install": outbox.install,
        "dropped": sum(ring.refused for ring in rings) + sum(writer.rejected for writer in writers) + keeper.evicted,
        "certificate_days": keeper.certificate_days,
        "clock_ok": writers[0].clock_sure,
        "disk": beats.disk or sender.disk_fault,
        "set_aside": str(outbox.set_aside) if outbox.set_aside else None,
    }


def _closed_note(rings: Rings, beats: _Beats) -> dict[str, Any]:
    """What can be said without a database."""
    return {
        "connected": False,
        "refused": None,
        "away": "not connected yet",
        "nobody_listens": False,
        "outbox_rows": _waiting(rings),
        "oldest_unacked": None,
        "oldest_age_s": None,
        "last_seq": 0,
        "install": None,
        "writer_beat_s": beats.writer_s,
        "sender_beat_s": beats.sender_s,
        "dropped": sum(ring.refused for ring in rings),
        "certificate_days": None,
        "clock_ok": False,
        "disk": beats.disk,
        "set_aside": None,
    }


def _state(birth: StateData, rings: Rings, beats: _Beats) -> StateData:
    if beats.disk is None:
        return birth
    return birth.model_copy(update={"disk": beats.disk[:200], "in_memory": _waiting(rings)})


def _waiting(rings: Rings) -> int:
    """Records that are not on disk yet."""
    return sum(ring.written - ring.committed for ring in rings)
