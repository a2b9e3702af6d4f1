"""How the windows of a place stand, by their contacts, and what that means for bad air."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Windows(Enum):
    """The value is what is told of them beside a CO2 that is too high."""

    OPEN = "a window is open: fewer people or more windows"
    SHUT = "windows shut: open them"
    UNKNOWN = "nobody knows whether windows are open: look"


def windows(contacts: Iterable[float | None]) -> Windows:
    """`contacts`: 1 is open, None not known. Shut is told only where every one says so, and there is one."""
    said = list(contacts)
    if any(one is not None and one > 0.0 for one in said):
        return Windows.OPEN
    return Windows.SHUT if said and None not in said else Windows.UNKNOWN
