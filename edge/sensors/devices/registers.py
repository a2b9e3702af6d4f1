"""Modbus registers become values by a register map: numbers in, values out, no bus."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from edge.config.register_map import Register, RegisterMap
from edge.sensors.devices.values import value_of
from edge.sensors.reading import Trouble

_FORMATS: Final = {"int16": ">h", "uint16": ">H", "int32": ">i", "uint32": ">I", "float32": ">f"}


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a device: `count` registers or bits of a kind from `first` on, which hold `registers`."""

    kind: str
    first: int
    count: int
    registers: tuple[Register, ...]

    def values(self, words: Sequence[int]) -> dict[str, float | Trouble]:
        """What an answer means. `words` may be too few: then the device is another than the map says."""
        if len(words) < self.count:
            return {one.quantity: Trouble.WRONG_PAYLOAD for one in self.registers}
        return {one.quantity: decode(one, words[one.address - self.first :][: one.count]) for one in self.registers}


def requests(told: RegisterMap) -> tuple[Request, ...]:
    """As few as can be: registers that follow each other are asked together. Over a gap nobody reads: a device may refuse it."""
    found: list[Request] = []
    for one in sorted(told.registers, key=lambda register: (register.kind, register.address)):
        last = found[-1] if found else None
        if last is not None and last.kind == one.kind and one.address == last.first + last.count:
            found[-1] = Request(one.kind, last.first, last.count + one.count, (*last.registers, one))
        else:
            found.append(Request(one.kind, one.address, one.count, (one,)))
    return tuple(found)


def decode(told: Register, words: Sequence[int]) -> float | Trouble:
    """The value of a register, in the unit of its quantity. `words`: 16 bits each, or one bit; as they came."""
    if told.type == "bit":
        return float(bool(words[0]) != told.inverted)
    ordered = words if told.word_order == "high_first" else words[::-1]
    raw = struct.pack(f">{told.count}H", *(word & 0xFFFF for word in ordered))
    (number,) = struct.unpack(_FORMATS[told.type], raw)
    return value_of(told, number)
