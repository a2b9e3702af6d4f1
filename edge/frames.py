"""Pictures between processes: one writer, any number of readers, three slots in shared memory, no torn frame.

A slot's sequence number is odd while it is written and even when it is whole; a reader copies and looks at the number
again. The writer always takes the slot after the newest, so a reader would have to sleep for two whole frames to be
overtaken, and then it sees the number changed. A writer killed half-way leaves an odd number nobody reads.
"""

from __future__ import annotations

import contextlib
import mmap
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from edge.frame_shape import HEADER, SLOT_HEADER, SLOTS, FrameShape, make_room


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture as read: a private copy.

    Attributes:
        pixels: array of the ring's shape and type.
        number: 1, 2, 3 ... as written; never smaller later, not even after the writer was restarted.
        taken_s: monotonic time of arrival minus the source's latency, seconds.
        ffc_age_s: seconds since the last shutter event at `taken_s`; infinity where the source has no shutter; NaN: nobody knows.
    """

    pixels: NDArray[np.generic]
    number: int
    taken_s: float
    ffc_age_s: float


class FrameRing:
    """The shared memory itself, made by the supervisor (`create`) and opened by path in every process (`FrameRing`)."""

    def __init__(self, path: Path, form: FrameShape) -> None:
        self.form = form
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), form.ring_bytes)
        self._newest = np.frombuffer(self._memory, np.int64, 1, 0)
        self._slots = [self._slot(index) for index in range(SLOTS)]
        self._fence = threading.Lock()

    @classmethod
    def create(cls, path: Path, form: FrameShape) -> Self:
        """Make its memory and open it."""
        make_room(path, form)
        return cls(path, form)

    def _slot(self, index: int) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.generic]]:
        start = HEADER + index * (SLOT_HEADER + self.form.nbytes)
        marks = np.frombuffer(self._memory, np.int64, 2, start)
        times = np.frombuffer(self._memory, np.float64, 2, start + 16)
        pixels = np.frombuffer(self._memory, self.form.dtype, self.form.items, start + SLOT_HEADER)
        return marks, times, pixels.reshape(self.form.shape)

    def write(self, pixels: NDArray[np.generic], taken_s: float, ffc_age_s: float = float("nan")) -> int:
        """Put one picture in. Returns its number. One writer at a time."""
        number = int(self._newest[0]) + 1
        marks, times, slot = self._slots[number % SLOTS]
        marks[0] = int(marks[0]) | 1
        self._order()
        marks[1] = number
        times[0] = taken_s
        times[1] = ffc_age_s
        np.copyto(slot, pixels, casting="no")
        self._order()
        marks[0] = 2 * number
        self._order()
        self._newest[0] = number
        return number

    def read(self, after: int = 0, into: NDArray[np.generic] | None = None) -> Frame | None:
        """The newest whole picture if its number is above `after`, else None. Never blocks.

        The copy goes into `into` (of the ring's shape and type) where one is given: fresh memory costs ten times the copy.
        """
        for _ in range(SLOTS):
            number = int(self._newest[0])
            if number <= after:
                return None
            marks, times, slot = self._slots[number % SLOTS]
            before = int(marks[0])
            if before != 2 * number:
                continue
            self._order()
            pixels = np.empty_like(slot) if into is None else into
            np.copyto(pixels, slot, casting="no")
            frame = Frame(pixels, number, float(times[0]), float(times[1]))
            self._order()
            if int(marks[0]) == before:
                return frame
        return None

    @property
    def newest(self) -> int:
        """The number of the newest whole picture; 0 before the first."""
        return int(self._newest[0])

    def _order(self) -> None:
        # Taking and giving back a lock is an atomic exchange: it keeps the stores in order on Arm too.
        with self._fence:
            pass

    def close(self) -> None:
        del self._newest, self._slots
        with contextlib.suppress(BufferError):  # an error on its way out still looks into the memory: it goes with the error
            self._memory.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
