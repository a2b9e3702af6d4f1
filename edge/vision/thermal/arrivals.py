"""Pictures as they arrive from a camera that is read in a thread of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from edge.vision.thermal.lepton.newest import Arrival


class Arrivals(Protocol):
    """`edge.vision.thermal.lepton.newest.Newest` is one.

    Attributes:
        gone: whether the camera has stopped giving pictures.
        skipped: pictures that came and were replaced by newer ones before they were taken.
    """

    gone: bool
    skipped: int

    def take(self, timeout_s: float) -> Arrival | None:
        """The newest picture not taken yet, waiting for one; None where none came."""

    def close(self) -> None:
        """End the reading."""
