"""The values in the bytes of an answer whose checksum was right."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

from edge.config.byte_fields import ByteValue
from edge.sensors.devices.values import value_of
from edge.sensors.reading import Trouble

_FORMATS: Final = {"int8": "b", "uint8": "B", "int16": "h", "uint16": "H", "int32": "i", "uint32": "I", "float32": "f"}
_MOST_DECIMALS: Final = 9


def values_of(told: Sequence[ByteValue], data: bytes) -> dict[str, float | Trouble]:
    """`data` without its checksums, and as long as the file says."""
    return {one.quantity: _value(one, data) for one in told}


def none_of(told: Sequence[ByteValue], trouble: Trouble) -> dict[str, float | Trouble]:
    """All of them failed."""
    return dict.fromkeys((one.quantity for one in told), trouble)


def _value(told: ByteValue, data: bytes) -> float | Trouble:
    order = ">" if told.byte_order == "high_first" else "<"
    (number,) = struct.unpack_from(order + _FORMATS[told.type], data, told.at)
    decimals = 0 if told.decimals_at is None else data[told.decimals_at]
    return value_of(told, number, decimals) if decimals <= _MOST_DECIMALS else Trouble.WRONG_PAYLOAD
