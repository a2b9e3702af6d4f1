"""The checksum of a VoSPI packet, for all packets of a read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

POLYNOMIAL: Final = 0x1021
"""x^16 + x^12 + x^5 + 1, first value 0 (CRC-16/XMODEM); Lepton data sheet, VoSPI packets."""
PACKET_BYTES: Final = 164
_CRC_FIELD: Final = (2, 3)


def crc16(data: bytes) -> int:
    """Of any bytes: the plain definition, one byte after the other."""
    value = 0
    for byte in data:
        value = ((value << 8) & 0xFFFF) ^ int(_OF_BYTE[(value >> 8) ^ byte])
    return value


def packet_crcs(packets: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """Of every row of (n, 164), with the four upper bits of the ID and the checksum's own field taken as 0. Returns (n,) uint16.

    With the first value 0 the checksum is linear: it is the sum (exclusive or) of what each byte gives at its place.
    """
    crcs: NDArray[np.uint16] = np.bitwise_xor.reduce(_GIVES.take(packets + _PLACES), axis=1)
    return crcs


def _of_byte() -> NDArray[np.uint16]:
    values = np.arange(256, dtype=np.uint32) << 8
    for _ in range(8):
        values = np.where(values & 0x8000, (values << 1) ^ POLYNOMIAL, values << 1) & 0xFFFF
    return values.astype(np.uint16)


_OF_BYTE: Final = _of_byte()


def _gives() -> NDArray[np.uint16]:
    """What a byte (column) at a place of the packet (row) adds to the checksum, flat."""
    gives = np.zeros((PACKET_BYTES, 256), np.uint16)
    gives[-1] = _OF_BYTE
    for place in range(PACKET_BYTES - 2, -1, -1):
        after = gives[place + 1]
        gives[place] = (after << 8) ^ _OF_BYTE[after >> 8]
    gives[0] = gives[0, np.arange(256) & 0x0F]
    gives[_CRC_FIELD, :] = 0
    return gives.ravel()


_GIVES: Final = _gives()
_PLACES: Final = np.arange(PACKET_BYTES, dtype=np.intp) * 256
