"""What a drive makes of its relays. Each answers at every moment whether its arm is to be up (a turnstile: unlocked)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Drive(Protocol):
    """A drive with power. Without it the arm goes up by a spring, and nobody asks here."""

    def up(self, now_s: float, *, open_relay: bool, shut_relay: bool, beam_cut: bool) -> bool:
        """Whether the arm is to be up. `beam_cut`: its own light barrier sees somebody, on whom it never comes down."""


@dataclass(slots=True)
class HeldDrive:
    """Up while the relay is pulled."""

    def up(self, now_s: float, *, open_relay: bool, shut_relay: bool, beam_cut: bool) -> bool:
        del now_s, shut_relay
        return open_relay or beam_cut


@dataclass(slots=True)
class SelfTimingDrive:
    """Up for `open_s` after the open relay was last pulled; a pulse of the shut relay ends that."""

    open_s: float
    _until_s: float = float("-inf")

    def up(self, now_s: float, *, open_relay: bool, shut_relay: bool, beam_cut: bool) -> bool:
        if open_relay:
            self._until_s = now_s + self.open_s
        elif shut_relay:
            self._until_s = now_s
        return now_s < self._until_s or beam_cut
