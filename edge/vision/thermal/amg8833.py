"""A Panasonic AMG8833 (Grid-EYE) on an I2C bus of this machine: 8x8 pixels, for presence only.

+-2.5 degC and a picture of 8x8: on a face at half a metre it reads about 5 degC too little. Registers as Panasonic's
specification names them.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.errors import BusError, SourceError
from edge.vision.thermal.linux_bus import open_i2c, source_error
from edge.vision.thermal.source import RawThermal

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from edge.buses.i2c import I2c
    from edge.clock import Clock
    from edge.config.sources import Amg8833Thermal

PCTL: Final = 0x00
"""Power control: 0x00 is normal mode."""
RST: Final = 0x01
INITIAL_RESET: Final = 0x3F
FPSC: Final = 0x02
"""Frame rate: 0x00 is 10 a second."""
TTHL: Final = 0x0E
T01L: Final = 0x80
PIXEL_BYTES: Final = 128
PERIOD_S: Final = 0.1
_PIXEL_C: Final = 0.25
_THERMISTOR_C: Final = 0.0625
_SIGN: Final = 0x0800
_SETTLE_S: Final = 0.05
_DIE_C: Final = (-25.0, 85.0)
_REMEDY: Final = "Check its wires, its supply, and thermal.address (0x69, or 0x68 with AD_SELECT low)."


def pixels_c(data: bytes) -> NDArray[np.float64]:
    """The 128 bytes from 0x80 on, shape (64,), degrees Celsius: low byte first, 12 bits two's complement, 0.25 degC each.

    Raises ValueError where the four highest bits of a pixel are not 0: no AMG8833 sends that.
    """
    if len(data) != PIXEL_BYTES:
        raise ValueError(f"a picture has {PIXEL_BYTES} bytes, not {len(data)}")
    words = np.frombuffer(data, "<u2").astype(np.int16)
    if (words & ~0x0FFF).any():
        raise ValueError("a pixel has more than 12 bits")
    return ((words ^ _SIGN) - _SIGN).astype(np.float64) * _PIXEL_C


def thermistor_c(data: bytes) -> float:
    """Registers 0x0E and 0x0F, degrees Celsius: a sign bit and 11 bits of magnitude, 0.0625 degC each."""
    word = int.from_bytes(data, "little") & 0x0FFF
    return (-1 if word & _SIGN else 1) * (word & (_SIGN - 1)) * _THERMISTOR_C


class Amg8833Source:
    """Opened by making it. The sensor has no name to ask for: it must take its settings and send what only it sends."""

    replay = False

    def __init__(self, config: Amg8833Thermal, clock: Clock, i2c: I2c, sleep: Callable[[float], None] = time.sleep) -> None:
        self._config, self._clock, self._i2c, self._sleep = config, clock, i2c, sleep
        self._where = f"0x{config.address:02x} on /dev/i2c-{config.i2c_bus}"
        try:
            self._set_up()
            self._celsius()
        except SourceError:
            i2c.close()
            raise
        self._due_s = clock.monotonic_s() + PERIOD_S

    def read(self) -> RawThermal | None:
        """The next picture, at most a tenth of a second away: the sensor does not say when one is ready. Raises SourceError."""
        wait_s = self._due_s - self._clock.monotonic_s()
        if wait_s > 0:
            self._sleep(wait_s)
        now_s = self._clock.monotonic_s()
        self._due_s = max(self._due_s, now_s - PERIOD_S) + PERIOD_S
        kelvin = self._celsius() + 273.15
        counts = np.rint(kelvin * 100.0).astype(np.uint16).reshape(self._config.rows, self._config.cols)
        return RawThermal(counts, now_s - self._config.latency_s, float("nan"))

    def close(self) -> None:
        self._i2c.close()

    def _set_up(self) -> None:
        for register, value in ((PCTL, 0x00), (RST, INITIAL_RESET), (FPSC, 0x00)):
            self._write(register, value)
        self._sleep(_SETTLE_S)
        taken = self._read(PCTL, 1) + self._read(FPSC, 1)
        if taken != b"\x00\x00":
            what = f"the sensor did not take its settings (registers 0x00 and 0x02 hold 0x{taken.hex()})"
            raise SourceError(what, where=self._where, remedy=_REMEDY)
        die_c = thermistor_c(self._read(TTHL, 2))
        if not _DIE_C[0] <= die_c <= _DIE_C[1]:
            raise SourceError(f"the sensor says it is {die_c:.0f} degC warm", where=self._where, remedy=_REMEDY)

    def _celsius(self) -> NDArray[np.float64]:
        data = self._read(T01L, PIXEL_BYTES)
        if not any(data):
            raise SourceError("every pixel is 0: the bus answers, the sensor does not", where=self._where, remedy=_REMEDY)
        try:
            return pixels_c(data)
        except ValueError as other:
            raise SourceError(f"no AMG8833 answers ({other})", where=self._where, remedy=_REMEDY) from other

    def _write(self, register: int, value: int) -> None:
        try:
            self._i2c.write(self._config.address, bytes([register, value]))
        except BusError as silent:
            raise source_error(silent, self._where) from silent

    def _read(self, register: int, count: int) -> bytes:
        try:
            return self._i2c.write_then_read(self._config.address, bytes([register]), count)
        except BusError as silent:
            raise source_error(silent, self._where) from silent


def open_amg8833(config: Amg8833Thermal, clock: Clock) -> Amg8833Source:
    """On a bus of Linux. Raises SourceError."""
    return Amg8833Source(config, clock, open_i2c(config.i2c_bus))
