"""Whether bytes hold a picture: a picture file of any common kind, or raw pixels of what a camera shows now."""

from __future__ import annotations

import re
from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

_FILES: Final = re.compile(
    rb"\xff\xd8\xff[\xc0-\xfe]"  # JPEG
    rb"|\x89PNG\r\n\x1a\n"
    rb"|RIFF....WEBP|RIFF....AVI "
    rb"|GIF8[79]a"
    rb"|ftyp(?:avi[fs]|heic|mif1|isom|mp4[12])"
    rb"|II\*\x00|MM\x00\*"  # TIFF
    rb"|\x93NUMPY"
    rb"|CPTV"
    rb"|BM....\x00\x00\x00\x00....\x28\x00\x00\x00",
    re.DOTALL,
)
_SEGMENT: Final = 36
_SEGMENTS_A_PICTURE: Final = 40
_KEPT: Final = 160
"""Of the last few pictures: what is written is looked into at once."""
_LEAST_DIFFERENT: Final = 12
"""A segment with fewer different bytes, such as a piece of white wall, says nothing."""


class Pictures:
    """What is looked for. Hand it the newest pictures as they come."""

    def __init__(self, seed: int = 1) -> None:
        self._rng = np.random.default_rng(seed)
        self._segments: deque[bytes] = deque(maxlen=_KEPT)

    def see(self, pixels: NDArray[np.generic]) -> None:
        """Remember pieces of this picture's rows as they lie in memory."""
        rows = np.ascontiguousarray(pixels).reshape(len(pixels), -1).view(np.uint8)
        for row in self._rng.integers(0, len(rows), _SEGMENTS_A_PICTURE):
            start = int(self._rng.integers(0, rows.shape[1] - _SEGMENT))
            segment = rows[row, start : start + _SEGMENT].tobytes()
            if len(set(segment)) >= _LEAST_DIFFERENT:
                self._segments.append(segment)

    @property
    def known(self) -> int:
        """Pieces that are looked for."""
        return len(self._segments)

    def found_in(self, content: bytes) -> str | None:
        """What of a picture these bytes hold, or None."""
        if (file := _FILES.search(content)) is not None:
            return f"a picture file ({file.group()[:12]!r})"
        if any(segment in content for segment in self._segments):
            return "raw pixels"
        return None
