"""A gate that was offline for days: everything waits on its disk, drains without a false gap, and a new alert overtakes it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from contract.topics import Kind
from edge.uplink.outbox import NewEvent, Outbox
from tests.chaos.house import Gate, House, count
from tests.chaos.storm import visit_body
from tests.cloud.messages import health
from tests.uplink.parts import alert

A_SECOND: Final = 86_400
_BATCH: Final = 2_000
_EVERY_S: Final = 2.0
_PATIENCE_S: Final = 1_800.0


def run(folder: Path, days: float, tell: Callable[[float], None] = lambda _: None) -> dict[str, Any]:
    """One event a second for `days`, then the line is back. Returns rates, delays and the books."""
    house = House(folder)
    gate = house.gates[0]
    waiting = _fill(gate, round(days * A_SECOND))
    house.start()
    began_s, first, due_s = time.monotonic(), (0.0, 0), 0.0
    delays_s: list[float] = []
    pause = threading.Event()
    try:
        while not gate.delivered and time.monotonic() - began_s < _PATIENCE_S:
            note = gate.board.read() or {}
            if note.get("connected") and time.monotonic() >= due_s:
                first = first if first[1] else (time.monotonic(), gate.waiting)
                due_s = time.monotonic() + _EVERY_S
                _say_how_it_is(gate, note)
                delays_s.append(_alert_delay_s(house, gate, len(delays_s)))
                tell(1.0 - gate.waiting / waiting)
            pause.wait(0.1)
        took_s = time.monotonic() - first[0]
        while not house.copied and time.monotonic() - began_s < _PATIENCE_S:
            pause.wait(0.1)
    finally:
        house.stop()
    said = 2 * len(delays_s)
    books = house.books(waiting)
    stored = count(house.ledger, "SELECT count(*) FROM event")
    return {
        **books,
        "all_stored": stored,
        "all_sent": waiting + said,
        "per_s": round(first[1] / took_s),
        "alert_delay_s": {"worst": max(delays_s, default=None), "count": len(delays_s)},
        "took_s": round(took_s, 1),
    }


def _fill(gate: Gate, events: int) -> int:
    """What a week without a line leaves on the disk."""
    outbox = Outbox.open(gate.folder / "events.db", gate.name)
    now_s = time.time()
    for start in range(0, events, _BATCH):
        numbers = range(start + 1, min(start + _BATCH, events) + 1)
        outbox.add(
            [
                NewEvent(
                    Kind.VISIT,
                    now_s - events + number,
                    float(number),
                    "week",
                    f"w{number}",
                    visit_body(gate.name, number).decode(),
                )
                for number in numbers
            ]
        )
    outbox.close()
    return events


def _say_how_it_is(gate: Gate, note: dict[str, Any]) -> None:
    """The health message a gate sends, with what its uplink says of its numbers: gaps are found by it."""
    said = json.loads(health(1, oldest_unacked=note["oldest_unacked"], last_seq=note["last_seq"]))["data"]
    gate.ring.put(Kind.HEALTH, json.dumps(said).encode(), time.time(), time.monotonic())


def _alert_delay_s(house: House, gate: Gate, number: int) -> float:
    """From an alert's decision to its row in the ledger."""
    before = count(house.ledger, "SELECT count(*) FROM recheck_case")
    gate.ring.put(Kind.ALERT, alert(f"v-{number}"), time.time(), time.monotonic())
    put_s, pause = time.monotonic(), threading.Event()
    while count(house.ledger, "SELECT count(*) FROM recheck_case") == before and time.monotonic() - put_s < 30.0:
        pause.wait(0.01)
    return round(time.monotonic() - put_s, 3)
