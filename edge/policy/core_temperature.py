"""From skin to core-equivalent: something is added, nothing is multiplied. The one place where core_c is made.

A line fitted to skin and core ("regression") has a slope of about 0.7 and reads fevers 0.25 to 0.36 degC low: that is the pull
towards normal of which seven of seven commercial systems were convicted (Healy et al. 2021, J. Biomed. Opt. 26:043009). So the
slope is 1 by construction: what is added knows the region and the surroundings, never the reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, nan
from typing import Final

from contract.verdicts import CoreRule, Region

NO_SHIFT: Final[Mapping[Region, float]] = {}


@dataclass(frozen=True, slots=True)
class CoreOffset:
    """What turns skin into core-equivalent at one moment.

    Attributes:
        rule: which rule made it.
        added_c: what each region's corrected temperature gets, degrees Celsius; NaN where that is unknown.
        shift_c: what the adaptive baseline took off `added_c`; a region that is not named has none.
        ambient_c: how warm the surroundings were; None where the rule does not ask.
    """

    rule: CoreRule
    added_c: Mapping[Region, float]
    shift_c: Mapping[Region, float]
    ambient_c: float | None = None

    @property
    def known(self) -> bool:
        """Whether every region has a number to add, and all that is said beside it is one."""
        beside = () if self.ambient_c is None else (self.ambient_c,)
        return all(map(isfinite, (*self.added_c.values(), *self.shift_c.values(), *beside)))

    def core_c(self, corrected_c: float, region: Region) -> float:
        """Core-equivalent of a corrected skin temperature, degrees Celsius. NaN in either is NaN."""
        return corrected_c + self.added_c[region]


@dataclass(frozen=True, slots=True)
class SkinToCore:
    """A site's rule.

    Attributes:
        rule: CONSTANT asks for no surroundings; AMBIENT and BASELINE do where `slope_ambient` is not 0.
        offset_c: of each region at `reference_ambient_c`, degrees Celsius.
        slope_ambient: degrees of offset for each degree of surroundings: about -0.09 at the canthus, since skin is warmer in
            warm rooms (1,020 people).
        reference_ambient_c: surroundings at which `offset_c` holds.
        ambient_c: coldest and warmest surroundings the rule is believed in.
    """

    rule: CoreRule
    offset_c: Mapping[Region, float]
    slope_ambient: float = 0.0
    reference_ambient_c: float = 24.0
    ambient_c: tuple[float, float] = (16.0, 32.0)

    @classmethod
    def constant(cls, offset_c: float) -> SkinToCore:
        """The same offset for every region, whatever the surroundings."""
        return cls(CoreRule.CONSTANT, dict.fromkeys(Region, offset_c))

    @property
    def asks_for_ambient(self) -> bool:
        return self.rule is not CoreRule.CONSTANT and self.slope_ambient != 0.0

    def at(self, ambient_c: float = nan, shift_c: Mapping[Region, float] = NO_SHIFT) -> CoreOffset:
        """The offset among surroundings of `ambient_c`, less what the baseline says.

        Surroundings that are unknown (NaN) or outside the range give NaN, which is no temperature: not the reference's value,
        which could hide a fever.
        """
        shift_c = shift_c if self.rule is CoreRule.BASELINE else NO_SHIFT
        if not self.asks_for_ambient:
            return CoreOffset(self.rule, self._added(0.0, shift_c), shift_c)
        coldest_c, warmest_c = self.ambient_c
        usable = coldest_c <= ambient_c <= warmest_c  # false for NaN
        term_c = self.slope_ambient * (ambient_c - self.reference_ambient_c) if usable else nan
        return CoreOffset(self.rule, self._added(term_c, shift_c), shift_c, ambient_c)

    def _added(self, term_c: float, shift_c: Mapping[Region, float]) -> dict[Region, float]:
        return {region: offset_c + term_c - shift_c.get(region, 0.0) for region, offset_c in self.offset_c.items()}
