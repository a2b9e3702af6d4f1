"""Every failpoint, several times: the process dies there, is started again, and nothing is lost or twice."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from contract.topics import Kind
from tests.chaos.failpoints import CLOUD, DIED, UPLINK
from tests.chaos.house import Gate, House
from tests.chaos.storm import visit_body
from tests.chaos.zygote import Zygote

_BURST: Final = 12
_LATEST: Final = 4
"""A process dies at the first to fourth time it comes to its point."""
_PATIENCE_S: Final = 60.0


class Points:
    """`times` deaths at every point. `tell` hears the share that is done."""

    def __init__(self, folder: Path, times: int, seed: int, tell: Callable[[float], None] = lambda _: None) -> None:
        self._house = House(folder)
        self._zygote = Zygote(folder / "zygote.log")
        self._gate = self._house.gates[0]
        self._dice = random.Random(seed)
        self._times = times
        self._tell = tell
        self._pause = threading.Event()
        self.died: dict[str, int] = {}

    def run(self) -> dict[str, Any]:
        house, began_s = self._house, time.monotonic()
        house.broker.start()
        try:
            cloud = self._zygote.cloud(house.cloud_settings)
            for name in UPLINK:
                self._many(name, lambda point: self._zygote.uplink(self._gate.folder, house.broker.port, self._gate.name, point))
            self._zygote.kill(cloud)
            uplink = self._zygote.uplink(self._gate.folder, house.broker.port, self._gate.name)
            for name in CLOUD:
                self._many(name, lambda point: self._zygote.cloud(house.cloud_settings, point))
            self._zygote.kill(uplink)
        finally:
            self._zygote.close()
            house.broker.stop()
        return {**house.books(self._gate.ring.written), "deaths": self.died, "took_s": round(time.monotonic() - began_s, 1)}

    def _many(self, name: str, begin: Callable[[tuple[str, int] | None], int]) -> None:
        for _ in range(self._times):
            pid = begin((name, self._dice.randint(1, _LATEST)))
            self._feed_until(pid)
            code = self._zygote.wait(pid)
            assert code == DIED, f"{name}: ended with {code} instead of at its point"
            self.died[name] = self.died.get(name, 0) + 1
            again = begin(None)
            self._until_delivered()
            self._zygote.kill(again)
            self._tell(sum(self.died.values()) / (self._times * (len(UPLINK) + len(CLOUD))))

    def _feed_until(self, pid: int) -> None:
        """Put events in small bursts as long as the process lives."""
        end_s = time.monotonic() + _PATIENCE_S
        while self._zygote.lives(pid):
            assert time.monotonic() < end_s, "it does not come to its point"
            if self._gate.waiting < 10 * _BURST:
                put(self._gate, _BURST)
            self._pause.wait(0.02)

    def _until_delivered(self) -> None:
        end_s = time.monotonic() + _PATIENCE_S
        while not (self._gate.delivered and self._house.copied):
            assert time.monotonic() < end_s, "not delivered"
            self._pause.wait(0.02)


def put(gate: Gate, count: int) -> None:
    for _ in range(count):
        gate.ring.put(Kind.VISIT, visit_body(gate.name, gate.ring.written + 1), time.time(), time.monotonic())
