"""Events from two gates while processes are killed at random; at the end the books are compared."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from contract.topics import Kind
from tests.chaos.house import BROKER, Gate, House

LEAST_S: Final = 0.15
LONGEST_S: Final = 0.75
FROZEN_S: Final = 7.0
BACKLOG: Final = 1_500
_BODY: Final = (
    '{"visit":"%s-%d","revision":0,"verdict":"put_on_mask","mask":"absent","first_seen":"2026-11-21T12:00:00Z",'
    '"decided":"2026-11-21T12:00:00Z","frames":12}'
)
_PATIENCE_S: Final = 300.0


@dataclass
class Storm:
    """One run. `tell`: hears how far it is, from 0 to 1."""

    folder: Path
    events: int
    kills: int
    seed: int
    naive: bool = False
    frozen_s: float = FROZEN_S
    tell: Callable[[float], None] = lambda _: None
    killed: Counter[str] = field(default_factory=Counter)
    _over: bool = False

    def run(self) -> dict[str, Any]:
        """The outcome: what was sent and stored, what was lost, what came twice."""
        house = House(self.folder, self.naive)
        house.start()
        began_s = time.monotonic()
        producers = [threading.Thread(target=self._produce, args=(gate,), daemon=True) for gate in house.gates]
        try:
            for producer in producers:
                producer.start()
            self._rage(house)
            for producer in producers:
                producer.join()
            self._wait_until_delivered(house)
        finally:
            self._over = True
            took_s = time.monotonic() - began_s
            house.stop()
        return self._books(house, took_s)

    def _rage(self, house: House) -> None:
        """Kills are spread over the events, so that each of them finds some under way."""
        dice = random.Random(self.seed)
        pause = threading.Event()
        while (done := sum(self.killed.values())) < self.kills:
            pause.wait(dice.uniform(LEAST_S, LONGEST_S))
            while sum(gate.ring.written for gate in house.gates) < self.events * (done + 0.5) / (self.kills + 1):
                pause.wait(0.01)
            name = dice.choice(house.killable)
            if name == BROKER and dice.random() < 0.1:  # one in ten hangs before it dies
                house.broker.freeze()
                pause.wait(self.frozen_s)
                self.killed["frozen"] += 1
            house.kill(name)
            self.killed[name] += 1
            self.tell(0.9 * sum(self.killed.values()) / self.kills)

    def _produce(self, gate: Gate) -> None:
        """As fast as the uplink sends them, with a backlog behind."""
        pause, share = threading.Event(), self.events // 2
        for number in range(1, share + 1):
            while not self._over and gate.waiting > BACKLOG:
                pause.wait(0.01)
            while gate.ring.put(Kind.VISIT, visit_body(gate.name, number), time.time(), time.monotonic()) is None:
                pause.wait(0.002)
            if self._over:
                return

    def _wait_until_delivered(self, house: House) -> None:
        end_s, pause = time.monotonic() + _PATIENCE_S, threading.Event()
        while time.monotonic() < end_s and not (all(gate.delivered for gate in house.gates) and (self.naive or house.copied)):
            pause.wait(0.2)
        self.tell(1.0)

    def _books(self, house: House, took_s: float) -> dict[str, Any]:
        return {
            **house.books(2 * (self.events // 2)),
            "kills": sum(self.killed.values()) - self.killed["frozen"],
            "killed": dict(self.killed),
            "naive": self.naive,
            "seed": self.seed,
            "took_s": round(took_s, 1),
        }


def visit_body(gate: str, number: int) -> bytes:
    """One decision about one visitor, named after the gate and its number."""
    return (_BODY % (gate, number)).encode()
