"""One run of the whole house, watched from the guard's screen: delays and memory sizes of the same minutes."""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.floor import floor
from benchmarks.guard_page import GuardPage, guard_page
from benchmarks.house import ADMIN_PASSWORD, House, Sizes, house
from benchmarks.near import Near

VISITS: Final = 20
MOST_S: Final = 200.0
SIZES_EVERY_S: Final = 15.0
Key = tuple[str, int]


@dataclass(slots=True)
class HouseRun:
    """What was seen.

    Attributes:
        to_screen_ms: from `decided` to the row in the guard's page, one a decision.
        in_view_s: from `first_seen`, far away, to the first decision, one a visit.
        near_s: from standing near enough, as the scene knows, to the first decision.
        floor_ms: the bare limit of the same minutes.
        sizes_mb: by program and process, one each SIZES_EVERY_S.
        decisions: how many of each verdict.
        unseen: decisions that never came to the screen.
    """

    to_screen_ms: list[float] = field(default_factory=list)
    in_view_s: list[float] = field(default_factory=list)
    near_s: list[float] = field(default_factory=list)
    floor_ms: list[float] = field(default_factory=list)
    sizes_mb: list[Sizes] = field(default_factory=list)
    decisions: Counter[str] = field(default_factory=Counter)
    unseen: int = 0


_runs: list[HouseRun] = []


def watched(folder: Path, say: Callable[[str], None]) -> HouseRun:
    """Run until VISITS people were judged and seen. Both rows that need it share one run."""
    if not _runs:
        _runs.append(_run(folder, say))
    return _runs[0]


def _run(folder: Path, say: Callable[[str], None]) -> HouseRun:
    run = HouseRun()
    with house(folder) as running, guard_page(running.web, "admin", ADMIN_PASSWORD) as page:
        with floor(running.broker, folder) as limit, running.gate():
            near = Near(running.rundir)
            _watch(running, page, run, say)
            run.floor_ms = limit.sums_ms
        decisions = _decisions(running.database)
        _compare(decisions, page.seen(), run)
        _wait(decisions, near, run)
    return run


def _watch(running: House, page: GuardPage, run: HouseRun, say: Callable[[str], None]) -> None:
    begun_s = sized_s = time.monotonic()
    told = 0
    while (now_s := time.monotonic()) - begun_s < MOST_S:
        page.wait(1.0)
        people = len({visit for visit, _ in page.seen()})
        if people >= VISITS:
            break
        if people >= told + 5:
            told = people
            say(f"{people} people were judged")
        if now_s - sized_s >= SIZES_EVERY_S:
            sized_s = now_s
            run.sizes_mb.append(running.sizes_mb())
    page.wait(2.0)  # so that the newest decision has come through as well


def _decisions(database: Path) -> dict[Key, dict[str, Any]]:
    """Every decision of the gate, as it stands on its disk."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    rows = connection.execute("SELECT data FROM event WHERE kind = 'visit'").fetchall()
    connection.close()
    visits = [json.loads(data) for (data,) in rows]
    return {(visit["visit"], visit["revision"]): visit for visit in visits}


def _compare(decisions: dict[Key, dict[str, Any]], seen: dict[Key, float], run: HouseRun) -> None:
    last_s = max(seen.values(), default=0.0)
    for key, visit in decisions.items():
        decided_s = _utc_s(visit["decided"])
        run.decisions[visit["verdict"]] += 1
        if key in seen:
            run.to_screen_ms.append((seen[key] - decided_s) * 1000.0)
        elif decided_s < last_s:
            run.unseen += 1


def _wait(decisions: dict[Key, dict[str, Any]], near: Near, run: HouseRun) -> None:
    """How long people waited for their first verdict."""
    for (_, revision), visit in decisions.items():
        if revision != 0:
            continue
        first_s, decided_s = _utc_s(visit["first_seen"]), _utc_s(visit["decided"])
        run.in_view_s.append(decided_s - first_s)
        near_s = near.since_s(first_s, decided_s)
        if near_s is not None:
            run.near_s.append(decided_s - near_s)


def _utc_s(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
