"""What a sensor on I2C is told and answers: a file per kind of device, with the page that says so."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from contract.settings_file import Settings, load
from edge.config.byte_fields import ByteValue, Hex, refuse_values
from edge.config.device_files import device_file

WORD: Final = 3
"""Two bytes and their checksum: `crc8_words`."""
MOST_BYTES: Final = 128
Length = Annotated[int, Field(ge=1, le=MOST_BYTES)]


class Step(Settings):
    """Bytes that are written to the device, and how long it then needs before it takes or gives anything more."""

    write: Annotated[Hex, Field(min_length=1)]
    wait_ms: Annotated[float, Field(ge=0, le=2000)] = 0.0


class Ready(Step):
    """Asked before each reading. It has measured anew where any bit of `mask` is set in the answer's number, high byte first."""

    length: Length
    mask: Annotated[int, Field(ge=1)]


class I2cExchange(Settings):
    """A kind of device. `source` is the page that everything here is from; `address` the usual one, of 7 bits.

    `begin` is written when the bus was opened, and again where there was no good value for `begin_again_s`: the device was
    without power meanwhile. For each reading `ask` is written and `length` bytes are read, after the last step's wait; where that
    is 0 in one transaction with it (a repeated start). `crc8_words`: behind each two bytes stands their CRC-8 (polynomial 0x31,
    begun with 0xFF), and these checksums are not counted in `at` and `mask`.
    """

    device: Annotated[str, Field(min_length=1, max_length=80)]
    source: Annotated[str, Field(min_length=10, max_length=500)]
    address: Annotated[int, Field(ge=0x08, le=0x77)]
    begin: Annotated[list[Step], Field(max_length=8)] = Field(default_factory=list)
    begin_again_s: Annotated[float, Field(ge=2, le=3600)] = 30.0
    ready: Ready | None = None
    ask: Annotated[list[Step], Field(min_length=1, max_length=8)]
    length: Length
    checksum: Literal["none", "crc8_words"] = "none"
    values: Annotated[list[ByteValue], Field(min_length=1, max_length=32)]

    def data(self, length: int) -> int:
        """Bytes of an answer of `length` bytes without its checksums."""
        return length if self.checksum == "none" else length // WORD * (WORD - 1)

    @property
    def waits_s(self) -> float:
        """All that is waited for in one reading, at the most."""
        steps = [*self.begin, *self.ask, *([self.ready] if self.ready else [])]
        return sum(one.wait_ms for one in steps) / 1000.0

    @model_validator(mode="after")
    def _fits(self) -> I2cExchange:
        lengths = {"length": self.length} | ({"ready.length": self.ready.length} if self.ready else {})
        for key, length in lengths.items():
            if self.checksum == "crc8_words" and length % WORD:
                raise ValueError(f"{key} is {length}; words of two bytes and their checksum have a multiple of {WORD}")
        if self.ready and self.ready.mask >> 8 * self.data(self.ready.length):
            raise ValueError(f"ready.mask has more bits than the {self.data(self.ready.length)} bytes of that answer")
        refuse_values(self.values, self.data(self.length))
        return self


def load_exchange(name: str) -> I2cExchange:
    """Raises SettingsError naming file, key, value and remedy."""
    return load(device_file("i2c", name), I2cExchange)
