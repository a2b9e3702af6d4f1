"""How the packets of one model make a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TELEMETRY_LINES: Final = {1: 3, 4: 4}
"""Packets of telemetry by segments of a frame: rows A, B, C of a Lepton 2, and a fourth, reserved, of a Lepton 3."""
WORDS: Final = 80
"""16-bit words in a packet: one line of a Lepton 2, half a line of a Lepton 3."""
SEGMENT_PACKET: Final = 20
"""The only packet whose ID tells the number of its segment."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Of a frame with telemetry or without.

    Attributes:
        rows, cols: of the picture.
        segments: 1 on a Lepton 2, 4 on a Lepton 3.
        telemetry: whether there are telemetry lines.
        header: whether they come before the picture (data sheet: packets 0 to 3 of segment 1), not after it.
    """

    rows: int
    cols: int
    segments: int
    telemetry: bool = True
    header: bool = False

    @property
    def picture_packets(self) -> int:
        return self.rows * self.cols // WORDS

    @property
    def telemetry_packets(self) -> int:
        return TELEMETRY_LINES[self.segments] if self.telemetry else 0

    @property
    def packets(self) -> int:
        """Of a whole frame: 60, 63, 240 or 244."""
        return self.picture_packets + self.telemetry_packets

    @property
    def per_segment(self) -> int:
        """60 or 63 on a Lepton 2, 60 or 61 on a Lepton 3."""
        return self.packets // self.segments


LEPTON_2: Final = Layout(60, 80, 1)
LEPTON_3: Final = Layout(120, 160, 4)
