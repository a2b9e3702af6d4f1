"""A list in the words of an alarm, which hold so much and no more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

LONGEST: Final = 200
"""Of the words of an alarm, characters."""


def listed(parts: Sequence[str], between: str, room: int = LONGEST) -> str:
    """As many as there is room for, from the first on, which is always there; how many more there are is told, not cut off."""
    whole = between.join(parts)
    if len(whole) <= room:
        return whole
    for count in range(len(parts) - 1, 0, -1):
        words = f"{between.join(parts[:count])}{between}and {len(parts) - count} more"
        if len(words) <= room:
            return words
    return f"{parts[0][: max(room - len(between) - 16, 1)]}{between}and {len(parts) - 1} more" if len(parts) > 1 else whole[:room]
