"""The kiosk process: the visitor's screen, on this machine only."""

from __future__ import annotations

from edge.app.rundir import RunDir
from edge.kiosk.server import run_kiosk
from edge.stop import Stop


def run(rundir: RunDir, stop: Stop) -> None:
    config = rundir.config()
    run_kiosk(config.kiosk, config.gate, rundir.board("gate"), rundir.colour_ring(config), rundir.board("kiosk"), stop)
