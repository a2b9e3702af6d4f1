"""Winsen MH-Z19, CO2 over a serial line of its own, 9600 baud: nine bytes out, nine bytes in.

Source: Winsen, "MH-Z19B user's manual", command 0x86 (read CO2) and the checksum: all bytes but the first and the last, added,
inverted, plus 1.
"""

from __future__ import annotations

from typing import Final

from edge.config.sensors import SerialSensor
from edge.errors import BusError
from edge.sensors.reading import Trouble

ASK: Final = bytes([0xFF, 0x01, 0x86, 0, 0, 0, 0, 0, 0x79])
FRAME: Final = 9
_SILENT: Final = "Check its supply (5 V) and that its TX goes to our RX; other programs must not use this line."


def checksum(frame: bytes) -> int:
    return (~sum(frame[1:8]) + 1) & 0xFF


def co2_ppm(frame: bytes) -> float | Trouble:
    """Of an answer, whole or not."""
    if len(frame) != FRAME or frame[:2] != b"\xff\x86":
        return Trouble.WRONG_PAYLOAD
    if checksum(frame) != frame[8]:
        return Trouble.CHECKSUM
    return float(int.from_bytes(frame[2:4], "big"))


class SerialWire:
    """An open serial line. Raises BusError when made, where it is not there."""

    def __init__(self, path: str, deadline_s: float) -> None:
        import serial

        self._path = path
        try:
            self._line = serial.Serial(path, 9600, timeout=deadline_s, write_timeout=deadline_s)
        except (serial.SerialException, OSError, ValueError) as refused:
            remedy = "Check that it is there and free, and that this user is in the group dialout."
            raise BusError(f"the line cannot be opened ({refused})", where=path, remedy=remedy) from refused

    def ask(self, request: bytes, count: int) -> bytes:
        """Whatever comes within the deadline, at most `count` bytes. Raises BusError where nothing comes."""
        try:
            self._line.reset_input_buffer()  # the rest of an answer that came too late
            self._line.write(request)
            answer = bytes(self._line.read(count))
        except OSError as gone:
            raise BusError(f"the line is gone ({gone})", where=self._path, remedy="Plug it in again.") from gone
        if not answer:
            raise BusError("the sensor does not answer", where=self._path, remedy=_SILENT)
        return answer

    def close(self) -> None:
        self._line.close()


class MhZ19:
    """A `Device` on such a line."""

    quantities = ("co2_ppm",)

    def __init__(self, told: SerialSensor) -> None:
        self.told, self.patience_s = told, 2 * told.deadline_s

    def read(self, wire: SerialWire) -> dict[str, float | Trouble]:
        return {"co2_ppm": co2_ppm(wire.ask(ASK, FRAME))}
