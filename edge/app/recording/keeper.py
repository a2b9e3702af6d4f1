"""A running gate keeps the promise of its recordings: at every start, and every hour, what has expired is removed."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from edge.app.recording.sweep import Swept, sweep
from edge.errors import RecordingError

if TYPE_CHECKING:
    from pathlib import Path

    from edge.clock import Clock
    from edge.stop import Stop

EVERY_S: Final = 3600.0

log = logging.getLogger(__name__)


def keep_sweeping(folder: Path, clock: Clock, stop: Stop) -> None:
    """Sweep `folder` now and every hour until `stop`, in a thread of its own: a disk that hangs holds up nothing else."""
    threading.Thread(target=_sweep_until, args=(folder, clock, stop), name="sweep", daemon=True).start()


def _sweep_until(folder: Path, clock: Clock, stop: Stop) -> None:
    while not stop.is_set():
        if folder.is_dir():
            sweep_and_log(folder, clock)
        stop.wait(EVERY_S)


def sweep_and_log(folder: Path, clock: Clock) -> None:
    """One sweep, told to the log."""
    try:
        swept = sweep(folder, clock.wall())
    except RecordingError as refused:
        log.error("recordings were not swept: %s", refused)  # noqa: TRY400 - the sentence is enough
        return
    for line in told(swept):
        log.info("%s: %s", folder, line)
    for name, why in swept.stuck.items():
        log.error("%s/%s should be gone and cannot be removed: %s", folder, name, why)


def told(swept: Swept) -> list[str]:
    """What was removed, a line each."""
    return [f"removed {name}: {why}" for name, why in swept.removed.items()]
