"""An MLX90640 that answers on an I2C bus, byte for byte: EEPROM, RAM, status and control registers, sub-pages in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from edge.clock import Clock
from edge.errors import BusError
from edge.sim.wire.mlx90640_inverse import Surroundings, frame_words
from edge.vision.thermal.melexis.mlx90640_frame import RAM_WORDS
from edge.vision.thermal.melexis.mlx90640_parameters import restore
from edge.vision.thermal.melexis.mlx90640_patterns import members
from edge.vision.thermal.melexis.mlx90640_pixels import PIXELS
from edge.vision.thermal.melexis.registers import (
    CHESS,
    CONTROL,
    EEPROM,
    NEW_DATA,
    RAM,
    REFRESH_HZ,
    REFRESH_SHIFT,
    STATUS,
)

ADDRESS: Final = 0x33
POWER_ON_CONTROL: Final = 0x1901
"""2 Hz, 18 bits, chess: as the sensor starts."""
_BITS_A_BYTE: Final = 9

Scene = Callable[[float], NDArray[np.float64]]
"""Temperatures in degrees Celsius, shape (768,), at a monotonic time."""


class Mlx90640Chip:
    """Plays `edge.buses.i2c.I2c`. Measures from the moment it is made; a transfer takes its time on the wire by `pass_time`.

    Attributes:
        silent: whether it does not answer at all.
        deaf: whether it takes nothing that is written to it.
        nacks: how many of the next transfers fail.
        around: supply, die and reflected temperature.
        subpages: which sub-page follows which; by default 0 and 1 in turn. Called with how many were measured before.
        control: register 0x800D.
    """

    def __init__(
        self,
        eeprom: NDArray[np.uint16],
        scene: Scene,
        clock: Clock,
        *,
        bus_hz: float = 0.0,
        pass_time: Callable[[float], None] | None = None,
    ) -> None:
        self._eeprom, self._scene, self._clock = eeprom, scene, clock
        self._parameters = restore(eeprom, "simulated") if _calibrated(eeprom) else None
        self._bus_hz, self._pass_time = bus_hz, pass_time
        self._ram = np.zeros(RAM_WORDS, np.uint16)
        self.silent = self.deaf = False
        self.nacks = 0
        self.around = Surroundings()
        self.subpages: Callable[[int], int] = lambda count: count % 2
        self.control = POWER_ON_CONTROL
        self._status = 0
        self._measured = 0
        self._due_s = clock.monotonic_s() + self._period_s

    @property
    def _period_s(self) -> float:
        return 1.0 / REFRESH_HZ[(self.control >> REFRESH_SHIFT) & 7]

    def write(self, address: int, data: bytes) -> None:
        self._answer(address, len(data))
        register, word = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
        if self.deaf:
            return
        if register == STATUS:
            self._status = (self._status & 0x0007) | (word & 0x0038)
        elif register == CONTROL:
            self.control = word
            self._due_s = self._clock.monotonic_s() + self._period_s

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        self._answer(address, len(data))
        words = self._words(int.from_bytes(data, "big"), (count + 1) // 2)
        answer = words.astype(">u2").tobytes()[:count]
        self._spend(count)
        return answer

    def close(self) -> None:
        """Nothing to give back."""

    def _words(self, register: int, count: int) -> NDArray[np.uint16]:
        for base, memory in ((EEPROM, self._eeprom), (RAM, self._ram)):
            if base <= register and register + count <= base + len(memory):
                return memory[register - base : register - base + count].copy()
        return np.array([{STATUS: self._status, CONTROL: self.control}.get(register, 0)] * count, np.uint16)

    def _answer(self, address: int, count: int) -> None:
        self._measure()
        refused, self.nacks = self.nacks > 0, max(0, self.nacks - 1)
        if self.silent or refused or address != ADDRESS:
            raise BusError(f"the device at 0x{address:02x} does not answer", where="simulated bus", remedy="Check its wires.")
        self._spend(count)

    def _spend(self, count: int) -> None:
        if self._pass_time is not None and self._bus_hz:
            self._pass_time((count + 1) * _BITS_A_BYTE / self._bus_hz)

    def _measure(self) -> None:
        """Everything that has come due: RAM keeps the other sub-page's pixels as they were."""
        while self._clock.monotonic_s() >= self._due_s and self._parameters is not None:
            subpage = self.subpages(self._measured)
            celsius = self._scene(self._due_s)
            words = frame_words(celsius, self._parameters, self.control, subpage, self.around)
            pixels = members(subpage, chess=bool(self.control & CHESS))
            self._ram[pixels] = words[pixels]
            self._ram[PIXELS:] = words[PIXELS:RAM_WORDS]
            self._status = (self._status & 0x0030) | NEW_DATA | subpage
            self._measured += 1
            self._due_s += self._period_s


def _calibrated(eeprom: NDArray[np.uint16]) -> bool:
    return bool((eeprom != eeprom[0]).any())
