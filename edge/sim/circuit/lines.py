"""GPIO lines in shared memory: one process writes outputs (the gate), another sets inputs (the circuit).

A killed writer leaves its lines as they were, as a Linux kernel may. Every change of an output stands in a ring with its time, so
that the circuit sees each edge, however late it looks.
"""

from __future__ import annotations

import mmap
import os
import struct
import threading
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Final, Self

LINES: Final = 64
EDGES: Final = 1024
_COUNT: Final = struct.Struct("<q")
_EDGE: Final = struct.Struct("<dii")  # monotonic seconds, line, level
_OUTPUTS: Final = 64
_INPUTS: Final = _OUTPUTS + LINES
_RING: Final = _INPUTS + LINES
_BYTES: Final = _RING + EDGES * _EDGE.size


class Level(IntEnum):
    """What a wire does to a line; OPEN leaves it to the line's own pull."""

    LOW = 0
    HIGH = 1
    OPEN = 2


@dataclass(frozen=True, slots=True)
class Edge:
    """One change of an output. `at_s` is monotonic seconds."""

    at_s: float
    line: int
    high: bool


class Lines:
    """One process writes outputs, one sets inputs; both read all."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), _BYTES)
        self._fence = threading.Lock()

    @classmethod
    def create(cls, path: Path) -> Self:
        """All outputs low, all inputs open."""
        with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600), "r+b") as file:
            file.truncate(_BYTES)
        self = cls(path)
        for line in range(LINES):
            self.set_input(line, Level.OPEN)
        return self

    @property
    def count(self) -> int:
        """Edges so far."""
        return int(_COUNT.unpack_from(self._memory, 0)[0])

    def output(self, line: int) -> bool:
        return self._memory[_OUTPUTS + line] == 1

    def put(self, line: int, *, high: bool, now_s: float) -> None:
        """Set an output at `now_s`; nothing happens where it is so already."""
        if self.output(line) == high:
            return
        count = self.count
        self._memory[_OUTPUTS + line] = int(high)
        _EDGE.pack_into(self._memory, _RING + count % EDGES * _EDGE.size, now_s, line, high)
        self._order()
        _COUNT.pack_into(self._memory, 0, count + 1)

    def edges(self, since: int) -> list[Edge]:
        """Edges number `since` and later, at most the newest EDGES, oldest first."""
        count = self.count
        self._order()
        found = (
            _EDGE.unpack_from(self._memory, _RING + number % EDGES * _EDGE.size)
            for number in range(max(since, count - EDGES), count)
        )
        return [Edge(at_s, line, bool(level)) for at_s, line, level in found]

    def input(self, line: int) -> Level:
        return Level(self._memory[_INPUTS + line])

    def set_input(self, line: int, level: Level) -> None:
        self._memory[_INPUTS + line] = level

    def _order(self) -> None:
        with self._fence:  # an atomic exchange keeps the stores in order on Arm too
            pass

    def close(self) -> None:
        self._memory.close()
