"""What an SPI bus is to this house: a device that only talks."""

from __future__ import annotations

from typing import Protocol


class Spi(Protocol):
    """One device on a bus. BusError when it is gone."""

    def read(self, count: int) -> bytes:
        """Clock `count` bytes in, chip select held all the while."""

    def close(self) -> None:
        """Let chip select go up and the clock rest; a new one opens the device again."""
