"""The series store: one Protocol, two stores. Writing a point again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple, Protocol

from contract.series import Measurement, Point

FIVE_MINUTES_S: Final = 300
DAY_S: Final = 86_400
CATEGORY: Final = "verdict"
"""The one text field that is counted by its values."""


class Step(IntEnum):
    """How long the pieces are that a span is summed up in, seconds."""

    FIVE_MINUTES = FIVE_MINUTES_S
    HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Span:
    """From `start_s` (included) to `end_s` (not included), UTC seconds since 1970."""

    start_s: int
    end_s: int

    def whole(self, step_s: int) -> Span:
        """The same, widened to whole steps."""
        return Span(self.start_s // step_s * step_s, -(-self.end_s // step_s) * step_s)


# Answers are named tuples: a month of every gate is 172,800 of them, and as dataclasses those take twice as long to make.
class Sample(NamedTuple):
    """One value at one time, UTC nanoseconds."""

    ns: int
    value: float


class Bucket(NamedTuple):
    """Five minutes, or an hour, of one series.

    Attributes:
        start_s: where they begin, UTC seconds, a multiple of the step.
        gate, kind: tags.
        mean: of a number field; of a counted text field 1.0.
        count: how many points.
    """

    start_s: int
    gate: str
    kind: str
    mean: float
    count: int  # type: ignore[assignment]  # a tuple has a method of this name, which nobody calls here


class Sensed(NamedTuple):
    """One quantity of one sensor."""

    gate: str
    sensor: str
    quantity: str


class Mean(NamedTuple):
    """What a sensor said at a time, UTC seconds, or the mean of the five minutes from then on; of so many values."""

    at_s: float
    mean: float
    count: int  # type: ignore[assignment]  # as above


class SeriesStore(Protocol):
    """Raises SeriesAwayError when it does not answer, SeriesRefusedError when it will not have a point."""

    def write(self, points: Sequence[Point]) -> None:
        """Store these. Same measurement, tags and time is the same point."""

    def samples(self, measurement: Measurement, field: str, gate: str, span: Span) -> list[Sample]:
        """Every value of one number field of one gate, oldest first."""

    def buckets(
        self, measurement: Measurement, field: str, span: Span, gate: str | None = None, step: Step = Step.FIVE_MINUTES
    ) -> list[Bucket]:
        """Mean and count of every step that touches the span, of every gate or of one, by gate and time.

        `verdict=pass` as field counts one value of a text field.
        """

    def sensed(self, one: Sensed, span: Span, *, each: bool) -> list[Mean]:
        """What one sensor said, oldest first: each value, or the means of five minutes. Where it had none there is nothing."""

    def summarise(self, span: Span) -> None:
        """Bring the sums of steps up to date for a span whose points were written late."""

    def upkeep(self, now_s: int) -> None:
        """Now and then: give up what is older than it is kept; sum up what came late."""

    def probe(self) -> None:
        """Answer, or raise."""

    def close(self) -> None: ...
