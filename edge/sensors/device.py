"""What a device on a bus is to this house."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar

from edge.config.sensors import Told
from edge.sensors.reading import Trouble


class Wire(Protocol):
    """An open bus."""

    def close(self) -> None: ...


W = TypeVar("W", bound=Wire)
W_contra = TypeVar("W_contra", bound=Wire, contravariant=True)
Said = Mapping[str, float | Trouble]
"""By quantity, in its unit."""


class Device(Protocol[W_contra]):
    """Reads itself over a bus that somebody else opened. For one thread."""

    @property
    def told(self) -> Told: ...

    @property
    def quantities(self) -> tuple[str, ...]: ...

    @property
    def patience_s(self) -> float:
        """All that `read` may take."""

    def read(self, wire: W_contra, /) -> Said:
        """Ask once; empty where there is nothing new yet. Raises BusError when it does not answer."""
