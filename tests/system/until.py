"""Waiting is looking again and again at a fact, never sleeping for a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(look: Callable[[], T | None], within_s: float, what: str | Callable[[], str], *, every_s: float = 0.05) -> T:
    """What `look` returned as soon as it is true; an AssertionError naming `what` when that takes too long."""
    end_s = time.monotonic() + within_s
    pause = threading.Event()
    while not (found := look()):
        if time.monotonic() > end_s:
            raise AssertionError(f"not within {within_s:g} s: {what if isinstance(what, str) else what()}")
        pause.wait(every_s)
    return found
