"""Contacts of doors, windows and motion sensors on this machine's GPIO."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from contract.errors import MenshenError
from edge.config.sensors import GpioSensor
from edge.errors import BusError


class Line(Protocol):
    """gpiozero's DigitalInputDevice with a contact to ground, as far as it is used here: active while it is closed."""

    @property
    def is_active(self) -> bool: ...

    def close(self) -> None: ...


class GpioWire:
    """The lines, each asked for once. Raises BusError where one cannot be had; then none is kept."""

    def __init__(self, told: Sequence[GpioSensor], open_line: Callable[[int, str], Line]) -> None:
        self._lines: dict[int, Line] = {}
        try:
            for one in told:
                self._lines[one.line] = open_line(one.line, f"sensors.gpio {one.name}: line")
        except MenshenError as refused:
            self.close()
            raise BusError(refused.what, where=refused.where, remedy=refused.remedy) from refused

    def closed(self, line: int) -> bool:
        return self._lines[line].is_active

    def close(self) -> None:
        for line in self._lines.values():
            line.close()


class Contact:
    """A `Device`: 1 is open, and a broken wire is open too."""

    def __init__(self, told: GpioSensor) -> None:
        self.told, self.patience_s = told, told.deadline_s
        self.quantities: tuple[str, ...] = (told.quantity,)

    def read(self, wire: GpioWire) -> dict[str, float]:
        return {self.told.quantity: 0.0 if wire.closed(self.told.line) else 1.0}
