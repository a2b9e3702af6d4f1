"""The command side of a simulated Lepton: registers on I2C, attributes behind them, and a boot that takes a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from edge.errors import BusError
from edge.vision.thermal.lepton.cci import ADDRESS, BOOTED, BUSY, COMMAND, DATA_0, DATA_LENGTH, STATUS
from edge.vision.thermal.lepton.commands import GET, RUN, SET, Command, number_of, words_for, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

UNKNOWN_COMMAND: Final = -7
_DEFAULTS: Final = {
    Command.AGC_ENABLE_STATE: 0,
    Command.SYS_TELEMETRY_ENABLE_STATE: 0,
    Command.SYS_TELEMETRY_LOCATION: 0,
    Command.SYS_GAIN_MODE: 0,
    Command.SYS_FFC_SHUTTER_MODE: 1,
    Command.OEM_VIDEO_OUTPUT_FORMAT: 7,
    Command.RAD_ENABLE_STATE: 1,
    Command.RAD_TLINEAR_ENABLE_STATE: 1,
    Command.RAD_TLINEAR_RESOLUTION: 1,
    Command.RAD_TLINEAR_AUTO_RESOLUTION: 0,
}
"""As a Lepton 3.5 leaves the factory: temperatures at 0.01 K, no telemetry."""


def part_words(text: str) -> tuple[int, ...]:
    """Text of an attribute: two characters in a word, the first in the low byte."""
    raw = text.encode("ascii").ljust(32, b"\0")
    return tuple(int.from_bytes(raw[at : at + 2], "little") for at in range(0, 32, 2))


class LeptonRegisters:
    """Answers on I2C as the camera does. An `I2c`.

    Attributes:
        attributes: what the commands get and set.
        refused: error codes (negative) by command.
        stuck: attributes that keep their value whatever is set.
        busy: how often the status says busy before the next command is done.
        ran: commands that were run, in order, unless `on_run` is set to something else.
        away: whether nothing answers.
    """

    def __init__(self, part_number: str, serial: int) -> None:
        self._fixed = {Command.OEM_PART_NUMBER: part_words(part_number), Command.SYS_FLIR_SERIAL_NUMBER: words_for(serial, 4)}
        self.attributes: dict[Command, tuple[int, ...]] = {}
        self.refused: dict[Command, int] = {}
        self.stuck: set[Command] = set()
        self.ran: list[Command] = []
        self.on_run: Callable[[Command], None] = self.ran.append
        self.busy = 0
        self.away = False
        self._error = 0
        self._data: tuple[int, ...] = ()
        self._length = 0
        self.boot(0)

    def boot(self, polls: int) -> None:
        """Start anew with the attributes of the factory; the status says so for so many polls."""
        self.attributes = self._fixed | {command: words_for(value, words_of(command)) for command, value in _DEFAULTS.items()}
        self._booting, self._error = polls, 0

    def value(self, command: Command) -> int:
        return number_of(self.attributes[command][:2])

    def write(self, address: int, data: bytes) -> None:
        self._answer(address)
        register, *words = (int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))
        match register:
            case 0x0006:
                self._length = words[0]
            case 0x0008:
                self._data = tuple(words)
            case 0x0004:
                self._error = self._do(words[0])
            case _:
                raise BusError(f"no register 0x{register:04x}", where=f"0x{ADDRESS:02x}")

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        self._answer(address)
        register = int.from_bytes(data, "big")
        words = {STATUS: (self._status(),), DATA_LENGTH: (self._length,), COMMAND: (0,), DATA_0: self._data}[register]
        return b"".join(word.to_bytes(2, "big") for word in words).ljust(count, b"\0")[:count]

    def close(self) -> None:
        """Nothing is held open."""

    def _answer(self, address: int) -> None:
        if self.away or address != ADDRESS:
            raise BusError(f"the device at 0x{address:02x} does not answer", where="simulated I2C", remedy="Check its wires.")

    def _status(self) -> int:
        if self._booting:
            self._booting -= 1
            return 0
        if self.busy:
            self.busy -= 1
            return BOOTED | BUSY
        return BOOTED | (self._error & 0xFF) << 8

    def _do(self, number: int) -> int:
        """Carry out a command. Returns its error, 0 where there is none."""
        kind = number & 0b11
        try:
            command = Command(number & ~0b11)
        except ValueError:
            return UNKNOWN_COMMAND
        if command in self.refused:
            return self.refused[command]
        if kind == RUN:
            self.on_run(command)
        elif kind == SET and command not in self.stuck:
            self.attributes[command] = self._data[: self._length]
        elif kind == GET:
            self._data = (*self.attributes[command], *(0,) * 16)[: self._length]
        return 0
