"""How one reading stands, and what a month of them looks like in a picture. No clock and no store in here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FRESH_MS: Final = 900_000
"""So long a reading counts as how things are where its gate does not say. A choice of ours: no notice names a time."""
LATE_MS: Final = 60_000
"""What the way from the sensor to the cloud may take before a reading counts as old."""
PIECES_S: Final = (10, 300, 900, 1_800, 3_600)
MOST_PIECES: Final = 750
SUMMED_S: Final = 300


class Standing(StrEnum):
    """What a board says of one reading. Only a value that is known now and has limits it keeps is fine."""

    OVER = "over"
    UNDER = "under"
    UNKNOWN = "unknown"
    UNLIMITED = "unlimited"
    """It is known; nobody has said what would be too much."""
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Said:
    """The newest of one sensor; see the table `newest_reading`."""

    value: float | None
    at_ms: int
    fresh_ms: int | None
    least: float | None
    most: float | None

    @property
    def fresh_until_ms(self) -> int:
        """From then on it says nothing about now."""
        return self.at_ms + (FRESH_MS if self.fresh_ms is None else self.fresh_ms) + LATE_MS

    def standing(self, now_ms: int) -> Standing:
        if self.value is None or now_ms > self.fresh_until_ms:
            return Standing.UNKNOWN
        if self.most is not None and not self.value < self.most:
            return Standing.OVER
        if self.least is not None and not self.value > self.least:
            return Standing.UNDER
        return Standing.UNLIMITED if self.least is None and self.most is None else Standing.FINE


@dataclass(frozen=True, slots=True)
class Piece:
    """What was said within `piece_s` from `start_s` on, UTC seconds. `count`: of so many readings."""

    start_s: int
    least: float
    mean: float
    most: float
    count: int


def piece_s(span_s: int) -> int:
    """How long a piece is that a span is shown in: the shortest of ours with which there are not too many."""
    return next((one for one in PIECES_S if span_s <= one * MOST_PIECES), PIECES_S[-1])


def pieces(means: Iterable[tuple[float, float, int]], length_s: int) -> list[Piece]:
    """From (time in UTC seconds, mean, of how many), oldest first. Where nothing was said there is no piece."""
    made: list[Piece] = []
    for at_s, mean, count in means:
        start_s = int(at_s // length_s) * length_s
        if made and made[-1].start_s == start_s:
            last = made[-1]
            whole = last.count + count
            middle = last.mean + (mean - last.mean) * count / whole
            made[-1] = Piece(start_s, min(last.least, mean), middle, max(last.most, mean), whole)
        else:
            made.append(Piece(start_s, mean, mean, mean, count))
    return made


def gap_s(length_s: int, fresh_ms: int | None) -> int:
    """From one piece to the next: longer than this, and nothing is known of the time between."""
    return length_s + max(length_s, round((FRESH_MS if fresh_ms is None else fresh_ms) / 1000))
