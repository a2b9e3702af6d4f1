"""A real notify socket, as a service manager has one, and what was said on it."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager


class Notified:
    """Attributes: address, for `NOTIFY_SOCKET`; heard, every word so far, in order."""

    def __init__(self, listening: socket.socket, address: str) -> None:
        self._listening, self.address = listening, address
        self._heard: list[str] = []

    def listen(self) -> None:
        """Take what has been said; the kernel keeps some ten words and throws the rest away."""
        with contextlib.suppress(BlockingIOError):
            while True:
                self._heard.append(self._listening.recv(4096).decode())

    @property
    def heard(self) -> list[str]:
        self.listen()
        return self._heard

    @property
    def fed(self) -> int:
        """How often the watchdog was fed."""
        return self.heard.count("WATCHDOG=1")

    @property
    def status(self) -> str:
        """The newest line on how it is."""
        return [word.removeprefix("STATUS=") for word in self.heard if word.startswith("STATUS=")][-1]


@contextmanager
def notify_socket(address: str) -> Iterator[Notified]:
    """Listen on a path, or on an abstract name written with `@`."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("\0" + address[1:] if address.startswith("@") else address)
        listening.setblocking(False)
        yield Notified(listening, address)
