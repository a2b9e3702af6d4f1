"""What makes skin core-equivalent at this gate now: the site's rule, how warm its hall is, and what its baseline has learnt.

Nothing of it is kept on disk. After a restart the surroundings are known from the first picture on, and the baseline starts from
the site's prior again: what a file would save is an hour's learning, and what it could bring back is another camera's, another
season's, or a poisoned one.
"""

from __future__ import annotations

from typing import Final

from contract.verdicts import CoreRule, Region
from edge.policy.ambient import Ambient, look
from edge.policy.baseline import Baseline, BaselineLimits, learn
from edge.policy.core_temperature import CoreOffset, SkinToCore
from edge.policy.visitor import Visitor
from edge.vision.reference_body import ReferenceMissing, ReferenceSeen
from edge.vision.scene_ambient import scene_ambient_c
from edge.vision.thermal_frame import ThermalFrame

LOOK_EVERY_S: Final = 1.0


class SiteRule:
    """One for the gate's thermal camera. `fixed_ambient_c` is None where the surroundings are read from the pictures.

    Without a reference body in the settings they are not known.
    """

    def __init__(
        self,
        rule: SkinToCore,
        fixed_ambient_c: float | None = None,
        limits: BaselineLimits | None = None,
    ) -> None:
        self._rule = rule
        self._fixed_ambient_c = fixed_ambient_c
        self._limits = limits or BaselineLimits()
        self._ambient = Ambient()
        self._baselines: dict[Region, Baseline] = {}
        self._offset = rule.at()
        self._looked_s = float("-inf")

    def see(self, frame: ThermalFrame, reference: ReferenceSeen | ReferenceMissing) -> None:
        """Look at the surroundings, about once a second and only where the reference body corrects what is seen."""
        if not self._rule.asks_for_ambient or not isinstance(reference, ReferenceSeen):
            return
        if not abs(frame.taken_s - self._looked_s) >= LOOK_EVERY_S:
            return
        self._looked_s = frame.taken_s
        self._ambient = look(self._ambient, scene_ambient_c(frame.celsius, reference), frame.taken_s)

    def now(self, now_s: float) -> CoreOffset:
        """What to add to skin. Not known where the rule asks for surroundings that nobody has seen for a while."""
        if self._rule.rule is CoreRule.CONSTANT:
            return self._offset
        ambient_c = self._ambient.at(now_s) if self._fixed_ambient_c is None else self._fixed_ambient_c
        return self._rule.at(ambient_c, {region: known.shift_c for region, known in self._baselines.items()})

    def learn(self, visitor: Visitor) -> None:
        """Take one visitor into the baseline of the region that was read."""
        prior_core_c = visitor.prior_core_c
        if self._rule.rule is not CoreRule.BASELINE or visitor.reading is None or prior_core_c is None:
            return
        region = visitor.reading.region
        known = self._baselines.get(region, Baseline())
        self._baselines[region] = learn(known, prior_core_c, visitor.flagged, visitor.left_s, self._limits)
