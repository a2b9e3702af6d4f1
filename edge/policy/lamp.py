"""How old a UV-C lamp is: hours, starts, and how bright it still is. No clock and no sensor in here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

SECONDS_IN_HOUR: Final = 3600.0


class Worn(StrEnum):
    """Why a lamp is to be replaced."""

    HOURS = "it has been on for as long as it is rated for"
    DIM = "it is not as bright as a lamp in use must be"
    FADED = "it has lost too much of what it had when it was new"
    DIM_WHEN_NEW = "it was not as bright as a new lamp must be in its first run"


@dataclass(frozen=True, slots=True)
class Limits:
    """Of a lamp.

    Attributes:
        rated_h: for so long it may be in use.
        least_share: of what it had when it was new.
        new_uw_cm2, in_use_uw_cm2: least irradiance where its sensor hangs; None where that place has no such limit.
    """

    rated_h: float
    least_share: float
    new_uw_cm2: float | None
    in_use_uw_cm2: float | None


@dataclass(frozen=True, slots=True)
class Lamp:
    """One lamp since it was put in.

    Attributes:
        lit_s: for so long it was on, seconds.
        starts: so often it was started.
        first_uw_cm2: mean irradiance of its first run that lasted beyond the warm-up; None before that.
        now_uw_cm2: the same of the newest such run.
    """

    lit_s: float = 0.0
    starts: int = 0
    first_uw_cm2: float | None = None
    now_uw_cm2: float | None = None

    @property
    def hours(self) -> float:
        return self.lit_s / SECONDS_IN_HOUR

    @property
    def share(self) -> float | None:
        """How bright it still is, of what it was in its first run; None where nobody knows."""
        if not self.first_uw_cm2 or self.now_uw_cm2 is None:
            return None
        return self.now_uw_cm2 / self.first_uw_cm2

    def after_run(self, warm_uw_cm2: float | None) -> Lamp:
        """`warm_uw_cm2`: the run's mean irradiance after the warm-up; None where it was not measured."""
        if warm_uw_cm2 is None:
            return self
        first = warm_uw_cm2 if self.first_uw_cm2 is None else self.first_uw_cm2
        return replace(self, first_uw_cm2=first, now_uw_cm2=warm_uw_cm2)


def worn(lamp: Lamp, limits: Limits) -> tuple[Worn, ...]:
    """Every reason to replace it, as far as anything is known."""
    found = []
    if lamp.hours >= limits.rated_h:
        found.append(Worn.HOURS)
    if limits.in_use_uw_cm2 is not None and lamp.now_uw_cm2 is not None and lamp.now_uw_cm2 < limits.in_use_uw_cm2:
        found.append(Worn.DIM)
    if limits.new_uw_cm2 is not None and lamp.first_uw_cm2 is not None and lamp.first_uw_cm2 < limits.new_uw_cm2:
        found.append(Worn.DIM_WHEN_NEW)
    if lamp.share is not None and lamp.share < limits.least_share:
        found.append(Worn.FADED)
    return tuple(found)
