"""The encrypted file while it is being written: locked, under another name, and gone when it does not become whole."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Self

from edge.app.recording.named import PART, WHOLE, Stem
from edge.app.recording.sweep import recordings_bytes
from edge.errors import RecordingError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

FREE_BYTES: Final = 256 * 2**20
"""Left on the disk whatever happens: the gate's events are written there too."""
_ENDING_BYTES: Final = 2 * 2**20
"""What may still come when a recording is told to end: one picture, one chunk of age, what the compressor holds."""

_MAKE_ROOM: Final = f"Remove some, raise record.limit_mb, or free the disk: {FREE_BYTES // 2**20} MB of it are left to the gate."


class PartFile:
    """Takes encrypted bytes. `keep` makes it a recording; leaving without that removes it.

    A write that fails leaves its error in `fault`: the encryption library would only keep its words.
    """

    def __init__(self, folder: Path, stem: Stem, limit_bytes: int) -> None:
        """Raises RecordingError: no such folder, no room, or not allowed."""
        self._folder = folder
        self._part, self._whole = folder / (stem.text + PART), folder / (stem.text + WHOLE)
        self.fault: OSError | None = None
        self.written = 0
        try:
            self._room = limit_bytes - recordings_bytes(folder)
            room = self.has_room()
        except OSError as refused:
            raise _refused(folder, refused) from refused
        if not room:
            raise RecordingError("there is no room for recordings", where=str(folder), remedy=_MAKE_ROOM)
        if self._whole.exists():
            raise RecordingError("there is a recording of this second already", where=str(self._whole), remedy="Try again.")
        try:
            self._file = _locked(self._part)
        except OSError as refused:
            raise _refused(folder, refused) from refused

    def write(self, data: bytes) -> int:
        try:
            taken = os.write(self._file, data)
        except OSError as refused:
            self.fault = refused
            raise
        self.written += taken
        return taken

    def flush(self) -> None:
        """Nothing is held back."""

    def has_room(self) -> bool:
        """Whether more pictures may come; what is still to be written for those that are there fits in any case."""
        disk = os.statvfs(self._folder)
        return self.written + _ENDING_BYTES <= self._room and disk.f_bavail * disk.f_frsize > FREE_BYTES

    def keep(self) -> Path:
        """Make it whole, on disk for good. Returns where it is."""
        os.fsync(self._file)
        self._part.rename(self._whole)
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return self._whole

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with suppress(FileNotFoundError):
            self._part.unlink()
        os.close(self._file)


def _refused(folder: Path, refused: OSError) -> RecordingError:
    return RecordingError(f"nothing can be recorded there ({refused.strerror})", where=str(folder))


def _locked(path: Path) -> int:
    """A new file, this user's alone, locked. A sweep may have come between and taken it: then once more."""
    while True:
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file).st_nlink:
            return file
        os.close(file)
