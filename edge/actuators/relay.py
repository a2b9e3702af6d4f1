"""A relay somewhere else, which times itself."""

from __future__ import annotations

from typing import Protocol


class Relay(Protocol):
    """Calls take up to a deadline, and are made by one thread that is not the loop's. Each raises BarrierError.

    Attributes:
        again_s: `pull` must be repeated this often while the relay is to stay pulled; None where one `pull` does it.
    """

    again_s: float | None

    def pull(self, seconds: float) -> None:
        """Pull it; it drops by itself after `seconds`, or when nobody has repeated this for a moment (`again_s`)."""

    def drop(self) -> None:
        """Let it drop now."""

    def ask(self) -> None:
        """See that it answers; nothing moves."""

    def close(self) -> None:
        """Give the line back."""
