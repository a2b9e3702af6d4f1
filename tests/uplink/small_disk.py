"""Run in a mount namespace of its own: the uplink on a disk of 32 MiB that somebody else fills, and on one that is read-only.

`python -m tests.uplink.small_disk full|read_only FOLDER` prints what happened as JSON.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from contract.messages.alert import AlertData, AlertKind
from contract.topics import Kind
from edge.config.tree import BrokerConfig
from edge.uplink.outbox import Outbox
from tests.fixtures_broker import wait_for
from tests.uplink.parts import Hands, alert, gate_config, uplink_thread

NOBODY = BrokerConfig(port=9)
_READING = {"sensor": "co2", "quantity": "co2", "value": 600.0, "unit": "ppm", "taken": "2026-11-21T12:00:00Z"}
READINGS = json.dumps({"readings": [_READING] * 10}).encode()


def mount(folder: Path, how: str = "size=32m") -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", how, "tmpfs", str(folder)], check=True)


def put_many(hands: Hands, count: int) -> int:
    """Readings of no urgency as fast as the writer takes them, and an alert at the end."""
    for _ in range(count):
        wait_for(lambda: hands.ring.written - hands.ring.committed < 500, "the writer goes on", 20)
        hands.put(Kind.SENSOR, READINGS)
    return hands.put(Kind.ALERT, alert("v-1"))


def full(folder: Path, memory: Path) -> dict[str, Any]:
    mount(folder)
    hands = Hands.make(memory)
    config = gate_config(folder, NOBODY)
    config = config.model_copy(update={"uplink": config.uplink.model_copy(update={"ballast_mb": 10.0})})
    with uplink_thread(config, hands):
        wait_for((folder / "events.db.ballast").exists, "the ballast lies there")
        put_many(hands, 50)
        filler = (folder / "somebody_elses").open("wb", buffering=0)
        with contextlib.suppress(OSError), filler:
            while True:
                filler.write(b"\0" * 4096)
        last = put_many(hands, 12_000)
        wait_for(lambda: hands.ring.committed >= last, "everything is on disk, whatever had to go", 60)
        thrown = not (folder / "events.db.ballast").exists()
        (folder / "somebody_elses").unlink()
        put_many(hands, 10)
        wait_for(lambda: hands.note().get("disk") is None, "the trouble is over")
    return {"ballast_thrown": thrown, **account(folder / "events.db")}


def account(database: Path) -> dict[str, Any]:
    outbox = Outbox.open(database, "gate-1")
    outbox.release()
    kept = {row.seq for prio in range(4) for row in outbox.after(prio, 0, 100_000)}
    alerts = [AlertData.model_validate_json(row.data) for row in outbox.after(0, 0, 100_000)]
    notes = [one.dropped for one in alerts if one.dropped]
    named = {seq for note in notes for first, last in note.runs for seq in range(first, last + 1)}
    (state,) = outbox._connection.execute("PRAGMA integrity_check").fetchone()
    last = outbox.last_seq
    outbox.close()
    return {
        "numbers": last,
        "kept": len(kept),
        "named": len(named),
        "every_number_once": kept | named == set(range(1, last + 1)) and not kept & named,
        "alerts": sum(one.kind is AlertKind.RECHECK for one in alerts),
        "integrity": state,
    }


def read_only(folder: Path, memory: Path) -> dict[str, Any]:
    mount(folder, "size=32m,ro")
    hands = Hands.make(memory)
    with uplink_thread(gate_config(folder, NOBODY), hands):
        last = hands.put(Kind.ALERT, alert("v-1"))
        wait_for(lambda: hands.note().get("disk"), "the board says why nothing is written")
        wait_for(lambda: hands.note()["outbox_rows"], "and how many wait in memory")
        waiting = hands.note()["outbox_rows"]
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
        wait_for(lambda: hands.ring.committed >= last, "the event is on disk")
    return {"waited_in_memory": waiting, **account(folder / "events.db")}


if __name__ == "__main__":
    place = Path(sys.argv[2])
    (place / "disk").mkdir()
    print(json.dumps({"full": full, "read_only": read_only}[sys.argv[1]](place / "disk", place)))
