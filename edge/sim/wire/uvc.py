"""An ADS1115 with a UV-C photodiode beside the simulated air sensors: 1 V is 100 µW/cm², and 0 V the dark."""

from __future__ import annotations

from typing import Final, Protocol

from edge.errors import BusError
from edge.sim.lamp import UvcLight

ADS1115: Final = 0x48
UW_CM2_PER_V: Final = 100.0
_FULL_V, _MOST = 4.096, 32767


class OtherDevices(Protocol):
    """What else answers on the bus."""

    def write(self, address: int, data: bytes) -> None: ...

    def read(self, address: int, count: int) -> bytes: ...

    def close(self) -> None: ...


class SimulatedUvcBus:
    """Registers 0 (conversion) and 1 (configuration), as the datasheet has them; a conversion is done at once."""

    def __init__(self, others: OtherDevices, light: UvcLight) -> None:
        self._others, self._light = others, light
        self._register = 0
        self._config = b"\x85\x83"
        self._number = 0

    def write(self, address: int, data: bytes) -> None:
        if address != ADS1115:
            self._others.write(address, data)
            return
        self._register = data[0]
        if self._register == 1 and len(data) == 3:  # its number, and its two bytes
            self._config = data[1:]
            if data[1] & 0x80:
                self._number = min(_MOST, round(self._light() / UW_CM2_PER_V / _FULL_V * (_MOST + 1)))

    def read(self, address: int, count: int) -> bytes:
        if address != ADS1115:
            return self._others.read(address, count)
        match self._register:
            case 0:
                return self._number.to_bytes(2, "big")[:count]
            case 1:
                return bytes([self._config[0] | 0x80, self._config[1]])[:count]
            case _:
                raise BusError(f"there is no register {self._register}", where="simulated ADS1115")

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        self.write(address, data)
        return self.read(address, count)

    def close(self) -> None:
        self._others.close()
