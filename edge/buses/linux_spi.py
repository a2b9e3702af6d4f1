"""An SPI device of Linux, /dev/spidevB.D, through spidev (extra `pi`)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from edge.errors import BusError

_INSTALL: Final = "Install the extra `pi`: pip install 'menshen[edge,pi]'."
_BUFFER: Final = Path("/sys/module/spidev/parameters/bufsiz")


class LinuxSpi:
    """Raises BusError when made, where the device is not there."""

    def __init__(self, bus: int, device: int, speed_hz: int, mode: int) -> None:
        self._path = f"/dev/spidev{bus}.{device}"
        try:
            import spidev
        except ImportError as missing:
            raise BusError("spidev is not installed", where=self._path, remedy=_INSTALL) from missing
        self._device = spidev.SpiDev()
        try:
            self._device.open(bus, device)
            self._device.max_speed_hz = speed_hz
            self._device.mode = mode
        except OSError as refused:
            remedy = "Switch SPI on (raspi-config, or dtparam=spi=on) and put this user into the group spi."
            raise BusError(f"the device cannot be opened ({refused})", where=self._path, remedy=remedy) from refused

    def read(self, count: int) -> bytes:
        try:
            return bytes(self._device.readbytes(count))
        except (OSError, OverflowError) as refused:
            raise BusError(f"a read of {count} bytes failed ({refused})", where=self._path, remedy=_remedy(count)) from refused

    def close(self) -> None:
        self._device.close()


def _remedy(count: int) -> str:
    """The usual cause: the driver's buffer is 4096 bytes unless a boot parameter says otherwise."""
    largest = int(_BUFFER.read_text()) if _BUFFER.is_file() else 0
    if count > largest:
        return f"Set spidev.bufsiz to at least {count} (it is {largest}); firmware_configs/ has the boot settings."
    return "Check its wires and its supply."
