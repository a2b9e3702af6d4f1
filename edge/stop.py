"""Being asked to end, safely from a signal handler.

`threading.Event` takes a lock in `set`; a handler that runs in the thread that is just waiting on it would wait for itself.
"""

from __future__ import annotations

import os
import select
import signal
from typing import Protocol


class Stop(Protocol):
    """What a process looks at to know that it shall end. A `threading.Event` is one too, where no signal handler sets it."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float | None = None) -> bool: ...


class StopSwitch:
    """A flag that is set once. `wait` is woken at once, in any thread."""

    def __init__(self) -> None:
        self._set = False
        self._read, self._write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def set(self) -> None:
        """May be called from a signal handler, and more than once."""
        if not self._set:
            self._set = True
            os.write(self._write, b"\0")

    def is_set(self) -> bool:
        return self._set

    def wait(self, timeout: float | None = None) -> bool:
        """Sleep until set, at most `timeout` seconds. Returns whether it is set."""
        poll = select.poll()
        poll.register(self._read, select.POLLIN)
        poll.poll(None if timeout is None else max(0.0, timeout) * 1000.0)
        return self._set


def stop_on(*signals: signal.Signals) -> StopSwitch:
    """A switch that these signals set."""
    stop = StopSwitch()
    for number in signals:
        signal.signal(number, lambda *_: stop.set())
    return stop
