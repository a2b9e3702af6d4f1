"""What a visitor has shown to the camera beside a face."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol


@dataclass(frozen=True, slots=True)
class Bearer:
    """What is good of it.

    Attributes:
        shown: a badge or a pass, be it one that was refused.
        staff: a staff badge.
        listed: one that the list of this area names.
    """

    shown: bool = False
    staff: bool = False
    listed: bool = False

    def also(self, more: Bearer) -> Bearer:
        """Whoever has shown both."""
        return Bearer(self.shown or more.shown, self.staff or more.staff, self.listed or more.listed)


NOBODY: Final = Bearer()


class Badges(Protocol):
    """Who knows what was shown to the camera."""

    def of(self, visit: str, now_s: float) -> Bearer | None:
        """What was shown just now, by this visit; once for each badge or pass shown.

        Whoever may have become somebody else has to show it again.
        """
