"""The uplink process: what was decided goes to disk, then to the broker."""

from __future__ import annotations

from edge.app.rundir import RunDir
from edge.app.version import VERSION
from edge.clock import SystemClock
from edge.stop import Stop
from edge.uplink.process import run_uplink


def run(rundir: RunDir, stop: Stop) -> None:
    config, ring, board, orders = rundir.config(), rundir.records(), rundir.board("uplink"), rundir.board("orders")
    run_uplink(config, ring, board, VERSION, SystemClock(), stop, orders, rundir.room_records(), rundir.sensor_records())
