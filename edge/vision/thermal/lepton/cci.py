"""The command interface over I2C: registers of 16 bits, a status that is asked a bounded number of times."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Protocol

from edge.errors import SourceError
from edge.vision.thermal.lepton.commands import GET, RUN, SET, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.buses.i2c import I2c
    from edge.vision.thermal.lepton.commands import Command

ADDRESS: Final = 0x2A
STATUS, COMMAND, DATA_LENGTH, DATA_0 = 0x0002, 0x0004, 0x0006, 0x0008
BUSY, BOOTED = 0x0001, 0x0004
"""Of the status register; its upper byte is the error of the last command, a signed number."""
TRIES: Final = 300
WAIT_S: Final = 0.005
"""At most 1.5 s together: less than a capture process may be silent."""
_REFUSALS: Final = {
    -2: "not ready",
    -3: "range error",
    -7: "undefined function",
    -8: "function not supported",
    -9: "value out of range",
    -11: "command not allowed in this state",
}


class CommandInterface(Protocol):
    """What a camera can be asked and told. SourceError where it refuses or does not answer."""

    where: str

    def get(self, command: Command) -> tuple[int, ...]:
        """The words of an attribute."""

    def set(self, command: Command, words: tuple[int, ...]) -> None:
        """Change an attribute."""

    def run(self, command: Command) -> None:
        """Do something."""


class Cci:
    """A camera on an I2C bus. OSErrors of the bus pass through as BusError."""

    def __init__(self, i2c: I2c, where: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self.where = where
        self._i2c = i2c
        self._sleep = sleep

    def get(self, command: Command) -> tuple[int, ...]:
        count = words_of(command)
        self._wait()
        self._write(DATA_LENGTH, count)
        self._execute(command, GET)
        raw = self._i2c.write_then_read(ADDRESS, DATA_0.to_bytes(2, "big"), 2 * count)
        return tuple(int.from_bytes(raw[at : at + 2], "big") for at in range(0, 2 * count, 2))

    def set(self, command: Command, words: tuple[int, ...]) -> None:
        self._wait()
        self._write(DATA_0, *words)
        self._write(DATA_LENGTH, len(words))
        self._execute(command, SET)

    def run(self, command: Command) -> None:
        self._wait()
        self._write(DATA_LENGTH, 0)
        self._execute(command, RUN)

    def restart(self, command: Command) -> None:
        """Run a command after which the camera is away: its answer is not waited for."""
        self._wait()
        self._write(COMMAND, command | RUN)

    def _execute(self, command: Command, kind: int) -> None:
        self._write(COMMAND, command | kind)
        error = self._wait() >> 8
        if error:
            code = error - 0x100
            what = f"the camera refuses {command.name} ({_REFUSALS.get(code, f'error {code}')})"
            raise SourceError(what, where=self.where, remedy="Use a radiometric Lepton (2.5, 3.1R or 3.5) with its own firmware.")

    def _wait(self) -> int:
        """Ask for the status until the camera has booted and is not busy. Returns it. Raises SourceError after TRIES."""
        status = 0
        for turn in range(TRIES):
            if turn:
                self._sleep(WAIT_S)
            status = int.from_bytes(self._i2c.write_then_read(ADDRESS, STATUS.to_bytes(2, "big"), 2), "big")
            if status & BOOTED and not status & BUSY:
                return status
        what = f"the camera stays {'busy' if status & BOOTED else 'in its boot'} (status 0x{status:04x})"
        raise SourceError(what, where=self.where, remedy="Switch its supply off and on; check the wires of its reset and clock.")

    def _write(self, register: int, *words: int) -> None:
        self._i2c.write(ADDRESS, b"".join(word.to_bytes(2, "big") for word in (register, *words)))
