"""Telling the service manager that we serve, live, and how we are: systemd's datagrams (sd_notify(3)), nothing else.

Without a service manager (`NOTIFY_SOCKET` not set) every word goes nowhere, so a caller need not ask.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Mapping
from typing import Final, Self

_MOST_BYTES: Final = 1_000


class ServiceManager:
    """One process's line to its service manager. Never blocks and never raises: a lost word is said again.

    Attributes:
        watchdog_s: how long it waits for `alive` before it restarts us; None where it does not watch us.
    """

    def __init__(self, address: str | None, watchdog_s: float | None = None) -> None:
        """`address`: a path, or a name in the abstract namespace written with a leading `@`; None for nobody."""
        self.watchdog_s = watchdog_s
        self._address = None if not address else "\0" + address[1:] if address.startswith("@") else address

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The one that started us; a watchdog that is meant for another process is none of ours."""
        meant = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        usec = environment.get("WATCHDOG_USEC", "")
        return cls(environment.get("NOTIFY_SOCKET"), int(usec) / 1e6 if meant and usec.isdigit() and int(usec) else None)

    def ready(self) -> None:
        """We serve."""
        self._say("READY=1")

    def alive(self) -> None:
        """All that has to go round has gone round."""
        self._say("WATCHDOG=1")

    def status(self, words: str) -> None:
        """How we are, one line for `systemctl status`."""
        self._say(f"STATUS={' '.join(words.split())}")

    def stopping(self) -> None:
        """We have been asked to end, and do."""
        self._say("STOPPING=1")

    def _say(self, word: str) -> None:
        if self._address is None:
            return
        kind = socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, kind) as line:  # it restarts, or its queue is full
            line.sendto(word.encode()[:_MOST_BYTES], self._address)


class Heart:
    """Says `alive` at most four times within the watchdog's time, as often as it is asked to beat."""

    def __init__(self, manager: ServiceManager) -> None:
        self._manager = manager
        self._every_s = (manager.watchdog_s or 0.0) / 4
        self._due_s = float("-inf")

    def beat(self, now_s: float) -> None:
        """Everything goes round at `now_s` (monotonic seconds)."""
        if self._manager.watchdog_s is not None and now_s >= self._due_s:
            self._due_s = now_s + self._every_s
            self._manager.alive()
