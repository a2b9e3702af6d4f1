"""The uplink process: writer in one thread, sender in another, so that no network ever holds up a commit.

A disk that is full or read-only and a broker that is away are states told on the board, not reasons to end. A damaged
database, or a thread that died, ends the process: its supervisor starts it again and opening the database sets it right.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Final

from contract.messages import StateData
from contract.topics import Kind, topic
from edge.board import Board
from edge.clock import Clock, boot_name
from edge.config.tree import GateConfig
from edge.errors import OutboxError
from edge.mqtt import Link, Will
from edge.records import RecordRing
from edge.stop import Stop
from edge.uplink.outbox import Outbox
from edge.uplink.sender import Sender, Wake
from edge.uplink.window import Window
from edge.uplink.writer import Writer

log = logging.getLogger(__name__)

LOOK_S: Final = 0.005
POST_S: Final = 0.5
PURGE_S: Final = 60.0
_AGAIN_S: Final = 0.5  # after a fault of the disk


@dataclass(slots=True)
class _Beats:
    """When each thread last made its round, monotonic seconds, and what the disk said to the writer."""

    writer_s: float = 0.0
    sender_s: float = 0.0
    disk: str | None = None
    posted_s: float = field(default=float("-inf"))
    purged_s: float = field(default=float("-inf"))


def run_uplink(config: GateConfig, ring: RecordRing, board: Board, gate_version: str, clock: Clock, stop: Stop) -> None:
    """Take records from `ring` to the disk and on to the broker until `stop`. Raises when a thread of it died.

    `stop` is only looked at, never waited for: a signal handler that sets it must not meet its lock half-way. (And no
    multiprocessing event: a process killed while it waits for one blocks whoever sets it, for ever.)
    """
    beats = _Beats()
    outbox = _open_patiently(config, ring, board, clock, stop, beats)
    if outbox is None:
        return
    sender = Sender(config.gate, outbox, Window(config.uplink.window), clock, lambda: _birth(config, gate_version, clock))
    will = Will(topic(config.gate, Kind.STATE), StateData(online=False).model_dump_json().encode())
    link = Link(config.uplink.broker, config.gate, sender.tell, will=will)
    done = threading.Event()
    sending = threading.Thread(target=_send, args=(sender, link, clock, beats, done), name="sender", daemon=True)
    link.start()
    sending.start()
    try:
        writer = Writer(config.gate, ring, outbox, boot_name(), clock)
        while not stop.is_set():
            _write(writer, sender, beats)
            beats.writer_s = clock.monotonic_s()
            if not (sending.is_alive() and link.alive):
                raise RuntimeError("a thread of the uplink has ended")
            _purge(outbox, config.uplink.keep_h, clock, beats)
            _post(board, clock, beats, lambda: _note(outbox, ring, writer, sender, beats))
            time.sleep(LOOK_S if beats.disk is None else _AGAIN_S)
        _finish(writer)
    finally:
        done.set()
        sending.join(2.0)
        link.close()
        outbox.close()


def _open_patiently(config: GateConfig, ring: RecordRing, board: Board, clock: Clock, stop: Stop, beats: _Beats) -> Outbox | None:
    """The outbox as soon as the disk allows; until then the records wait in the ring and the board says why."""
    while not stop.is_set():
        try:
            outbox = Outbox.open(config.uplink.database, config.gate)
        except OutboxError as wrong:
            log.error("%s", wrong)  # noqa: TRY400 - the sentence is enough
            beats.disk = str(wrong)
        else:
            beats.disk = None
            if outbox.set_aside is not None:
                log.error("the events' database was damaged; it is kept as %s and a new one is begun", outbox.set_aside)
            return outbox
        beats.writer_s = beats.sender_s = clock.monotonic_s()
        board.post(_closed_note(ring, beats), beats.writer_s)
        time.sleep(_AGAIN_S)
    return None


def _write(writer: Writer, sender: Sender, beats: _Beats) -> None:
    try:
        if writer.round():
            sender.tell(Wake())
        beats.disk = None
    except sqlite3.OperationalError as fault:
        if beats.disk is None:
            log.error("the disk does not take events: %s", fault)  # noqa: TRY400 - once, and without the trace
        beats.disk = str(fault)


def _finish(writer: Writer) -> None:
    try:
        writer.finish()
    except sqlite3.OperationalError as fault:
        log.error("the disk does not take the last events, they wait in memory for the next start: %s", fault)  # noqa: TRY400


def _send(sender: Sender, link: Link, clock: Clock, beats: _Beats, done: threading.Event) -> None:
    while not done.is_set():
        sender.round(link)
        beats.sender_s = clock.monotonic_s()


def _purge(outbox: Outbox, keep_h: float, clock: Clock, beats: _Beats) -> None:
    now_s = clock.monotonic_s()
    if beats.disk is not None or now_s - beats.purged_s < PURGE_S:
        return
    try:
        full = outbox.purge(clock.wall().timestamp() - keep_h * 3600) >= 1000  # noqa: PLR2004 - as many as it takes at once
    except sqlite3.OperationalError as fault:
        beats.disk, full = str(fault), False
    beats.purged_s = now_s - (PURGE_S - POST_S if full else 0.0)


def _post(board: Board, clock: Clock, beats: _Beats, note: Any) -> None:
    now_s = clock.monotonic_s()
    board.beat(now_s)
    if now_s - beats.posted_s >= POST_S:
        beats.posted_s = now_s
        board.post(note(), now_s)


def _note(outbox: Outbox, ring: RecordRing, writer: Writer, sender: Sender, beats: _Beats) -> dict[str, Any]:
    return _closed_note(ring, beats) | {
        "connected": sender.connected,
        "refused": sender.refused,
        "away": sender.away,
        "nobody_listens": sender.nobody_listens,
        "outbox_rows": outbox.waiting,
        "oldest_unacked": outbox.oldest(),
        "last_seq": outbox.last_seq,
        "install": outbox.install,
        "dropped": ring.refused + writer.rejected,
        "disk": beats.disk or sender.disk_fault,
        "set_aside": str(outbox.set_aside) if outbox.set_aside else None,
    }


def _closed_note(ring: RecordRing, beats: _Beats) -> dict[str, Any]:
    """What can be said without a database."""
    return {
        "connected": False,
        "refused": None,
        "away": "not connected yet",
        "nobody_listens": False,
        "outbox_rows": ring.written - ring.committed,
        "oldest_unacked": None,
        "last_seq": 0,
        "install": None,
        "writer_beat_s": beats.writer_s,
        "sender_beat_s": beats.sender_s,
        "dropped": ring.refused,
        "disk": beats.disk,
        "set_aside": None,
    }


def _birth(config: GateConfig, version: str, clock: Clock) -> bytes:
    state = StateData(online=True, since=clock.wall(), version=version, replay=config.replay)
    return state.model_dump_json().encode()
