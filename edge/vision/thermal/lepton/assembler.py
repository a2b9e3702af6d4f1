"""From packets to whole frames: only what arrived without a gap, in order, becomes a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal.lepton.crc import PACKET_BYTES
from edge.vision.thermal.lepton.layout import SEGMENT_PACKET
from edge.vision.thermal.lepton.packets import HEADER_BYTES, Packets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.vision.thermal.lepton.layout import Layout

_PAYLOAD: Final = PACKET_BYTES - HEADER_BYTES


class FrameAssembler:
    """Holds one frame in the making. A packet that is missing or out of order ends it; a packet that came twice does not.

    A Lepton 3 sends the segments 1, 2, 3, 4 of a frame and then two frames of segments 0, which are to be ignored. Any other
    order, as 1, 2, 2, 3, 4, ends the frame.

    Attributes:
        broken: frames that were begun and given up so far.
    """

    def __init__(self, layout: Layout) -> None:
        self.broken = 0
        self._layout = layout
        self._frame = np.empty((layout.packets, _PAYLOAD), np.uint8)
        self._segments = 0
        """Whole segments in `_frame`."""
        self._expected = 0
        """Number of the packet that continues the segment being read."""
        self._ignored = False
        """Whether the segment being read is of no use, as segment 0."""
        self._last_number, self._last = -1, np.empty(0, np.uint8)
        """The newest packet and its payload."""

    def feed(self, packets: Packets) -> list[NDArray[np.uint8]]:
        """Take in the packets of one read. Returns the frames that became whole, each (packets, 160) uint8 of its own."""
        frames = []
        for first, segments, payloads in self._runs(packets):
            frame = self._take(first, segments, payloads)
            if frame is not None:
                frames.append(frame)
        if len(packets):
            self._last_number, self._last = int(packets.numbers[-1]), packets.payloads[-1]
        return frames

    def forget(self) -> None:
        """Give up the frame in the making: what comes next does not follow what came before."""
        if self._segments or self._expected:
            self.broken += not self._ignored
        self._segments, self._expected, self._ignored = 0, 0, False

    def _runs(self, packets: Packets) -> list[tuple[int, NDArray[np.intp], NDArray[np.uint8]]]:
        """Packets whose numbers follow one another, without those that came twice: first number, segments, payloads."""
        numbers, segments, payloads = packets.numbers, packets.segments, packets.payloads
        fresh = self._fresh(numbers, payloads)
        if not fresh.all():
            numbers, segments, payloads = numbers[fresh], segments[fresh], payloads[fresh]
        if not len(numbers):
            return []
        starts = [0, *(np.flatnonzero(numbers[1:] != numbers[:-1] + 1) + 1).tolist()]
        ends = [*starts[1:], len(numbers)]
        return [(int(numbers[a]), segments[a:b], payloads[a:b]) for a, b in zip(starts, ends, strict=True)]

    def _fresh(self, numbers: NDArray[np.intp], payloads: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Which packets are not the same as the one before, number and content."""
        fresh = np.ones(len(numbers), np.bool_)
        twice = np.flatnonzero(numbers[1:] == numbers[:-1]) + 1
        fresh[twice] = (payloads[twice] != payloads[twice - 1]).any(axis=1)
        if len(numbers) and numbers[0] == self._last_number:
            fresh[0] = not np.array_equal(payloads[0], self._last)
        return fresh

    def _take(self, first: int, segments: NDArray[np.intp], payloads: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
        if first != self._expected:
            # Two packets 0 that differ: one of them is of another frame, and nothing tells which.
            doubtful = first == 0 and self._expected == 1
            self.forget()
            if first or doubtful:
                return None
        per_segment, after = self._layout.per_segment, first + len(payloads)
        at = self._segments * per_segment
        self._frame[at + first : at + after] = payloads
        if self._layout.segments > 1 and first <= SEGMENT_PACKET < after:
            self._place(int(segments[SEGMENT_PACKET - first]), after)
        self._expected = after
        return self._end_of_segment() if after == per_segment else None

    def _place(self, segment: int, after: int) -> None:
        """The segment being read has told its number; `after` packets of it are in."""
        if segment == self._segments + 1:
            return
        if self._segments:
            self.broken += 1
        if segment == 1:
            at = self._segments * self._layout.per_segment
            self._frame[:after] = self._frame[at : at + after].copy()
        self._segments = 0
        self._ignored = segment != 1

    def _end_of_segment(self) -> NDArray[np.uint8] | None:
        self._expected = 0
        if self._ignored:
            self._ignored = False
            return None
        self._segments += 1
        if self._segments < self._layout.segments:
            return None
        self._segments = 0
        return self._frame.copy()
