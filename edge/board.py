"""Small notes between processes: the newest state of one writer as JSON, for whoever looks. Never blocks, keeps no history."""

from __future__ import annotations

import json
import mmap
import os
import threading
from pathlib import Path
from typing import Any, Final, Self

from contract.errors import MessageError

BOARD_BYTES: Final = 65_536
_HEADER: Final = 32  # sequence (odd while written), length, beat (float64)


class Board:
    """One writer, many readers. The beat tells a living writer with nothing new to say from a dead one."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 0)  # all of it
        header = memoryview(self._memory)[:_HEADER]
        self._marks, self._beat = header[:16].cast("q"), header[16:24].cast("d")
        self._fence = threading.Lock()

    @classmethod
    def create(cls, path: Path, most_bytes: int = BOARD_BYTES) -> Self:
        """A new one for notes of nearly so many bytes."""
        with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600), "r+b") as file:
            file.truncate(most_bytes)
        return cls(path)

    def beat(self, now_s: float) -> None:
        """I made my round at `now_s` (monotonic seconds)."""
        self._beat[0] = now_s

    @property
    def beat_s(self) -> float:
        """When the writer last made its round; 0.0 before the first."""
        return float(self._beat[0])

    def post(self, note: dict[str, Any], now_s: float) -> None:
        """Replace the note. Raises MessageError when it does not fit."""
        body = json.dumps(note, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
        if len(body) > len(self._memory) - _HEADER:
            raise MessageError(f"note of {len(body)} bytes does not fit the board")
        sequence = int(self._marks[0]) | 1
        self._marks[0] = sequence
        self._order()
        self._marks[1] = len(body)
        self._memory[_HEADER : _HEADER + len(body)] = body
        self._order()
        self._marks[0] = sequence + 1
        self._beat[0] = now_s

    def read(self) -> dict[str, Any] | None:
        """The newest note; None before the first, or when the writer died half-way through one."""
        for _ in range(50):
            before = int(self._marks[0])
            if before == 0 or before % 2:
                self._order()
                continue
            self._order()
            body = bytes(self._memory[_HEADER : _HEADER + int(self._marks[1])])
            self._order()
            if int(self._marks[0]) == before:
                note: dict[str, Any] = json.loads(body)
                return note
        return None

    @property
    def version(self) -> int:
        """Changes with every note."""
        return int(self._marks[0])

    def _order(self) -> None:
        with self._fence:  # an atomic exchange keeps the stores in order on Arm too
            pass

    def close(self) -> None:
        self._marks.release()
        self._beat.release()
        self._memory.close()
