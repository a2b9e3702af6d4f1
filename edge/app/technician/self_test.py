"""The self-test of a running gate: `python -m edge.app.technician.self_test RUNDIR` prints what it found.

A process of its own, because it opens the network once more, with the golden test card; that memory is given back at its end.
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any, Final

from edge.app.probes import Finding, find
from edge.app.rundir import RunDir
from edge.app.technician.live import CAMERAS, LIVE_PROBES, Live
from edge.clock import Clock, SystemClock
from edge.config.filled import shown

_TOLD: Final = ("supervisor", *CAMERAS, "gate", "room", "health", "uplink", "sensors", "home_assistant")


def live_of(rundir: RunDir, clock: Clock) -> Live:
    """What a running gate says of itself now."""
    boards = {name: rundir.board(name) for name in _TOLD}
    now_s = clock.monotonic_s()
    notes = {name: board.read() or {} for name, board in boards.items()}
    return Live(rundir.config(), notes, {name: now_s - board.beat_s for name, board in boards.items()})


def findings(live: Live) -> list[Finding]:
    """What every probe found."""
    return [find(name, partial(probe, live)) for name, probe in LIVE_PROBES.items()]


def told(found: Finding) -> dict[str, Any]:
    """For the page; no secret of the settings is in it."""
    where, remedy = (found.refusal.where, found.refusal.remedy) if found.refusal else (None, None)
    return {
        "part": found.part,
        "outcome": found.outcome.value,
        "detail": shown(found.detail),
        "where": shown(where),
        "remedy": remedy,
    }


def main() -> None:
    os.nice(10)
    json.dump([told(one) for one in findings(live_of(RunDir(Path(sys.argv[1])), SystemClock()))], sys.stdout)


if __name__ == "__main__":
    main()
