"""Words of Sensirion's I2C sensors: two bytes and a checksum each, and what they mean in an SCD4x and an SHT4x.

Sources: Sensirion, "SCD4x datasheet" (get_data_ready_status, read_measurement, checksum) and "SHT4x datasheet" (conversion of
signal output, checksum): CRC-8, polynomial 0x31, begun with 0xFF, over the two bytes of a word.
"""

from __future__ import annotations

from typing import Final

from edge.sensors.reading import Trouble

WORD: Final = 3
_POLYNOMIAL: Final = 0x31
_FULL: Final = 65535.0
_READY: Final = 0x07FF
"""Of the data ready status: the measurement is ready unless these bits are all 0."""


def crc8(data: bytes) -> int:
    """Of 0xBE 0xEF it is 0x92, as the datasheets say."""
    crc = 0xFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ _POLYNOMIAL if crc & 0x80 else crc << 1) & 0xFF
    return crc


def words(raw: bytes, count: int) -> tuple[int, ...] | Trouble:
    """The numbers in an answer of `count` words."""
    if len(raw) != count * WORD:
        return Trouble.WRONG_PAYLOAD
    parts = [raw[start : start + WORD] for start in range(0, len(raw), WORD)]
    if any(crc8(part[:2]) != part[2] for part in parts):
        return Trouble.CHECKSUM
    return tuple(int.from_bytes(part[:2], "big") for part in parts)


def sht4x(raw: bytes) -> dict[str, float | Trouble]:
    """Temperature, then humidity, which the formula lets run a little out of 0 to 100 %: the datasheet says to crop it."""
    read = words(raw, 2)
    if isinstance(read, Trouble):
        return {"air_c": read, "humidity_pct": read}
    humidity_pct = -6.0 + 125.0 * read[1] / _FULL
    return {"air_c": -45.0 + 175.0 * read[0] / _FULL, "humidity_pct": min(100.0, max(0.0, humidity_pct))}


def scd4x_ready(raw: bytes) -> bool | Trouble:
    read = words(raw, 1)
    return read if isinstance(read, Trouble) else bool(read[0] & _READY)


def scd4x(raw: bytes) -> dict[str, float | Trouble]:
    """CO2, temperature, humidity. A CO2 of 0 is no measurement."""
    read = words(raw, 3)
    if isinstance(read, Trouble):
        return {"co2_ppm": read, "air_c": read, "humidity_pct": read}
    return {
        "co2_ppm": float(read[0]) if read[0] else Trouble.NOT_MEASURED,
        "air_c": -45.0 + 175.0 * read[1] / _FULL,
        "humidity_pct": 100.0 * read[2] / _FULL,
    }
