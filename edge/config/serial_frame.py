"""What a sensor on a serial line of its own is asked and answers: a file per kind of device, with the page that says so."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from contract.settings_file import Settings, load
from edge.config.byte_fields import MOST_BYTES, ByteValue, Hex, refuse_values
from edge.config.device_files import device_file

CHECKS: Final = {"none": 0, "sum8": 1, "negated_sum8": 1, "xor8": 1, "sum16": 2}
"""Bytes that each kind of checksum takes, at the end of the answer. `sum16` is two bytes, the high one first."""


class FixedByte(Settings):
    """A byte that stands in every answer of this kind of device, such as its gas. Where another stands it is another device."""

    at: Annotated[int, Field(ge=0, lt=MOST_BYTES)]
    byte: Annotated[int, Field(ge=0, le=255)]


class SerialFrame(Settings):
    """A kind of device on a line of its own, asked with `ask`. `source` is the page that everything here is from.

    `begin` is said once after the line is opened, such as *answer only when asked*; what comes back is not looked at. An answer
    has `length` bytes and begins with `starts`. `checksum` is at its end, over what stands before it from byte `checksum_from`
    on, or only to byte `checksum_to`.
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
    checksum_to: Annotated[int | None, Field(ge=0, lt=MOST_BYTES)] = None
    values: Annotated[list[ByteValue], Field(min_length=1, max_length=32)]

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
        if self.checksum_to is not None and not self.checksum_from <= self.checksum_to < data:
            raise ValueError(
                f"checksum_to is {self.checksum_to}: it is the last byte that counts, "
                "not before checksum_from, nor in the checksum"
            )
        for one in self.fixed:
            if one.at >= data:
                raise ValueError(
                    f"fixed: byte {one.at} lies behind the {data} bytes of the answer, counted from 0, without its checksum"
                )
        refuse_values(self.values, data)
        return self


def load_frame(name: str) -> SerialFrame:
    """Raises SettingsError naming file, key, value and remedy."""
    return load(device_file("serial", name), SerialFrame)
