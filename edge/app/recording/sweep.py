"""Recordings whose time is over are removed. What does not say until when it may be kept is never kept.

May be killed at any moment: a recording goes before the note beside it, and a note without a recording goes with the next sweep.
"""

from __future__ import annotations

import fcntl
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from edge.app.recording.named import ENDINGS, NOTE, NOTE_PART, PART, WHOLE, Stem
from edge.clock import clock_ok
from edge.config.record import LONGEST_DAYS
from edge.errors import RecordingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FARTHEST: Final = timedelta(days=LONGEST_DAYS + 1)
"""Nothing is recorded for longer; a day more for a clock that was set."""


@dataclass(slots=True)
class Swept:
    """What a sweep did.

    Attributes:
        removed: files by name, and why.
        stuck: files that should be gone and could not be removed, and why not.
        kept: recordings whose time is not over.
    """

    removed: dict[str, str] = field(default_factory=dict)
    stuck: dict[str, str] = field(default_factory=dict)
    kept: int = 0


def sweep(folder: Path, now: datetime) -> Swept:
    """Remove what has expired by `now` (UTC), what cannot expire, and what a killed recording left.

    Only files of a recording's endings in `folder` itself; nothing of a recording that is being made. Raises RecordingError where
    the folder cannot be read or the clock cannot be true.
    """
    if not clock_ok(now):
        raise RecordingError(
            f"the clock says {now:%Y-%m-%d}: what has expired cannot be told",
            where=str(folder),
            remedy="Set the time; check the network time service.",
        )
    swept = Swept()
    for stem in sorted(_stems(folder), key=lambda one: one.text):
        _sweep_one(folder, stem, now, swept)
    return swept


def _stems(folder: Path) -> set[Stem]:
    try:
        names = [entry.name for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False)]
    except OSError as unreadable:
        raise RecordingError(f"the recordings cannot be listed ({unreadable.strerror})", where=str(folder)) from unreadable
    return {stem for name in names if (stem := _stem_of(name)) is not None}


def _stem_of(name: str) -> Stem | None:
    for ending in ENDINGS:
        if name.endswith(ending):
            stem = Stem(name.removesuffix(ending))
            return stem if stem.ours or ending in (PART, WHOLE) else None
    return None


def _cleared(part: Path, swept: Swept) -> bool:
    """Remove what a killed recording left, while nobody else can lock it. False where it is being made, or cannot be asked."""
    try:
        file = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    except OSError as refused:
        swept.stuck[part.name] = refused.strerror or str(refused)
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(part, "was never finished", swept)
    except BlockingIOError:
        return False
    finally:
        os.close(file)
    return True


def _sweep_one(folder: Path, stem: Stem, now: datetime, swept: Swept) -> None:
    if not _cleared(folder / (stem.text + PART), swept):
        return
    _remove(folder / (stem.text + NOTE_PART), "was never finished", swept)
    why = _over(stem, now)
    if why is not None:
        _remove(folder / (stem.text + WHOLE), why, swept)
    if (folder / (stem.text + WHOLE)).exists():
        swept.kept += why is None
    elif stem.ours:
        _remove(folder / (stem.text + NOTE), why or "has no recording beside it", swept)


def _over(stem: Stem, now: datetime) -> str | None:
    """Why a recording of this name is kept no longer; None where it is kept."""
    expires = stem.expires
    if expires is None:
        return "does not say until when it may be kept"
    if expires > now + FARTHEST:
        return f"says {expires:%Y-%m-%d}, and nothing may be kept for so long"
    return f"expired {expires:%Y-%m-%d %H:%M} UTC" if expires <= now else None


def _remove(path: Path, why: str, swept: Swept) -> None:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return
        path.unlink()
    except FileNotFoundError:
        return
    except OSError as refused:
        swept.stuck[path.name] = refused.strerror or str(refused)
    else:
        swept.removed[path.name] = why


def recordings_bytes(folder: Path) -> int:
    """How much the recordings there take, those in the making too."""
    return sum(_sizes(folder))


def _sizes(folder: Path) -> Iterator[int]:
    for entry in os.scandir(folder):
        if entry.name.endswith((PART, WHOLE)):
            with suppress(FileNotFoundError):
                yield entry.stat(follow_symlinks=False).st_size
