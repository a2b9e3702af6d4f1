"""What was withdrawn, as the file says now: looked at often, read again when it changes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from edge.withdrawn import nothing_withdrawn, read_withdrawn


class WithdrawnList:
    """Call `look` often. `file` is None where nobody tells this gate."""

    def __init__(self, file: Path | None, anchors: Iterable[str]) -> None:
        self._file, self._anchors = file, tuple(anchors)
        self._stamp: tuple[int, ...] = ()
        self.now = nothing_withdrawn(self._anchors)

    def look(self) -> None:
        """Read the file if it has changed."""
        stamp = () if self._file is None else _stamp(self._file)
        if self._file is not None and stamp != self._stamp:
            self._stamp, self.now = stamp, read_withdrawn(self._file, self._anchors)


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns
