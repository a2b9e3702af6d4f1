"""How large the pictures between processes are; without numpy, which whoever only makes room for them does without."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SLOTS: Final = 3
HEADER: Final = 64
"""Bytes: one int64, the number of the newest whole frame."""
SLOT_HEADER: Final = 64
"""Bytes: sequence, number, taken_s."""
_ITEM_BYTES: Final = {"uint8": 1, "uint16": 2}


@dataclass(frozen=True, slots=True)
class FrameShape:
    """What one ring carries.

    Attributes:
        rows, cols: picture size in pixels.
        channels: 3 for BGR, 1 for thermal.
        dtype: "uint8" for colour, "uint16" for raw thermal counts.
    """

    rows: int
    cols: int
    channels: int
    dtype: str

    @property
    def shape(self) -> tuple[int, ...]:
        return (self.rows, self.cols, self.channels) if self.channels > 1 else (self.rows, self.cols)

    @property
    def items(self) -> int:
        return self.rows * self.cols * self.channels

    @property
    def nbytes(self) -> int:
        return self.items * _ITEM_BYTES[self.dtype]

    @property
    def ring_bytes(self) -> int:
        return HEADER + SLOTS * (SLOT_HEADER + self.nbytes)


def make_room(path: Path, form: FrameShape) -> None:
    """Make the memory of a ring, readable by this user only. It belongs on a memory file system: no picture reaches a disk."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600), "r+b") as file:
        file.truncate(form.ring_bytes)
