"""Decisions on their way from the loop to the writer: a ring of small records that never blocks the loop.

The ring lives in shared memory made by the supervisor, so what the loop has put in survives the death of the gate
process and of the uplink process. The writer moves `committed` on only after its commit; what it had committed before
dying is recognised by the record's key. Full: health and readings are refused first (the last quarter is kept for
alerts and visits), and every refusal is counted.
"""

from __future__ import annotations

import mmap
import os
import struct
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from contract.topics import ROUTES, Kind

SLOTS: Final = 1024
SLOT_BYTES: Final = 4096
_HEADER: Final = 64  # written, committed, refused: int64 each; then 16 bytes of name
_KINDS: Final = tuple(Kind)
_FIXED: Final = struct.Struct("<qddHH")  # number, wall_s, mono_s, kind, length
MAX_DATA: Final = SLOT_BYTES - _FIXED.size


@dataclass(frozen=True, slots=True)
class Record:
    """One message that has no number yet.

    Attributes:
        number: its place in the ring, 1, 2, 3 ...
        kind: what it is.
        wall_s: UTC seconds since 1970 as the gate believed it.
        mono_s: monotonic seconds.
        data: the message's `data` as JSON, at most MAX_DATA bytes.
    """

    number: int
    kind: Kind
    wall_s: float
    mono_s: float
    data: bytes


class RecordRing:
    """One producer (the gate process), one consumer (the writer)."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), _HEADER + SLOTS * SLOT_BYTES)
        self._marks = memoryview(self._memory)[:24].cast("q")
        self._fence = threading.Lock()

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make an empty ring with a name of its own, readable by this user only."""
        with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600), "r+b") as file:
            file.truncate(_HEADER + SLOTS * SLOT_BYTES)
            file.seek(24)
            file.write(os.urandom(8))
        return cls(path)

    @property
    def name(self) -> str:
        """Names this ring for ever: with the record's number it is the key the writer recognises a repeat by."""
        return bytes(self._memory[24:32]).hex()

    @property
    def written(self) -> int:
        return int(self._marks[0])

    @property
    def committed(self) -> int:
        """The number up to which the writer has committed: what the barrier waits for."""
        return int(self._marks[1])

    @property
    def refused(self) -> int:
        """Records that did not fit, ever."""
        return int(self._marks[2])

    def put(self, kind: Kind, data: bytes, wall_s: float, mono_s: float) -> int | None:
        """Hand a record over. Returns its number, or None when there is no room for it (counted). Never waits."""
        waiting = self.written - self.committed
        priority = ROUTES[kind].priority
        room = SLOTS if priority is not None and priority <= 1 else SLOTS * 3 // 4
        if waiting >= room or len(data) > MAX_DATA:
            self._marks[2] += 1
            return None
        number = self.written + 1
        start = _HEADER + (number % SLOTS) * SLOT_BYTES
        self._memory[start + _FIXED.size : start + _FIXED.size + len(data)] = data
        self._memory[start : start + _FIXED.size] = _FIXED.pack(number, wall_s, mono_s, _KINDS.index(kind), len(data))
        self._order()
        self._marks[0] = number
        return number

    def waiting(self, most: int = 200) -> list[Record]:
        """Uncommitted records, oldest first."""
        first = self.committed + 1
        last = min(self.written, first + most - 1)
        self._order()
        return [self._record(number) for number in range(first, last + 1)]

    def _record(self, number: int) -> Record:
        start = _HEADER + (number % SLOTS) * SLOT_BYTES
        kept, wall_s, mono_s, kind, length = _FIXED.unpack_from(self._memory, start)
        body = start + _FIXED.size
        return Record(kept, _KINDS[kind], wall_s, mono_s, bytes(self._memory[body : body + length]))

    def commit(self, number: int) -> None:
        """Say that every record up to `number` is on disk."""
        self._order()
        self._marks[1] = max(number, self.committed)

    def _order(self) -> None:
        with self._fence:  # an atomic exchange keeps the stores in order on Arm too
            pass

    def close(self) -> None:
        self._marks.release()
        self._memory.close()
