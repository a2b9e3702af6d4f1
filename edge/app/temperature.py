"""From settings to the rule of the gate's temperatures: one way for the gate, its checks and its evaluations."""

from __future__ import annotations

from contract.verdicts import CoreRule, Region
from edge.config import GateConfig
from edge.config.sources import ADVISORY
from edge.gate.site_rule import SiteRule
from edge.policy.acclimatise import Acclimatisation
from edge.policy.baseline import BaselineLimits
from edge.policy.core_temperature import SkinToCore
from edge.policy.drift import DriftLimits
from edge.policy.rule import Limits


def limits_of(config: GateConfig) -> Limits:
    """What is screened for, and against which limits."""
    screening = config.screening
    return Limits(
        mask=screening.mask,
        temperature=screening.temperature,
        limit_c=screening.limit_c,
        guard_band_c=screening.guard_band_c,
        max_uncertainty_c=config.sensor.max_uncertainty_c,
        low_core_c=screening.low_core_c,
        advisory=isinstance(config.thermal, ADVISORY),
        staff_only=config.admission.staff_only,
        key_area=config.admission.key_area,
        hands=config.hands.mode == "require",
        refusals=screening.refusals,
        acclimatisation=acclimatisation_of(config),
    )


def acclimatisation_of(config: GateConfig) -> Acclimatisation | None:
    """How long people need inside; None where nobody tells how warm it is outside."""
    told = config.acclimatisation
    if told.outside == "none":
        return None
    return Acclimatisation(told.outside_cold_c, told.outside_hot_c, told.dwell_s, told.walk_in_s)


def acclimatisation_words(config: GateConfig) -> str | None:
    """For a technician: what becomes of people from the cold and the heat; None where nobody asks."""
    asked, told = acclimatisation_of(config), config.acclimatisation
    if asked is None:
        return None
    when = f"below {asked.cold_c:g} and above {asked.hot_c:g} degC outside ({told.outside})"
    if asked.rest_s == 0.0:
        return f"{when}: the way in is long enough"
    now = told.outside_c is not None and not asked.cold_c <= told.outside_c <= asked.hot_c
    return f"{when}: nobody passes by a temperature {'now' if now else 'then'}, by hand after {asked.rest_s / 60:.0f} min inside"


def skin_to_core_of(config: GateConfig) -> SkinToCore:
    """The site's rule; a region without an offset of its own takes `screening.skin_to_core_c`."""
    core, general_c = config.core, config.screening.skin_to_core_c
    own_c = {Region.FOREHEAD: core.forehead_c, Region.CANTHUS: core.canthus_c, Region.UPPER_FACE: core.upper_face_c}
    return SkinToCore(
        rule=CoreRule(core.rule),
        offset_c={region: general_c if one_c is None else one_c for region, one_c in own_c.items()},
        slope_ambient=core.slope_ambient,
        reference_ambient_c=core.reference_ambient_c,
        ambient_c=(core.ambient_low_c, core.ambient_high_c),
    )


def rule_words(config: GateConfig) -> str:
    """The rule for a technician; a baseline says how far above its usual visitor the limit lies, and that it begins anew."""
    rule = CoreRule(config.core.rule)
    match rule:
        case CoreRule.CONSTANT:
            return "constant offset from skin to core"
        case CoreRule.AMBIENT:
            return f"offset from skin to core by the room ({config.core.ambient})"
        case CoreRule.BASELINE:
            delta_c = config.screening.limit_c - config.screening.guard_band_c - config.core.usual_core_c
            return f"adaptive baseline, starting from the site's offset, delta {delta_c:.1f} degC"


def baseline_limits_of(config: GateConfig) -> BaselineLimits:
    """How far and how fast the adaptive baseline may go."""
    core = config.core
    return BaselineLimits(
        core.usual_core_c, core.baseline_fewest, core.baseline_window, core.baseline_drift_c_per_h, core.baseline_reach_c
    )


def site_rule_of(config: GateConfig) -> SiteRule:
    """The rule with its memory, fresh."""
    fixed_c = config.core.ambient_c if config.core.ambient == "fixed" else None
    return SiteRule(skin_to_core_of(config), fixed_c, baseline_limits_of(config))


def drift_limits_of(config: GateConfig) -> DriftLimits:
    """The band of the visitors' median."""
    return DriftLimits(config.drift.low_c, config.drift.high_c, config.drift.visitors)
