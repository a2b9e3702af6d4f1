"""The air of a simulated hall on an I2C bus: an SCD4x and an SHT4x as they answer on the wire, checksums and all."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from edge.errors import BusError

SCD4X, SHT4X = 0x62, 0x44
EVERY_S: Final = 5.0
"""An SCD4x measures so often."""
_OUTDOORS_PPM, _PEOPLE_PPM, _HOUR_S = 420.0, 380.0, 3600.0
_FULL: Final = 65535.0


class SimulatedAirBus:
    """CO2 rises and falls once an hour, as in a hall that fills and empties; warmth and humidity go with it a little.

    `now_s` counts from the world's zero. Commands are those of the datasheets; anybody else does not acknowledge.
    """

    def __init__(self, now_s: Callable[[], float], ambient_c: float) -> None:
        self._now_s, self._ambient_c = now_s, ambient_c
        self._commands: dict[int, bytes] = {}
        self._began_s: float | None = None
        self._read = 0

    def write(self, address: int, data: bytes) -> None:
        if address not in {SCD4X, SHT4X}:
            raise BusError(f"the device at 0x{address:02x} does not answer", where="simulated I2C")
        self._commands[address] = data
        if address == SCD4X and data in {b"\x21\xb1", b"\x3f\x86"}:
            self._began_s, self._read = (self._now_s(), 0) if data == b"\x21\xb1" else (None, 0)

    def read(self, address: int, count: int) -> bytes:
        match address, self._commands.get(address):
            case (0x44, b"\xfd"):
                return _with_crc(self._warmth_word(), _word((self._humidity_pct + 6.0) / 125.0))[:count]
            case (0x62, b"\xe4\xb8"):
                return _with_crc(0x8000 | (0x0006 if self._measured > self._read else 0))[:count]
            case (0x62, b"\xec\x05") if self._measured > self._read:
                self._read = self._measured
                return _with_crc(round(self._co2_ppm), self._warmth_word(), _word(self._humidity_pct / 100.0))[:count]
            case _:
                raise BusError(f"the device at 0x{address:02x} does not acknowledge", where="simulated I2C")

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        self.write(address, data)
        return self.read(address, count)

    def close(self) -> None:
        """Nothing is open."""

    @property
    def _measured(self) -> int:
        """How many measurements there have been since it was started."""
        return 0 if self._began_s is None else int((self._now_s() - self._began_s) / EVERY_S)

    @property
    def _filled(self) -> float:
        """How full the hall is, from 0 to 1."""
        return 0.5 - 0.5 * math.cos(2.0 * math.pi * self._now_s() / _HOUR_S)

    @property
    def _co2_ppm(self) -> float:
        return _OUTDOORS_PPM + _PEOPLE_PPM * self._filled

    @property
    def _humidity_pct(self) -> float:
        return 45.0 + 5.0 * self._filled

    def _warmth_word(self) -> int:
        return _word((self._ambient_c + self._filled + 45.0) / 175.0)


def _word(share: float) -> int:
    return round(share * _FULL)


def _with_crc(*words: int) -> bytes:
    return b"".join((word := one.to_bytes(2, "big")) + bytes([_crc8(word)]) for one in words)


def _crc8(data: bytes) -> int:
    """By its own long division, not the driver's code: what both got wrong would be seen by neither."""
    value = (int.from_bytes(data, "big") << 8) ^ (0xFF << 16)
    for bit in range(23, 7, -1):
        if value & 1 << bit:
            value ^= 0x131 << bit - 8
    return value & 0xFF
