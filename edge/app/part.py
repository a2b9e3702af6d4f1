"""One process of the gate: `python -m edge.app.part NAME RUNDIR`, started by the supervisor as a fresh interpreter."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from edge.app.log_lines import keep_lines
from edge.app.rundir import RunDir
from edge.stop import Stop, stop_on

ENTRIES: Final = {
    "colour": "edge.app.capture_parts:run_colour",
    "thermal": "edge.app.capture_parts:run_thermal",
    "circuit": "edge.app.circuit_part:run_circuit",
    "gate": "edge.app.gate_part:run_gate",
    "room": "edge.app.room_part:run_room",
    "qr": "edge.app.qr_part:run_qr",
    "uplink": "edge.app.uplink_part:run",
    "kiosk": "edge.app.kiosk_part:run",
    "sensors": "edge.app.sensors_part:run",
    "home_assistant": "edge.app.home_assistant_part:run",
}
"""Named, not imported: the uplink process never loads OpenCV, the gate process never loads paho or a web server."""

GIVE_WAY: Final = frozenset({"uplink", "kiosk", "qr", "sensors", "home_assistant"})
"""Processes that may wait a moment when the loop or a camera wants the processor."""

_PR_SET_PDEATHSIG: Final = 1


def end_with_the_parent() -> None:
    """A supervisor that was killed leaves no process behind (prctl(2), Linux only)."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def main() -> None:
    name, folder = sys.argv[1:3]
    end_with_the_parent()
    if name in GIVE_WAY:
        os.nice(10)
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format=f"%(asctime)s %(levelname)-7s {name}: %(message)s", datefmt="%H:%M:%S"
    )
    rundir = RunDir(Path(folder))
    keep_lines(name, rundir.log_board(name))
    stop = stop_on(signal.SIGTERM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the supervisor says when to end
    module, _, function = ENTRIES[name].partition(":")
    run: Callable[[RunDir, Stop], None] = getattr(import_module(module), function)
    run(rundir, stop)


if __name__ == "__main__":
    main()
