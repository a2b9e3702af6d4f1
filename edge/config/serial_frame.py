"""What a sensor on a serial line of its own is asked and answers: a file per kind of device, with the page that says so."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema, model_validator

from contract.settings_file import Settings, load
from edge.config.device_files import device_file
from edge.config.device_value import DeviceValue

SIZES: Final = {"int8": 1, "uint8": 1, "int16": 2, "uint16": 2, "int32": 4, "uint32": 4, "float32": 4}
CHECKS: Final = {"none": 0, "sum8": 1, "negated_sum8": 1, "xor8": 1, "sum16": 2}
"""Bytes that each kind of checksum takes, at the end of the answer. `sum16` is two bytes, the high one first."""
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


class FrameValue(DeviceValue):
    """One value in the answer: the bytes from `at` (the first is 0) on.

    `decimals_at` is a byte of the answer that says how many decimals the number has. The rest as of every `DeviceValue`.
    """

    at: Annotated[int, Field(ge=0, lt=MOST_BYTES)]
    type: Literal["int8", "uint8", "int16", "uint16", "int32", "uint32", "float32"]
    byte_order: Literal["high_first", "low_first"] = "high_first"
    decimals_at: Annotated[int | None, Field(ge=0, lt=MOST_BYTES)] = None


class FixedByte(Settings):
    """A byte that stands in every answer of this kind of device, such as its gas. Where another stands it is another device."""

    at: Annotated[int, Field(ge=0, lt=MOST_BYTES)]
    byte: Annotated[int, Field(ge=0, le=255)]


class SerialFrame(Settings):
    """A kind of device on a line of its own, asked with `ask`. `source` is the page that everything here is from.

    `begin` is said once after the line is opened, such as *answer only when asked*; what comes back is not looked at. An answer
    has `length` bytes and begins with `starts`. `checksum` is at its end, over everything before it from byte `checksum_from`
    on.
    """

    device: Annotated[str, Field(min_length=1, max_length=80)]
    source: Annotated[str, Field(min_length=10, max_length=500)]
    baud: Annotated[int, Field(ge=1200, le=1_000_000)] = 9600
    parity: Literal["N", "E", "O"] = "N"
    stop_bits: Literal[1, 2] = 1
    begin: Hex = b""
    ask: Annotated[Hex, Field(min_length=1)]
    length: Annotated[int, Field(ge=1, le=MOST_BYTES)]
    starts: Hex = b""
    fixed: Annotated[list[FixedByte], Field(max_length=16)] = Field(default_factory=list)
    checksum: Literal["none", "sum8", "negated_sum8", "xor8", "sum16"] = "none"
    checksum_from: Annotated[int, Field(ge=0, lt=MOST_BYTES)] = 0
    values: Annotated[list[FrameValue], Field(min_length=1, max_length=32)]

    @model_validator(mode="after")
    def _fits(self) -> SerialFrame:
        data = self.length - CHECKS[self.checksum]
        if len(self.starts) > data:
            raise ValueError(
                f"starts has {len(self.starts)} bytes, the answer without its checksum only {data}: correct it, or length"
            )
        if self.checksum != "none" and self.checksum_from >= data:
            raise ValueError(
                f"checksum_from is {self.checksum_from}; the answer has {data} bytes before its checksum, counted from 0"
            )
        for one in self.fixed:
            if one.at >= data:
                raise ValueError(
                    f"fixed: byte {one.at} lies behind the {data} bytes of the answer, counted from 0, without its checksum"
                )
        for value in self.values:
            last = max(value.at + SIZES[value.type] - 1, -1 if value.decimals_at is None else value.decimals_at)
            if last >= data:
                raise ValueError(
                    f"values: {value.quantity} ends at byte {last}, behind the {data} bytes of the answer, "
                    "counted from 0, without its checksum"
                )
        names = [one.quantity for one in self.values]
        if len(set(names)) < len(names):
            raise ValueError("a quantity stands there twice. A device that measures one in two places is two sensors: two files")
        return self


def load_frame(name: str) -> SerialFrame:
    """Raises SettingsError naming file, key, value and remedy."""
    return load(device_file("serial", name), SerialFrame)
