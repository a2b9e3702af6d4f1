"""Every write to a file system and whose it was, from the kernel (fanotify(7); needs root)."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

_NONBLOCK_CLOEXEC: Final = 0x3
_ADD_FILESYSTEM: Final = 0x101
_MODIFY_CLOSE_WRITE: Final = 0x2 | 0x8
_AT_FDCWD: Final = -100
_EVENT: Final = struct.Struct("=IBBHQii")  # event_len, vers, reserved, metadata_len, mask, fd, pid


@dataclass(frozen=True, slots=True)
class Written:
    """A file that process `pid` has changed, and what is in it now (its newest `most` bytes)."""

    pid: int
    path: str
    content: bytes


class Disks:
    """Watches the file systems that hold these folders. Raises PermissionError where the kernel does not let us."""

    def __init__(self, folders: list[Path], most: int = 8 << 20) -> None:
        self._most = most
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._fd = self._libc.fanotify_init(_NONBLOCK_CLOEXEC, os.O_RDONLY | os.O_LARGEFILE)
        if self._fd < 0:
            raise PermissionError(ctypes.get_errno(), "fanotify_init")
        for folder in folders:
            mask = ctypes.c_uint64(_MODIFY_CLOSE_WRITE)
            if self._libc.fanotify_mark(self._fd, _ADD_FILESYSTEM, mask, _AT_FDCWD, os.fsencode(folder)) != 0:
                os.close(self._fd)
                raise PermissionError(ctypes.get_errno(), f"fanotify_mark {folder}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._fd)

    def news(self) -> Iterator[Written]:
        """What was written since the last call."""
        while True:
            try:
                events = os.read(self._fd, 1 << 16)
            except BlockingIOError:
                return
            at = 0
            while at < len(events):
                length, _, _, _, _, file, pid = _EVENT.unpack_from(events, at)
                at += length
                if file >= 0:
                    yield self._read(file, pid)

    def _read(self, file: int, pid: int) -> Written:
        try:
            path, size = Path(f"/proc/self/fd/{file}").readlink(), os.fstat(file).st_size
            return Written(pid, str(path), os.pread(file, self._most, max(0, size - self._most)))
        finally:
            os.close(file)
