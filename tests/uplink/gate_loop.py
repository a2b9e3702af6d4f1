"""A gate's uplink with a loop that obeys: only the cameras are missing, who stands in the zone is said by the test."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contract.message import Message
from contract.topics import Kind
from demo.broker import Broker
from edge.actuators.log_barrier import LogBarrier
from edge.board import Board
from edge.clock import SystemClock
from edge.config.tree import BrokerConfig, GateConfig
from edge.gate.obeying import Obeying
from edge.gate.opening import Opening
from tests.uplink.parts import Hands, gate_config, uplink_thread, wait_connected


class ObeyingGate:
    """Attributes: in_zone, who is there; barrier, the arm; hands, the ring its records go into."""

    def __init__(self, hands: Hands, orders: Board) -> None:
        self.in_zone, clock = 0, SystemClock()
        self.barrier = LogBarrier(clock)
        self._opening = Opening(self.barrier, open_s=30.0)
        self._obeying, self.hands, self._clock = Obeying(orders, self._opening, clock), hands, clock

    def run(self, stop: threading.Event) -> None:
        while not stop.wait(0.01):
            now_s = self._clock.monotonic_s()
            self._obeying.look()
            self._obeying.act(self.in_zone, now_s, self._record)
            self._opening.round(None, self.hands.ring.committed, now_s)

    def _record(self, kind: Kind, data: Message) -> int | None:
        return self.hands.ring.put(kind, data.model_dump_json().encode(), time.time(), time.monotonic())


def commanded(config: GateConfig, *keys: str, clock: str = "wall") -> GateConfig:
    """The settings with the cloud's public keys."""
    uplink = config.uplink.model_copy(update={"command_keys": list(keys), "clock": clock})
    return config.model_copy(update={"uplink": uplink})


@contextmanager
def obeying_gate(folder: Path, broker: Broker, *keys: str, clock: str = "wall", gate: str = "gate-1") -> Iterator[ObeyingGate]:
    """A gate that is connected, and obeys until the block ends."""
    hands, orders, stop = Hands.make(folder), Board.create(folder / "orders"), threading.Event()
    login = BrokerConfig(port=broker.port, password_file=broker.password_file(gate))
    config = commanded(gate_config(folder, login, gate=gate), *keys, clock=clock)
    made = ObeyingGate(hands, orders)
    loop = threading.Thread(target=made.run, args=(stop,))
    try:
        with uplink_thread(config, hands, orders):
            loop.start()
            wait_connected(hands)
            yield made
            stop.set()
            loop.join()
    finally:
        stop.set()
        hands.close()
        orders.close()
