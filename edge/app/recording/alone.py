"""One process reads a sensor. While somebody records, the gate must not run, and while it runs nobody records."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from edge.app.rundir import MEMORY, folder_of, locked
from edge.errors import RecordingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def alone_with_cameras(gate: str) -> Iterator[None]:
    """Hold what a running gate of this name would hold. Raises RecordingError where one runs, whoever runs it."""
    for folder in _of_others(gate):
        _refuse_running(gate, folder)
    folder = folder_of(gate)
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = locked(folder)
    if lock is None:
        raise _running(gate, folder)
    try:
        yield
    finally:
        with suppress(OSError):  # records of an earlier run wait there for the next one
            (folder / "lock").unlink()
            folder.rmdir()
        lock.close()


def _of_others(gate: str) -> list[Path]:
    mine = folder_of(gate)
    found = [path for path in MEMORY.glob(f"menshen-*-{gate}") if path.name.split("-", 2)[1:2] and path != mine]
    return [path for path in found if path.name.split("-", 2)[1].isdecimal() and path.name.split("-", 2)[2] == gate]


def _refuse_running(gate: str, folder: Path) -> None:
    try:
        lock = locked(folder)
    except FileNotFoundError:
        return
    except OSError as hidden:
        raise RecordingError(
            f"whether gate {gate} runs cannot be told: another user started it ({hidden.strerror})",
            where=str(folder),
            remedy=f"Stop it if it does. Then record as that user, or have that user remove {folder}.",
        ) from hidden
    if lock is None:
        raise _running(gate, folder)
    lock.close()


def _running(gate: str, folder: Path) -> RecordingError:
    return RecordingError(
        f"gate {gate} is running, or somebody records, and one program at a time can read the thermal camera",
        where=str(folder),
        remedy="Stop the gate first (Ctrl-C, or the service that runs it); visitors use the staffed lane until it runs again.",
    )
