"""A sensor on a serial line of its own, told by its frame: what it is asked, and what its answer means."""

from __future__ import annotations

import termios
import time
from collections.abc import Callable
from typing import Final

from edge.config.sensors import SerialSensor
from edge.config.serial_frame import CHECKS, SerialFrame
from edge.errors import BusError
from edge.sensors.devices.byte_values import none_of, values_of
from edge.sensors.reading import Trouble

_BEGIN_S: Final = 0.2
"""At 9600 baud 32 bytes take 33 ms: what a device answers to `begin` is there by then, and is thrown away. Our choice."""
_GONE: Final = (OSError, termios.error)
"""What pyserial raises for a line that was unplugged: the second is no OSError."""
_SILENT: Final = "Check its supply and that its TX goes to our RX; other programs must not use this line."


def _xor(data: bytes) -> int:
    found = 0
    for byte in data:
        found ^= byte
    return found


_SUMS: Final[dict[str, Callable[[bytes], int]]] = {
    "none": lambda _: 0,
    "sum8": lambda data: sum(data) & 0xFF,
    "negated_sum8": lambda data: -sum(data) & 0xFF,
    "xor8": _xor,
    "sum16": lambda data: sum(data) & 0xFFFF,
}


def checksum(told: SerialFrame, data: bytes) -> bytes:
    """What stands behind these bytes of an answer, which are all but the checksum."""
    end = None if told.checksum_to is None else told.checksum_to + 1
    return _SUMS[told.checksum](data[told.checksum_from : end]).to_bytes(CHECKS[told.checksum], "big")


def values(told: SerialFrame, answer: bytes) -> dict[str, float | Trouble]:
    """Of an answer, whole or not."""
    data = answer[: told.length - CHECKS[told.checksum]]
    if len(answer) != told.length or not answer.startswith(told.starts):
        return none_of(told.values, Trouble.WRONG_PAYLOAD)
    if checksum(told, data) != answer[len(data) :]:
        return none_of(told.values, Trouble.CHECKSUM)
    if any(data[one.at] != one.byte for one in told.fixed):
        return none_of(told.values, Trouble.WRONG_PAYLOAD)
    return values_of(told.values, data)


class SerialWire:
    """An open serial line. Raises BusError when made, where it is not there."""

    def __init__(self, path: str, told: SerialFrame, deadline_s: float) -> None:
        import serial

        self._path = path
        try:
            self._line = serial.Serial(
                path,
                told.baud,
                parity=told.parity,
                stopbits=told.stop_bits,
                timeout=deadline_s,
                write_timeout=deadline_s,
            )
        except (serial.SerialException, OSError, ValueError) as refused:
            remedy = "Check that it is there and free, and that this user is in the group dialout."
            raise BusError(f"the line cannot be opened ({refused})", where=path, remedy=remedy) from refused

    def say(self, words: bytes) -> None:
        """Nothing is waited for. Raises BusError where the line is gone."""
        try:
            self._line.reset_input_buffer()  # the rest of an answer that came too late
            self._line.write(words)
        except _GONE as gone:
            raise self._gone(gone) from gone

    def ask(self, request: bytes, count: int) -> bytes:
        """Whatever comes within the deadline, at most `count` bytes. Raises BusError where nothing comes."""
        self.say(request)
        try:
            answer = bytes(self._line.read(count))
        except _GONE as gone:
            raise self._gone(gone) from gone
        if not answer:
            raise BusError("the sensor does not answer", where=self._path, remedy=_SILENT)
        return answer

    def close(self) -> None:
        self._line.close()

    def _gone(self, why: Exception) -> BusError:
        return BusError(f"the line is gone ({why})", where=self._path, remedy="Plug it in again.")


class SerialDevice:
    """A `Device` on such a line."""

    def __init__(self, told: SerialSensor, frame: SerialFrame) -> None:
        self.told, self.frame = told, frame
        self.quantities = tuple(one.quantity for one in frame.values)
        self.patience_s = 2 * told.deadline_s + (_BEGIN_S + told.deadline_s if frame.begin else 0.0)
        self._begun_on: object = None

    def read(self, wire: SerialWire) -> dict[str, float | Trouble]:
        """Begun anew after an answer that is none: the device may have been without power and speak by itself again."""
        if self.frame.begin and self._begun_on is not wire:
            wire.say(self.frame.begin)
            time.sleep(_BEGIN_S)
            self._begun_on = wire
        said = values(self.frame, wire.ask(self.frame.ask, self.frame.length))
        if Trouble.WRONG_PAYLOAD in said.values() or Trouble.CHECKSUM in said.values():
            self._begun_on = None
        return said
