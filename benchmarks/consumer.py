"""Stands for the cloud: takes every event of every gate and acknowledges it, in groups.

`python -m benchmarks.consumer PORT PASSWORD_FILE`. Each second it prints how many events it has taken.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from contract.access import CLOUD_USER
from contract.ids import parse_event_id
from contract.messages.down import AckData
from contract.topics import EVENTS, Kind, topic
from demo.broker import HOST

GROUP: Final = 200
GROUP_S: Final = 0.05


class Consumer:
    """One connection; `round` for ever."""

    def __init__(self, port: int, password: str) -> None:
        self.taken = 0
        self._arrived: SimpleQueue[bytes] = SimpleQueue()
        self._client = paho.Client(CallbackAPIVersion.VERSION2, "bench-consumer", protocol=paho.MQTTv5)
        self._client.username_pw_set(CLOUD_USER, password)
        self._client.on_message = lambda _, __, message: self._arrived.put(bytes(message.payload))
        self._client.on_connect = lambda client, *_: client.subscribe([(topic("+", kind), 1) for kind in EVENTS])
        self._client.connect(HOST, port)
        self._client.loop_start()

    def round(self) -> None:
        """Gather a group and acknowledge it."""
        end_s = time.monotonic() + GROUP_S
        waiting: dict[tuple[str, str], list[int]] = {}
        count = 0
        while count < GROUP and time.monotonic() < end_s:
            try:
                body = self._arrived.get(timeout=GROUP_S)
            except Empty:
                break
            gate, install, seq = parse_event_id(json.loads(body)["id"])
            waiting.setdefault((gate, install), []).append(seq)
            count += 1
        for (gate, install), seqs in waiting.items():
            self._client.publish(topic(gate, Kind.ACK), AckData(install=install, seqs=tuple(seqs)).model_dump_json(), qos=0)
        self.taken += count


def main() -> None:
    port, password_file = int(sys.argv[1]), Path(sys.argv[2])
    consumer = Consumer(port, password_file.read_text(encoding="utf-8").strip())
    told_s = time.monotonic()
    while True:
        consumer.round()
        if time.monotonic() - told_s >= 1.0:
            told_s = time.monotonic()
            print(consumer.taken, flush=True)


if __name__ == "__main__":
    main()
