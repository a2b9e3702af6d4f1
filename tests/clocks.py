"""Time that only moves when a test says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass
class FakeClock:
    """Both clocks of `edge.clock.Clock`, moved by hand."""

    now_s: float = 1000.0
    began: datetime = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)

    def monotonic_s(self) -> float:
        return self.now_s

    def wall(self) -> datetime:
        return self.began + timedelta(seconds=self.now_s - 1000.0)

    def advance(self, seconds: float) -> None:
        self.now_s += seconds
