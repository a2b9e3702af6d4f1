"""What an I2C bus is to this house."""

from __future__ import annotations

from typing import Protocol


class I2c(Protocol):
    """One bus. Every call is one transaction; BusError when a device does not answer."""

    def write(self, address: int, data: bytes) -> None:
        """Write `data` to the 7-bit `address`."""

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        """Write `data` (usually a register's number), then read `count` bytes after a repeated start."""

    def close(self) -> None:
        """Give the bus back."""
