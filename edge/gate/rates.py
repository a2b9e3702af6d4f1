"""How fast the loop is: kept as numbers, summed up once per health message."""

from __future__ import annotations

from typing import Final

import numpy as np

KEPT: Final = 512


class Rates:
    """Times of the last KEPT rounds with a picture, and what was counted since the last summary."""

    def __init__(self, now_s: float) -> None:
        self._times_ms = np.zeros(KEPT, np.float64)
        self._count = 0
        self._kept = 0
        self._since_s = now_s
        self._colour = 0
        self._thermal = 0
        self.skipped = 0
        self.skipped_ever = 0

    def colour(self, skipped: int) -> None:
        self._colour += 1
        self.skipped += skipped
        self.skipped_ever += skipped

    def thermal(self) -> None:
        self._thermal += 1

    def round(self, took_s: float) -> None:
        self._times_ms[self._count % KEPT] = took_s * 1000.0
        self._count += 1
        self._kept = max(self._kept, min(self._count, KEPT))

    def recent_ms(self) -> dict[str, float | None]:
        """loop_p50_ms and loop_p99_ms of the last rounds with a picture, KEPT of them at most; takes nothing."""
        if self._kept == 0:
            return {"loop_p50_ms": None, "loop_p99_ms": None}
        p50, p99 = (float(value) for value in np.percentile(self._times_ms[: self._kept], (50, 99)))
        return {"loop_p50_ms": p50, "loop_p99_ms": p99}

    def take(self, now_s: float) -> dict[str, float | int | None]:
        """Rates since the last call: colour_fps, thermal_fps, frames_skipped, loop_p50_ms, loop_p99_ms."""
        span_s = max(now_s - self._since_s, 1e-6)
        kept = self._times_ms[: min(self._count, KEPT)]
        p50, p99 = (float(value) for value in np.percentile(kept, (50, 99))) if kept.size else (None, None)
        rates = {
            "colour_fps": round(self._colour / span_s, 2),
            "thermal_fps": round(self._thermal / span_s, 2),
            "frames_skipped": self.skipped,
            "loop_p50_ms": p50,
            "loop_p99_ms": p99,
        }
        self._since_s, self._colour, self._thermal, self.skipped, self._count = now_s, 0, 0, 0, 0
        return rates
