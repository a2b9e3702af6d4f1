"""The bare limit of an ingest: take, insert by one key, commit, acknowledge. No reading, no ledger, no series.

`python -m benchmarks.bare_ingest PORT PASSWORD_FILE DATABASE COUNT` prints events a second, counted from a tenth on; with
COUNT 0 it only makes its durable subscription.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from contract.access import CLOUD_USER
from contract.topics import Kind, topic
from demo.broker import HOST

CLIENT: Final = "bare-ingest"
SHARED: Final = f"$share/bare/{topic('+', Kind.VISIT)}"
BATCH: Final = 500
GATHER_S: Final = 0.02
_WITHOUT: Final = 10  # the first tenth is the start


def connected(port: int, password: str, arrived: SimpleQueue[paho.MQTTMessage]) -> paho.Client:
    client = paho.Client(CallbackAPIVersion.VERSION2, CLIENT, protocol=paho.MQTTv5, manual_ack=True)
    client.username_pw_set(CLOUD_USER, password)
    client.on_message = lambda _, __, message: arrived.put(message)
    subscribed: SimpleQueue[bool] = SimpleQueue()
    client.on_connect = lambda client, *_: client.subscribe([(SHARED, 1)])
    client.on_subscribe = lambda *_: subscribed.put(True)
    wishes = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
    wishes.SessionExpiryInterval, wishes.ReceiveMaximum = 3600, BATCH
    client.connect(HOST, port, clean_start=False, properties=wishes)
    client.loop_start()
    subscribed.get(timeout=10)
    return client


def drain(client: paho.Client, arrived: SimpleQueue[paho.MQTTMessage], database: sqlite3.Connection, count: int) -> float:
    """Events a second over the last nine tenths."""
    taken, began_s, before = 0, 0.0, 0
    while taken < count:
        batch = gathered(arrived)
        database.execute("BEGIN IMMEDIATE")
        rows = [(str(dict(one.properties.UserProperty)["id"]), one.payload) for one in batch]  # type: ignore[union-attr]
        database.executemany("INSERT OR IGNORE INTO event VALUES (?, ?)", rows)
        database.execute("COMMIT")
        for one in batch:
            client.ack(one.mid, 1)
        taken += len(batch)
        if not began_s and taken >= count / _WITHOUT:
            began_s, before = time.monotonic(), taken
    return (taken - before) / (time.monotonic() - began_s)


def gathered(arrived: SimpleQueue[paho.MQTTMessage]) -> list[paho.MQTTMessage]:
    batch = [arrived.get(timeout=60)]
    end_s = time.monotonic() + GATHER_S
    while len(batch) < BATCH:
        try:
            batch.append(arrived.get(timeout=max(0.0, end_s - time.monotonic())))
        except Empty:
            break
    return batch


def main() -> None:
    port, password, path, count = int(sys.argv[1]), Path(sys.argv[2]).read_text().strip(), sys.argv[3], int(sys.argv[4])
    arrived: SimpleQueue[paho.MQTTMessage] = SimpleQueue()
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;"
    )
    client = connected(port, password, arrived)
    print(round(drain(client, arrived, database, count)) if count else "subscribed")
    client.disconnect()
    client.loop_stop()
    database.close()


if __name__ == "__main__":
    main()
