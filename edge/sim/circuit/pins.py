"""gpiozero on lines in shared memory: the drivers of `edge.actuators` run as they are, and move a simulated circuit."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from gpiozero.pins.mock import MockFactory, MockPin

from edge.sim.circuit.lines import Level, Lines


class SharedPin(MockPin):  # type: ignore[misc]  # gpiozero has no types
    """A pin whose level is what the shared line says; an open input is what it is pulled to."""

    def __init__(self, factory: SharedFactory, info: Any) -> None:
        self._line = int(info.name.removeprefix("GPIO"))
        super().__init__(factory, info)

    def _get_state(self) -> bool:
        lines: Lines = self.factory.lines
        if self._function == "output":
            return lines.output(self._line)
        match lines.input(self._line):
            case Level.HIGH:
                return True
            case Level.LOW:
                return False
            case Level.OPEN:
                return bool(self._pull == "up")

    def _change_state(self, value: object) -> bool:
        if self._function == "output":
            self.factory.lines.put(self._line, high=bool(value), now_s=self.factory.now())
        return bool(super()._change_state(value))


class SharedFactory(MockFactory):  # type: ignore[misc]  # gpiozero has no types
    """Set as `gpiozero.Device.pin_factory` before any device is made. `now`: monotonic seconds of each edge."""

    def __init__(self, lines: Lines, now: Callable[[], float] = time.monotonic) -> None:
        self.lines, self.now = lines, now
        super().__init__(pin_class=SharedPin)
