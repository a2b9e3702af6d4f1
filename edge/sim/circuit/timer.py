"""The retriggerable timer (monostable) before the relay: a rising edge pulls the relay for `hold_s`, and each one anew."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Timer:
    """Only a rising edge counts. A line that a dead process left high does nothing, nor does its being put low later."""

    hold_s: float
    _until_s: float = float("-inf")

    def rise(self, at_s: float) -> None:
        self._until_s = at_s + self.hold_s

    def clear(self) -> None:
        """The timer's own reset: what was begun is over."""
        self._until_s = float("-inf")

    def pulled(self, now_s: float) -> bool:
        """Whether the relay is pulled at `now_s`."""
        return now_s < self._until_s
