"""The thread that asks the devices of one bus, each when it is due."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Final, Generic

from edge.clock import Clock
from edge.errors import BusError
from edge.sensors.device import Device, Said, W
from edge.sensors.reading import HandOver, Reading, Trouble

log = logging.getLogger("menshen.sensors")

GRACE_S: Final = 2.0
"""Beyond a poll's own time, before the bus counts as hanging: the machine may be busy."""
OPEN_S: Final = 5.0
"""What opening a bus may take."""
AGAIN_S: Final = 5.0
"""Between two tries to open a bus that could not be opened."""
FAILURES: Final = 3
"""Polls in a row without an answer from anybody, after which the bus is closed and opened anew."""
RARELY: Final = 8
"""A silent device is asked at most so many times less often: each poll of it keeps the others waiting for its deadline."""


class Worker(Generic[W]):
    """Ends when told to. What comes after that, from a call that hung, is thrown away.

    Attributes:
        refused: whether the bus cannot be opened now.
        answers: whether any device has answered to this thread.
    """

    def __init__(
        self, name: str, open_wire: Callable[[], W], devices: Sequence[Device[W]], hand_over: HandOver, clock: Clock
    ) -> None:
        self._name, self._open, self._devices, self._hand_over, self._clock = name, open_wire, devices, hand_over, clock
        self._ended = threading.Event()
        self._until_s: float | None = None
        self._wire: W | None = None
        self._open_again_s = float("-inf")
        self._failures = 0
        self._silent = dict.fromkeys(range(len(devices)), 0)
        now_s = clock.monotonic_s()
        self._due_s = dict.fromkeys(range(len(devices)), now_s)
        self.refused = False
        self.answers = False
        self._thread = threading.Thread(target=self._run, name=f"bus {name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._ended.set()

    def join(self, within_s: float) -> None:
        self._thread.join(within_s)

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def overdue(self, now_s: float) -> bool:
        """Whether the call it is in should have come back."""
        until_s = self._until_s
        return until_s is not None and now_s > until_s

    def _run(self) -> None:
        try:
            while not self._ended.is_set():
                number = min(self._due_s, key=self._due_s.__getitem__)
                wait_s = self._due_s[number] - self._clock.monotonic_s()
                if wait_s > 0 and self._ended.wait(wait_s):
                    break
                self._poll(number)
        finally:
            self._close()

    def _poll(self, number: int) -> None:
        device, asked_s = self._devices[number], self._clock.monotonic_s()
        said = self._said(device, asked_s)
        now_s = self._clock.monotonic_s()
        if self._ended.is_set():
            return
        self._hand_over([Reading.of(device.told.name, quantity, one, now_s) for quantity, one in said.items()])
        silent = bool(said) and all(one in {Trouble.SILENT, Trouble.BUS} for one in said.values())
        self._silent[number] = self._silent[number] + 1 if silent else 0
        factor = RARELY if self._silent[number] >= FAILURES else 1
        # From now where it is late already: polls that were missed are not made up for.
        self._due_s[number] = max(self._due_s[number] + device.told.every_s * factor, now_s)

    def _said(self, device: Device[W], now_s: float) -> Said:
        wire = self._opened(now_s)
        if wire is None:
            return dict.fromkeys(device.quantities, Trouble.BUS)
        self._until_s = now_s + device.patience_s + GRACE_S
        try:
            said = device.read(wire)
        except BusError as silent:
            log.debug("%s: %s", device.told.name, silent)
            self._fail()
            return dict.fromkeys(device.quantities, Trouble.SILENT)
        finally:
            self._until_s = None
        self._failures, self.answers = 0, True
        return said

    def _opened(self, now_s: float) -> W | None:
        if self._wire is not None or now_s < self._open_again_s:
            return self._wire
        self._until_s = now_s + OPEN_S + GRACE_S
        try:
            self._wire = self._open()
        except BusError as refused:
            if not self.refused:
                log.error("%s", refused)  # noqa: TRY400 - the sentence is enough
            self._open_again_s = now_s + AGAIN_S
            self.refused = True
        else:
            self.refused = False
        finally:
            self._until_s = None
        return self._wire

    def _fail(self) -> None:
        self._failures += 1
        if self._failures >= FAILURES and self._failures >= len(self._devices):
            self._failures = 0
            self._close()

    def _close(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()
