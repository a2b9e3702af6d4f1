"""The uplink process: what was decided goes to disk, then to the broker."""

from __future__ import annotations

from edge.app.rundir import RunDir
from edge.app.version import VERSION
from edge.clock import SystemClock
from edge.stop import Stop
from edge.uplink.process import run_uplink


def run(rundir: RunDir, stop: Stop) -> None:
    run_uplink(rundir.config(), rundir.records(), rundir.board("uplink"), VERSION, SystemClock(), stop)
