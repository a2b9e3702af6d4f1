"""Settings of the temperature rule: the defaults are what a gate did before, and what cannot be is refused in words."""

from __future__ import annotations

from typing import Any

import pytest

from contract.errors import SettingsError
from contract.settings_file import check
from contract.verdicts import CoreRule, Region
from edge.app.temperature import (
    baseline_limits_of,
    drift_limits_of,
    limits_of,
    rule_words,
    site_rule_of,
    skin_to_core_of,
)
from edge.config import GateConfig
from edge.policy.baseline import BaselineLimits
from edge.policy.core_temperature import SkinToCore
from edge.policy.drift import DriftLimits
from edge.policy.rule import Limits

MASK_ONLY: dict[str, Any] = {
    "gate": "south-1",
    "colour": {"source": "v4l2"},
    "thermal": {"source": "none"},
    "screening": {"temperature": False},
    "uplink": {"database": "gate.db"},
}


def settings(core: dict[str, Any] | None = None, **screening: Any) -> GateConfig:
    values = MASK_ONLY | {"core": core or {}, "screening": {"temperature": False} | screening}
    return check(values, GateConfig, where="gate.toml")


def test_a_gate_that_is_told_nothing_adds_two_degrees_and_less_at_the_inner_eye_corner() -> None:
    config = settings()
    rule = skin_to_core_of(config)
    usual = {Region.FOREHEAD: 2.0, Region.CANTHUS: 1.23, Region.UPPER_FACE: 2.0}
    assert (rule.rule, rule.offset_c) == (CoreRule.CONSTANT, usual)
    assert site_rule_of(config).now(0.0).added_c == SkinToCore(CoreRule.CONSTANT, usual).at().added_c


def test_what_settings_and_policy_call_usual_is_the_same() -> None:
    config = settings()
    assert (baseline_limits_of(config), drift_limits_of(config)) == (BaselineLimits(), DriftLimits())
    assert limits_of(config) == Limits(mask=True, temperature=False, limit_c=37.3)


def test_a_region_may_have_an_offset_of_its_own() -> None:
    rule = skin_to_core_of(settings({"rule": "ambient", "forehead_c": 2.4, "slope_ambient": -0.1}, skin_to_core_c=1.2))
    assert rule.offset_c == {Region.CANTHUS: 1.23, Region.FOREHEAD: 2.4, Region.UPPER_FACE: 1.2}
    assert rule.at(25.0).core_c(34.0, Region.FOREHEAD) == pytest.approx(36.3)


def test_a_technician_is_told_the_rule_and_the_baselines_delta() -> None:
    assert rule_words(settings()) == "constant offset from skin to core"
    assert rule_words(settings({"rule": "ambient"})) == "offset from skin to core by the room (scene)"
    assert rule_words(settings({"rule": "baseline"})).endswith("starting from the site's offset, delta 0.4 degC")


@pytest.mark.parametrize(
    ("core", "screening", "said"),
    [
        ({"rule": "regression"}, {}, ["core.rule", "regression", "'baseline'"]),
        ({"ambient": "fixed"}, {}, ["core", "ambient_c"]),
        ({"ambient_low_c": 25.0}, {}, ["reference_ambient_c = 24", "ambient_low_c = 25"]),
        ({"baseline_window": 10, "baseline_fewest": 20}, {}, ["baseline_window = 10", "baseline_fewest = 20"]),
        ({"baseline_drift_c_per_h": 0.4}, {}, ["core.baseline_drift_c_per_h", "0.3"]),
        ({"baseline_fewest": 3}, {}, ["core.baseline_fewest", "10"]),
        ({"rule": "baseline"}, {"limit_c": 37.9}, ["1 degC above core.usual_core_c", "0.2 to 0.8"]),
        ({"rule": "baseline"}, {"guard_band_c": 0.3}, ["0.1 degC above core.usual_core_c"]),
        ({"slope_ambient": 0.1}, {}, ["core.slope_ambient", "0.1"]),
        ({"forehead": 2.0}, {}, ["core.forehead", "Did you mean `forehead_c`?"]),
        ({}, {"low_core_c": 36.0, "limit_c": 36.2, "guard_band_c": 0.4}, ["low_core_c = 36", "limit_c = 36.2"]),
    ],
)
def test_what_cannot_be_is_refused_with_key_and_value(core: dict[str, Any], screening: dict[str, Any], said: list[str]) -> None:
    with pytest.raises(SettingsError) as refused:
        settings(core, **screening)
    for words in said:
        assert words in str(refused.value)
