"""Whether somebody's skin says anything yet: who has just come in from the cold reads low, from the heat high.

Foreheads of people coming from -5..0 degC read 3.4 degC low at the door, 1.7 after 1 minute, 0.8 after 3, 0.5 after 5 and are
settled only within an hour (Dzien 2020). So what counts is how long somebody has been inside. A gate recognises nobody, and so
knows that only from below: the way from the door that the site promises, and since when it sees the visitor; or, where a sensor
at the door says so, that nobody at all has come in for so long. That skin still warms is not seen within a visit: it rises by
0.2 degC a minute after 3 minutes, and readings of people at rest wander by 1.2 within 10 s (docs/decisions/0009).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite, nan
from typing import Final

STALE_S: Final = 1800.0
"""The weather is not known any more when nobody has told it for so long."""

DOOR_STALE_S: Final = 60.0
"""A sensor at the door that has not been heard for so long may be dead: its silence says nothing about who came in."""


class Skin(StrEnum):
    """Whether what the skin shows is the person's own."""

    SETTLED = "settled"  # it is mild outside, or the visitor has been inside for long enough
    UNKNOWN = "unknown"  # nobody knows how warm it is outside
    FROM_COLD = "from_cold"
    FROM_HEAT = "from_heat"


TELLING: Final = frozenset({Skin.SETTLED, Skin.UNKNOWN})
"""Skin by which a person may pass. Where the weather is unknown, skin too cold for a person still is refused by itself."""


@dataclass(frozen=True, slots=True)
class Outdoors:
    """What is known of the other side of the door.

    Attributes:
        celsius: temperature outside; NaN where it is unknown.
        told_s: monotonic time of that; infinity for one that the settings fix.
        entered_s: monotonic time at which somebody last came in; NaN where no sensor tells.
        door_s: monotonic time at which that sensor was last heard.
    """

    celsius: float = nan
    told_s: float = -inf
    entered_s: float = nan
    door_s: float = -inf

    def at(self, now_s: float) -> float:
        """Degrees Celsius; NaN where nobody knows, or the last that was told is too old."""
        return self.celsius if now_s - self.told_s <= STALE_S else nan

    def quiet_s(self, now_s: float) -> float:
        """For how long nobody has come in; NaN where nobody watches the door."""
        return now_s - self.entered_s if now_s - self.door_s <= DOOR_STALE_S else nan


NOT_TOLD: Final = Outdoors()


@dataclass(frozen=True, slots=True)
class Acclimatisation:
    """When skin needs how long.

    Attributes:
        cold_c, hot_c: outside colder or hotter than that, people need `dwell_s` inside before their skin says anything.
        dwell_s: seconds.
        walk_in_s: the shortest time from the door to this gate that the site promises.
    """

    cold_c: float
    hot_c: float
    dwell_s: float
    walk_in_s: float

    @property
    def rest_s(self) -> float:
        """How long somebody who has just arrived at the gate still has to rest."""
        return max(0.0, self.dwell_s - self.walk_in_s)

    def skin(self, outdoors: Outdoors, first_s: float, now_s: float) -> Skin:
        """Of a visitor who has been in view since `first_s`."""
        outside_c = outdoors.at(now_s)
        if not isfinite(outside_c):
            return Skin.UNKNOWN
        if self.cold_c <= outside_c <= self.hot_c or self._rested(outdoors, first_s, now_s):
            return Skin.SETTLED
        return Skin.FROM_COLD if outside_c < self.cold_c else Skin.FROM_HEAT

    def _rested(self, outdoors: Outdoors, first_s: float, now_s: float) -> bool:
        """Written so that NaN is no rest."""
        return self.walk_in_s + (now_s - first_s) >= self.dwell_s or outdoors.quiet_s(now_s) >= self.dwell_s
