"""What a colour camera is to this house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Shot:
    """One colour picture.

    Attributes:
        pixels: (height, width, 3) uint8 BGR, of exactly the configured size.
        taken_s: monotonic seconds: arrival minus the source's latency.
    """

    pixels: NDArray[np.uint8]
    taken_s: float


class ColourSource(Protocol):
    """A camera, or something that plays one. Opened by making it; that raises SourceError with place and remedy."""

    replay: bool
    """Whether the pictures are not live: such a source must not open a real barrier."""

    def read(self) -> Shot | None:
        """The next picture; None where nothing new came within about a frame's time. Raises SourceError when it is gone."""

    def close(self) -> None:
        """Give the camera back."""
