"""Time, handed in. Intervals are measured with `monotonic_s` only; wall time is for labels."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

BUILT: Final = datetime(2026, 11, 1, tzinfo=UTC)
"""No true clock of this software shows less; a gate that boots in 1970 is told so by this."""


class Clock(Protocol):
    def monotonic_s(self) -> float:
        """Seconds since boot, shared by all processes of the machine, never set back."""

    def wall(self) -> datetime:
        """UTC as the machine believes it."""


class SystemClock:
    def monotonic_s(self) -> float:
        return time.monotonic()

    def wall(self) -> datetime:
        return datetime.now(UTC)


def clock_ok(now: datetime) -> bool:
    """Whether `now` can be true at all."""
    return now >= BUILT


def boot_name() -> str:
    """A name of this boot of the machine, for ordering times only, part of no id."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return "unknown"
