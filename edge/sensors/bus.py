"""One bus and its devices: asked one after the other by a thread of its own, left alone when it hangs, opened again later."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Final, Generic

from edge.clock import Clock
from edge.sensors.device import Device, W
from edge.sensors.reading import HandOver, Reading, Trouble
from edge.sensors.worker import Worker

log = logging.getLogger("menshen.sensors")

AGAIN_S: Final = (2.0, 5.0, 15.0, 60.0)
"""After a bus hung for the first, second ... time in a row."""
MOST_HUNG: Final = 3
"""Threads that hang in the kernel cannot be ended. With so many on one bus no more are made until one comes back."""
CLOSE_S: Final = 0.5


class Bus(Generic[W]):
    """A `Source`. No bus waits for another: what hangs is this one's thread, and this one's sensors have no values then."""

    def __init__(
        self, name: str, open_wire: Callable[[], W], devices: Sequence[Device[W]], hand_over: HandOver, clock: Clock
    ) -> None:
        self.name = name
        self.sensors = tuple(devices)
        self.open_wire, self._hand_over, self._clock = open_wire, hand_over, clock
        self._worker: Worker[W] | None = None
        self._hung: list[Worker[W]] = []
        self._times = 0
        self._again_s = float("-inf")

    def start(self) -> None:
        self._worker = Worker(self.name, self.open_wire, self.sensors, self._hand_over, self._clock)
        self._worker.start()

    def round(self, now_s: float) -> None:
        """Leave a thread that does not come back, and start another when it is time."""
        self._hung = [one for one in self._hung if one.alive]
        worker = self._worker
        if worker is not None:
            if worker.answers:
                self._times = 0
            if worker.alive and not worker.overdue(now_s):
                return
            self._leave(worker, now_s)
        elif now_s >= self._again_s and len(self._hung) < MOST_HUNG:
            self.start()

    def why_silent(self) -> Trouble | None:
        if self._worker is None:
            return Trouble.HANGS
        return Trouble.BUS if self._worker.refused else None

    def close(self) -> None:
        for worker in (*self._hung, *([] if self._worker is None else [self._worker])):
            worker.end()
        if self._worker is not None:
            self._worker.join(CLOSE_S)

    def _leave(self, worker: Worker[W], now_s: float) -> None:
        worker.end()
        self._worker = None
        self._hung.append(worker)
        wait_s = AGAIN_S[min(self._times, len(AGAIN_S) - 1)]
        self._times += 1
        self._again_s = now_s + wait_s
        what = "does not come back" if worker.alive else "has ended"
        log.error("the bus %s %s; it is opened again in %.0f s", self.name, what, wait_s)
        silent = [
            Reading(one.told.name, quantity, None, Trouble.HANGS, now_s) for one in self.sensors for quantity in one.quantities
        ]
        self._hand_over(silent)
