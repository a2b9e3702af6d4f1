"""A file replaced whole or not at all, on the disk when the call returns."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path


def replace(file: Path, content: bytes, like: Path, mode: int | None = None) -> None:
    """Make `file` hold `content`, with group and (where this user may) owner of `like`, and its mode where none is told.

    Raises OSError.
    """
    owner = like.stat()
    beside = file.with_name(f".{file.name}.new")
    beside.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600), "wb") as new:
            owned_as(new.fileno(), owner)
            os.fchmod(new.fileno(), stat.S_IMODE(owner.st_mode) if mode is None else mode)
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(file.parent)


def owned_as(file: Path | int, owner: os.stat_result) -> None:
    """Give it group and owner of another, as far as this user may."""
    for ids in ((owner.st_uid, -1), (-1, owner.st_gid)):
        with suppress(PermissionError):
            os.chown(file, *ids)


def sync_folder(folder: Path) -> None:
    """What was made, renamed or removed in it stays so, whatever happens to the power."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
