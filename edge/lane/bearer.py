"""What a visitor has shown to the camera beside a face."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from contract.verdicts import Hands


@dataclass(frozen=True, slots=True)
class Bearer:
    """What is good of it.

    Attributes:
        shown: a badge or a pass, be it one that was refused.
        staff: a staff badge.
        listed: one that the list of this area names.
        hands: how they were disinfected; None where nobody asks, or nobody could be asked alone yet.
    """

    shown: bool = False
    staff: bool = False
    listed: bool = False
    hands: Hands | None = None

    @property
    def clean(self) -> bool:
        """Whether the hands are known to be disinfected, or said to be."""
        return self.hands in {Hands.CONFIRMED, Hands.DISPENSER}

    def also(self, more: Bearer) -> Bearer:
        """Whoever has shown both."""
        hands = self.hands if self.clean else more.hands or self.hands
        return Bearer(self.shown or more.shown, self.staff or more.staff, self.listed or more.listed, hands)


NOBODY: Final = Bearer()


class HandsKnown(Protocol):
    """Who knows whether hands were disinfected."""

    def of(self, visit: str, now_s: float) -> Hands:
        """Of this visit, which stands there alone; asked until they are. Each use and each word counts once."""


class Badges(Protocol):
    """Who knows what was shown to the camera."""

    def of(self, visit: str, now_s: float) -> Bearer | None:
        """What was shown just now, by this visit; once for each badge or pass shown.

        Whoever may have become somebody else has to show it again.
        """
