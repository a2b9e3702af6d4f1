"""Telling a sleeping process that there is something new: one byte by datagram. Never blocks; losing one loses nothing."""

from __future__ import annotations

import contextlib
import select
import socket
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


class Waker:
    """The sending side. Nobody listening, or a listener that is behind, is no fault: it will look at the ring anyway."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def wake(self) -> bool:
        """Send the byte. Returns whether it went out."""
        try:
            self._socket.sendto(b"\0", self._path)
        except (FileNotFoundError, ConnectionRefusedError, BlockingIOError):
            return False
        return True

    def close(self) -> None:
        self._socket.close()


class WakeUp:
    """The receiving side: one process, any number of wakers. `path` is made anew and at most 100 bytes long."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind(str(path))
        self._poll = select.poll()
        self._poll.register(self._socket, select.POLLIN)

    def wait(self, timeout_s: float) -> bool:
        """Sleep until woken, at most `timeout_s`. Returns whether somebody woke us; all bytes waiting count as one."""
        woken = bool(self._poll.poll(max(0.0, timeout_s) * 1000.0))
        with contextlib.suppress(BlockingIOError):
            while self._socket.recv(64):
                pass
        return woken

    def close(self) -> None:
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
