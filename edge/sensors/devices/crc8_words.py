"""Words of two bytes and a checksum, as Sensirion's sensors say them on I2C.

Source: Sensirion, "SCD4x datasheet" and "SHT4x datasheet", checksum calculation: CRC-8, polynomial 0x31, begun with 0xFF, over
the two bytes of a word.
"""

from __future__ import annotations

from typing import Final

from edge.config.i2c_exchange import WORD
from edge.sensors.reading import Trouble

_POLYNOMIAL: Final = 0x31


def crc8(data: bytes) -> int:
    """Of 0xBE 0xEF it is 0x92, as the datasheets say."""
    crc = 0xFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ _POLYNOMIAL if crc & 0x80 else crc << 1) & 0xFF
    return crc


def without_crc(answer: bytes) -> bytes | Trouble:
    """The bytes of whole words, where every checksum is right."""
    words = [answer[start : start + WORD] for start in range(0, len(answer), WORD)]
    if any(crc8(word[:-1]) != word[-1] for word in words):
        return Trouble.CHECKSUM
    return b"".join(word[:-1] for word in words)
