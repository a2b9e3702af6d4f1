"""`python -m tests.chaos [--events N] [--kills N] [--deaths N] [--cuts N] [--days N]`: the proofs, into `build/chaos/*.json`.

- `storm.json`: processes are killed at random while events flow; and the counter-proof, where the broker's receipt is taken
  for delivery and workers acknowledge before they store, again with other kills until it loses (CONTROLS times at most).
- `points.json`: every named failpoint, `--deaths` times each.
- `power.json`: `--cuts` power cuts on a disk that forgets what was not synced; and the counter-proof with SQLite's usual
  `synchronous = NORMAL`.

- `week.json`: `--days` of one event a second have waited for the line; they drain while fresh alerts overtake them.

Exit code 1 when an event is lost or comes twice, or when a counter-proof loses too little (one event in a hundred, or a row in
one cut of a hundred): then the proof would prove nothing.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import Progress

from tests.chaos import power_cuts, week
from tests.chaos.points import Points
from tests.chaos.storm import Storm

RESULTS: Final = Path("build") / "chaos"
CONTROL_SHARE: Final = 0.25
"""The counter-proof needs fewer events: it only has to lose some."""
LEAST_LOST: Final = 0.01
CONTROLS: Final = 6
"""So many times at most: a few kills may all fall between two batches, where even the counter-proof loses nothing."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--deaths", type=int, default=100)
    parser.add_argument("--cuts", type=int, default=10_000)
    parser.add_argument("--days", type=float, default=7.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    outcomes = [_storm(given.events, given.kills, given.seed)]
    if given.deaths:
        outcomes.append(_points(given.deaths, given.seed))
    if given.cuts:
        outcomes.append(_power(given.cuts, given.seed))
    if given.days:
        outcomes.append(_week(given.days))
    sys.exit(0 if all(outcomes) else 1)


def exact(books: dict[str, Any]) -> bool:
    """Everything once in the ledger and once in the series, no false gap, no row set aside."""
    wrong = (books["lost"], books["twice"], books["sent"] - books["in_series"], books["false_gaps"], books["set_aside"])
    return not any(wrong)


def _storm(events: int, kills: int, seed: int) -> bool:
    ours = _in_folder(
        f"{events:,} events, {kills} kills", lambda folder, tell: Storm(folder, events, kills, seed, tell=tell).run()
    )
    controls: list[dict[str, Any]] = []
    while len(controls) < CONTROLS and not any(one["lost"] >= LEAST_LOST * one["sent"] for one in controls):
        controls.append(_control(events, kills, seed + len(controls)))
    _keep("storm", {**ours, "control": controls[-1], "controls": len(controls)})
    return exact(ours) and bool(controls[-1]["lost"] >= LEAST_LOST * controls[-1]["sent"])


def _control(events: int, kills: int, seed: int) -> dict[str, Any]:
    fewer, some = int(events * CONTROL_SHARE), max(24, int(kills * CONTROL_SHARE))
    return _in_folder("counter-proof", lambda folder, tell: Storm(folder, fewer, some, seed, naive=True, tell=tell).run())


def _points(deaths: int, seed: int) -> bool:
    found = _in_folder(f"failpoints, {deaths} times each", lambda folder, tell: Points(folder, deaths, seed, tell).run())
    _keep("points", found)
    return exact(found)


def _power(cuts: int, seed: int) -> bool:
    ours = _in_folder(f"{cuts:,} power cuts", lambda folder, tell: power_cuts.run(folder, cuts, seed, tell=tell))
    some = max(100, cuts // 10)
    control = _in_folder("counter-proof", lambda folder, tell: power_cuts.run(folder, some, seed, "NORMAL", tell))
    _keep("power", {**ours, "control": control})
    return bool(ours["lost"] == ours["broken"] == 0 and control["lost"] >= LEAST_LOST * some)


def _week(days: float) -> bool:
    found = _in_folder(f"{days:g} days offline", lambda folder, tell: week.run(folder, days, tell))
    _keep("week", found)
    return exact(found) and bool(found["all_stored"] == found["all_sent"])


def _in_folder(what: str, run: Callable[[Path, Callable[[float], None]], dict[str, Any]]) -> dict[str, Any]:
    RESULTS.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=RESULTS)).resolve()
    try:
        with Progress() as bar:
            task = bar.add_task(what, total=1.0)
            return run(folder, lambda share: bar.update(task, completed=share))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _keep(name: str, found: dict[str, Any]) -> None:
    (RESULTS / f"{name}.json").write_text(json.dumps(found, indent=2) + "\n")
    Console(highlight=False).print_json(data=found)


if __name__ == "__main__":
    main()
