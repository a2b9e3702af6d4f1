"""Sixteen-bit registers with sixteen-bit numbers over I2C, high byte first: how both Melexis arrays talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from edge.errors import BusError
from edge.vision.thermal.linux_bus import source_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from edge.buses.i2c import I2c

T = TypeVar("T")


class WordBus:
    """One device. Raises SourceError, where the bus raises BusError: whoever opens cameras knows one kind of error."""

    def __init__(self, i2c: I2c, address: int, bus_number: int) -> None:
        self._i2c, self._address = i2c, address
        self.where = f"0x{address:02x} on /dev/i2c-{bus_number}"

    def read(self, register: int, count: int) -> NDArray[np.uint16]:
        """`count` words from `register` on, shape (count,)."""
        data = self._twice(lambda: self._i2c.write_then_read(self._address, register.to_bytes(2, "big"), 2 * count))
        return np.frombuffer(data, ">u2").astype(np.uint16)

    def word(self, register: int) -> int:
        return int(self.read(register, 1)[0])

    def write(self, register: int, word: int) -> None:
        self._twice(lambda: self._i2c.write(self._address, register.to_bytes(2, "big") + word.to_bytes(2, "big")))

    def close(self) -> None:
        self._i2c.close()

    def _twice(self, transact: Callable[[], T]) -> T:
        """Once more where a transfer failed: a disturbance must not cost the sensor's opening anew, and the die's rest with it.

        Every transfer here may be repeated: a register holds what was written last, and RAM is looked at as a whole.
        """
        try:
            return transact()
        except BusError:
            try:
                return transact()
            except BusError as silent:
                raise source_error(silent, self.where) from silent
