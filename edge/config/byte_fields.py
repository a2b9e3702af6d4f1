"""Bytes in files of devices: how they are written, and where in an answer a value stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, Literal

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from edge.config.device_value import DeviceValue, refuse_failed

SIZES: Final = {"int8": 1, "uint8": 1, "int16": 2, "uint16": 2, "int32": 4, "uint32": 4, "float32": 4}
MOST_BYTES: Final = 256


def _bytes(value: object) -> bytes:
    if not isinstance(value, str):
        raise ValueError('write bytes as text in hexadecimal: "FF 01 86"')  # noqa: TRY004 - pydantic wants a ValueError
    try:
        return bytes.fromhex(value)
    except ValueError as wrong:
        raise ValueError(f'{value!r} is not bytes in hexadecimal, such as "FF 01 86"') from wrong


Hex = Annotated[
    bytes,
    PlainValidator(_bytes),
    PlainSerializer(lambda one: one.hex(" ").upper(), return_type=str),
    WithJsonSchema({"type": "string"}),
    Field(max_length=MOST_BYTES),
]


class ByteValue(DeviceValue):
    """One value in the answer: the bytes from `at` (the first is 0) on.

    `decimals_at` is a byte of the answer that says how many decimals the number has. The rest as of every `DeviceValue`.
    """

    at: Annotated[int, Field(ge=0, lt=MOST_BYTES)]
    type: Literal["int8", "uint8", "int16", "uint16", "int32", "uint32", "float32"]
    byte_order: Literal["high_first", "low_first"] = "high_first"
    decimals_at: Annotated[int | None, Field(ge=0, lt=MOST_BYTES)] = None


def refuse_values(values: Sequence[ByteValue], data: int) -> None:
    """Raises ValueError where one is not within the `data` bytes of an answer, cannot fail as it says, or stands there twice."""
    for value in values:
        refuse_failed(value, value.type)
        last = max(value.at + SIZES[value.type] - 1, -1 if value.decimals_at is None else value.decimals_at)
        if last >= data:
            raise ValueError(
                f"values: {value.quantity} ends at byte {last}, behind the {data} bytes of the answer, "
                "counted from 0, without its checksum"
            )
    names = [one.quantity for one in values]
    if len(set(names)) < len(names):
        raise ValueError("a quantity stands there twice. A device that measures one in two places is two sensors: two files")
