"""From the verdict to the guard's screen: outbox, broker, ledger, live stream, browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.house_run import watched
from benchmarks.result import Figure, Json, Result
from benchmarks.timing import Summary

TO_SCREEN_P95_MS, IN_VIEW_S = 300.0, 1.0
SHOWN: Final = 60


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Raises MenshenError where a program does not start or there is no Chromium."""
    run = watched(folder, say)
    to_screen, floor = Summary.of(run.to_screen_ms), Summary.of(run.floor_ms)
    in_view, near = Summary.of(run.in_view_s), Summary.of(run.near_s)
    figures = (
        Figure("verdict to guard's screen: p50", to_screen.p50, "ms"),
        Figure("verdict to guard's screen: p95", to_screen.p95, "ms", TO_SCREEN_P95_MS),
        Figure("verdict to guard's screen: p99", to_screen.p99, "ms"),
        Figure("p50 / two commits and one broker hop", to_screen.p50 / floor.p50, "x"),
        Figure("person near enough to first verdict: median", near.p50, "s", IN_VIEW_S),
        Figure("face first seen, far away, to first verdict: median", in_view.p50, "s"),
    )
    details: dict[str, Json] = {
        "decisions": dict(run.decisions),
        "decisions_timed": to_screen.count,
        "decisions_not_seen": run.unseen,
        "visits": in_view.count,
        "to_screen_ms": [round(one, 1) for one in run.to_screen_ms[:SHOWN]],
        "in_view_s": [round(one, 2) for one in run.in_view_s[:SHOWN]],
        "near_s": [round(one, 2) for one in run.near_s[:SHOWN]],
        "floor_ms": {"p50": floor.p50, "p95": floor.p95, "count": floor.count},
    }
    method = (
        "broker, cloud, gate (drawn people who walk up) and headless Chromium on this machine; from `decided` to the change of "
        "the page; near enough: the scene's own truth (face at least as large as `zone.min_face`, in the zone)"
    )
    return Result("screen", method, figures, details)
