"""The barrier as the gate sees it."""

from __future__ import annotations

from typing import Protocol


class Barrier(Protocol):
    """Held by a pulse train (period <= 250 ms) through a retriggerable timer, or self-timing: when the pulses stop, because
    power, the process or this object is gone, the arm comes down by itself. The fire contact cuts the drive in hardware and
    is none of this object's business.
    """

    def open_for(self, seconds: float) -> None:
        """Raise the arm, or hold it up anew, then let it down unattended; never onto a person."""

    def tick(self, now_s: float) -> None:
        """Called every round of the loop (at least every 100 ms): keeps the pulses going while the arm is to be up."""

    def shut(self) -> None:
        """Let the arm down now, as soon as nobody stands under it."""

    @property
    def is_open(self) -> bool:
        """Whether the arm is being held up."""

    @property
    def trouble(self) -> str | None:
        """Why the drive cannot be moved now, in words; None where nothing is known against it."""

    def close(self) -> None:
        """Give the hardware back, arm down."""
