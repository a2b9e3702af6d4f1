"""Times of one thing, by the clock on the wall and by the processor's, summed up the same way everywhere.

The design's budgets are for the clock on the wall of an idle machine. Where other programs want the same cores, the processor's
time of the same rounds says how much of it was ours.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Self, TypeVar

import numpy as np

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Summary:
    """Of `count` times, all in the unit they were given in; NaN where there are none."""

    count: int
    p50: float
    p95: float
    p99: float
    most: float

    @classmethod
    def of(cls, times: Sequence[float]) -> Self:
        if not times:
            return cls(0, *[float("nan")] * 4)
        p50, p95, p99 = (round(float(value), 4) for value in np.percentile(times, (50, 95, 99)))
        return cls(len(times), p50, p95, p99, round(float(max(times)), 4))


@dataclass(frozen=True, slots=True)
class Times:
    """Of one thing done again and again, milliseconds, in order.

    Attributes:
        wall_ms: from begin to end.
        cpu_ms: of it, what this thread was given a processor for.
    """

    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def of(self, work: Callable[[], T]) -> T:
        """Do it once, with both watches running."""
        cpu_ns, wall_ns = time.thread_time_ns(), time.perf_counter_ns()
        done = work()
        self.wall_ms.append((time.perf_counter_ns() - wall_ns) / 1e6)
        self.cpu_ms.append((time.thread_time_ns() - cpu_ns) / 1e6)
        return done

    def without_first(self, count: int) -> Times:
        """Those after the first `count`, which were there to warm up."""
        return Times(self.wall_ms[count:], self.cpu_ms[count:])

    @property
    def wall(self) -> Summary:
        return Summary.of(self.wall_ms)

    @property
    def cpu(self) -> Summary:
        return Summary.of(self.cpu_ms)

    def over(self, other: Times) -> tuple[float, float]:
        """Median of how much more each took than its neighbour of `other`, by wall and by processor, milliseconds."""
        return median_over(self.wall_ms, other.wall_ms), median_over(self.cpu_ms, other.cpu_ms)


def median_over(ones: Sequence[float], others: Sequence[float]) -> float:
    return float(np.median(np.subtract(ones, others))) if ones else float("nan")


def added(parts: Sequence[Times]) -> Times:
    """Round by round, the parts together."""
    wall, cpu = (zip(*lists, strict=True) for lists in ([one.wall_ms for one in parts], [one.cpu_ms for one in parts]))
    return Times([sum(one) for one in wall], [sum(one) for one in cpu])


def side_by_side(works: Sequence[Callable[[], object]], rounds: int, warm: int = 10) -> list[Times]:
    """A B C A B C ...: each `rounds` times, so that what disturbs one disturbs its neighbour too."""
    times = [Times() for _ in works]
    for _ in range(warm + rounds):
        for one, work in zip(times, works, strict=True):
            one.of(work)
    return [one.without_first(warm) for one in times]
