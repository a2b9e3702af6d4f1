"""A ring whose writer is killed after its commit on disk and before the ring hears of it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from edge.records import RecordRing


class DyingRing(RecordRing):
    def __init__(self, path: Path, dies_at: int) -> None:
        super().__init__(path)
        self._left = dies_at

    def commit(self, number: int) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        super().commit(number)
