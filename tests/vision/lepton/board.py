"""A PureThermal board at the other end of the USB driver's requests."""

from __future__ import annotations

from dataclasses import dataclass, field

from edge.sim.wire.lepton_registers import LeptonRegisters
from edge.vision.thermal.lepton.commands import Command, words_of
from edge.vision.thermal.lepton.uvc_extension import GET_CUR, SET_CUR, selector_of

UNIT = {0x01: 3, 0x48: 4, 0x4E: 5, 0x02: 6}
COMMANDS = {(UNIT[command >> 8], selector_of(command)): command for command in Command}


@dataclass
class Board:
    """What answers the requests of the kernel's UVC driver: little-endian words, one byte for a command to run."""

    registers: LeptonRegisters = field(default_factory=lambda: LeptonRegisters("500-0771-01", 7))
    deaf: set[Command] = field(default_factory=set)
    requests: list[tuple[int, int, int, int]] = field(default_factory=list)

    def __call__(self, unit: int, selector: int, query: int, data: bytes) -> bytes:
        self.requests.append((unit, selector, query, len(data)))
        command = COMMANDS[unit, selector]
        if command in self.deaf:
            raise OSError(2, "No such file or directory")
        size = 1 if words_of(command) == 0 else 2 * words_of(command)
        if len(data) != size:
            raise OSError(105, "No buffer space available")
        if query == SET_CUR and size == 1:
            self.registers.ran.append(command)
            return data
        if query == SET_CUR:
            self.registers.attributes[command] = tuple(int.from_bytes(data[at : at + 2], "little") for at in range(0, size, 2))
            return data
        assert query == GET_CUR
        return b"".join(word.to_bytes(2, "little") for word in self.registers.attributes[command]).ljust(size, b"\0")
