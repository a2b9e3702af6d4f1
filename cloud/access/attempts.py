"""Tries, counted within a time for every key; bounded, so that counting cannot fill the memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

LIMIT: Final = 10
WINDOW_MS: Final = 15 * 60_000
MOST_KEYS: Final = 10_000
Key = tuple[str, str]


class Attempts:
    """So many within the window, and the key waits for the rest of it: ten in a quarter of an hour, if not told otherwise."""

    def __init__(self, limit: int = LIMIT, window_ms: int = WINDOW_MS) -> None:
        self._limit, self._window_ms = limit, window_ms
        self._failures: OrderedDict[Key, list[int]] = OrderedDict()
        self._lock = threading.Lock()

    def wait_ms(self, key: Key, now_ms: int) -> int:
        """For how long `key` is locked out; 0 where it may try."""
        with self._lock:
            recent = self._recent(key, now_ms)
            return recent[-self._limit] + self._window_ms - now_ms if len(recent) >= self._limit else 0

    def count(self, key: Key, now_ms: int) -> None:
        """Count one. The key that was quiet for longest is forgotten where there are too many."""
        with self._lock:
            self._failures[key] = [*self._recent(key, now_ms), now_ms][-self._limit :]
            self._failures.move_to_end(key)
            if len(self._failures) > MOST_KEYS:
                self._failures.popitem(last=False)

    def succeeded(self, key: Key) -> None:
        with self._lock:
            self._failures.pop(key, None)

    def _recent(self, key: Key, now_ms: int) -> list[int]:
        return [at_ms for at_ms in self._failures.get(key, []) if 0 <= now_ms - at_ms < self._window_ms]
