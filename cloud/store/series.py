"""The series store: one Protocol, two stores. Writing a point again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from contract.series import Measurement, Point

FIVE_MINUTES_S: Final = 300
CATEGORY: Final = "verdict"
"""The one text field that is counted by its values."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `start_s` (included) to `end_s` (not included), UTC seconds since 1970."""

    start_s: int
    end_s: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One value at one time, UTC nanoseconds."""

    ns: int
    value: float


@dataclass(frozen=True, slots=True)
class Bucket:
    """Five minutes of one series.

    Attributes:
        start_s: where they begin, UTC seconds, a multiple of 300.
        gate, kind: tags.
        mean: of a number field; of a counted text field 1.0.
        count: how many points.
    """

    start_s: int
    gate: str
    kind: str
    mean: float
    count: int


class SeriesStore(Protocol):
    """Raises SeriesAwayError when it does not answer, SeriesRefusedError when it will not have a point."""

    def write(self, points: Sequence[Point]) -> None:
        """Store these. Same measurement, tags and time is the same point."""

    def samples(self, measurement: Measurement, field: str, gate: str, span: Span) -> list[Sample]:
        """Every value of one number field of one gate, oldest first."""

    def buckets(self, measurement: Measurement, field: str, span: Span, gate: str | None = None) -> list[Bucket]:
        """Five-minute mean and count of every gate, or of one. `verdict=pass` as field counts one value of a text field."""

    def probe(self) -> None:
        """Answer, or raise."""

    def close(self) -> None: ...
