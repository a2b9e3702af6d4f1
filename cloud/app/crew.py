"""The workers of one cloud process, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Final, Protocol

from cloud.api.parts import PartState

JOIN_S: Final = 10.0


class Hand(Protocol):
    """Runs until it is stopped, and says why it cannot work.

    Attributes:
        trouble: empty while it can.
    """

    trouble: str

    def run(self) -> None:
        """Returns after `stop`."""

    def stop(self) -> None:
        """From any thread."""


class Crew:
    """By name."""

    def __init__(self, hands: Mapping[str, Hand]) -> None:
        self._hands = hands
        self._threads = {name: threading.Thread(target=hand.run, name=name, daemon=True) for name, hand in hands.items()}

    def start(self) -> None:
        for thread in self._threads.values():
            thread.start()

    def stop(self) -> None:
        """All are asked first, then waited for."""
        for hand in self._hands.values():
            hand.stop()
        for thread in self._threads.values():
            thread.join(JOIN_S)

    def ended(self) -> list[str]:
        """Whose thread is over."""
        return [name for name, thread in self._threads.items() if not thread.is_alive()]

    def states(self) -> dict[str, PartState]:
        """How each is, for people and for probes."""
        ended = self.ended()
        return {name: PartState("stopped") if name in ended else _state(hand.trouble) for name, hand in self._hands.items()}


def _state(trouble: str) -> PartState:
    return PartState("retrying", trouble) if trouble else PartState("working")
