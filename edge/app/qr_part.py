"""The process that reads badges and passes."""

from __future__ import annotations

from pathlib import Path

import cv2

from edge.app.rundir import RunDir
from edge.clock import SystemClock
from edge.qr.allow_list import AllowList
from edge.qr.checker import Checker
from edge.qr.reader import QrReader
from edge.qr.used_passes import UsedPasses
from edge.qr.watch import EVERY_S, QrWatch
from edge.stop import Stop
from edge.withdrawn import withdrawn_file


def run_qr(rundir: RunDir, stop: Stop) -> None:
    """Rounds until `stop`. Raises sqlite3.Error where the file of used passes cannot be opened."""
    cv2.setNumThreads(1)
    config, clock = rundir.config(), SystemClock()
    left, top, right, bottom = config.qr.area
    used = UsedPasses.open(used_file(config.uplink.database))
    checker = Checker(config.qr.site, config.qr.keys, used, withdrawn_file(config.uplink.database))
    named = config.admission.allow_list if config.admission.key_area else None
    reader, listed = QrReader((left, top, right, bottom)), None if named is None else AllowList.of(named)
    watch = QrWatch(rundir.colour_ring(config), reader, checker, rundir.board("qr"), clock, listed)
    while not stop.wait(EVERY_S):
        watch.round()
    used.close()


def used_file(database: Path) -> Path:
    """Beside the gate's events."""
    return database.with_suffix(".passes.db")
