"""An I2C bus of Linux, /dev/i2c-N, through smbus2 (extra `pi`)."""

from __future__ import annotations

from typing import Final

from edge.errors import BusError

_INSTALL: Final = "Install the extra `pi`: pip install 'menshen[edge,pi]'."
_LONGEST: Final = 4096
"""Bytes that one read may have: some adapters take no more, and a longer one holds the bus for too long."""


class LinuxI2c:
    """Raises BusError when made, where the bus is not there."""

    def __init__(self, number: int) -> None:
        try:
            from smbus2 import SMBus, i2c_msg
        except ImportError as missing:
            raise BusError("smbus2 is not installed", where=f"/dev/i2c-{number}", remedy=_INSTALL) from missing
        self._path = f"/dev/i2c-{number}"
        self._message = i2c_msg
        try:
            self._bus = SMBus(number)
        except OSError as refused:
            remedy = "Switch I2C on (raspi-config, or dtparam=i2c_arm=on) and put this user into the group i2c."
            raise BusError(f"the bus cannot be opened ({refused})", where=self._path, remedy=remedy) from refused

    def write(self, address: int, data: bytes) -> None:
        self._transact(address, self._message.write(address, data))

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        if not 0 < count <= _LONGEST:
            raise ValueError(f"an I2C read has 1 to {_LONGEST} bytes, not {count}")
        answer = self._message.read(address, count)
        self._transact(address, self._message.write(address, data), answer)
        return bytes(answer)

    def read(self, address: int, count: int) -> bytes:
        """Read `count` bytes without writing first."""
        if not 0 < count <= _LONGEST:
            raise ValueError(f"an I2C read has 1 to {_LONGEST} bytes, not {count}")
        answer = self._message.read(address, count)
        self._transact(address, answer)
        return bytes(answer)

    def close(self) -> None:
        self._bus.close()

    def _transact(self, address: int, *messages: object) -> None:
        try:
            self._bus.i2c_rdwr(*messages)
        except OSError as silent:
            remedy = f"Check its wires and its supply; `i2cdetect -y {self._path[-1]}` lists who answers."
            raise BusError(
                f"the device at 0x{address:02x} does not answer ({silent})", where=self._path, remedy=remedy
            ) from silent
