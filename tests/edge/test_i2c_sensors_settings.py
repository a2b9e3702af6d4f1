"""Gates with small thermal sensors: what they may be used for, and what `check` says where the hardware is missing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contract.errors import SettingsError
from contract.settings_file import check
from edge.app.probes import Outcome, probe_all
from edge.app.temperature import limits_of
from edge.config import GateConfig
from tests.sim.gates import simulated_gate


def gate(thermal: dict[str, Any], *, temperature: bool) -> GateConfig:
    values = json.loads(simulated_gate().model_dump_json())
    values |= {"thermal": thermal, "screening": {"temperature": temperature}, "uplink": {"database": "unused.db"}}
    return check(values, GateConfig, where="gate")


def test_an_mlx90640_may_screen_and_nobody_passes_by_it() -> None:
    limits = limits_of(gate({"source": "mlx90640"}, temperature=True))
    assert limits.advisory
    assert not limits_of(simulated_gate()).advisory


@pytest.mark.parametrize("source", ["mlx90641", "amg8833"])
def test_a_sensor_for_presence_is_refused_where_temperature_is_screened(source: str) -> None:
    with pytest.raises(SettingsError, match=f'{source}" sees whether somebody is there, never how warm'):
        gate({"source": source}, temperature=True)
    assert gate({"source": source}, temperature=False).thermal.source == source


@pytest.mark.parametrize(
    "wrong", [{"refresh_hz": 2}, {"refresh_hz": 5}, {"resolution_bits": 20}, {"rows": 32}, {"address": 0x90}]
)
def test_a_setting_the_sensor_does_not_have_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(SettingsError, match=f"thermal.*{next(iter(wrong))}"):
        gate({"source": "mlx90640"} | wrong, temperature=True)


@pytest.mark.parametrize("source", ["mlx90640", "mlx90641", "amg8833"])
def test_the_check_names_what_is_missing_without_hardware(source: str) -> None:
    probes = dict(probe_all(gate({"source": source, "i2c_bus": 97}, temperature=False)))
    found = probes["thermal camera"]()
    assert found.outcome is Outcome.DOES_NOT
    assert found.refusal is not None
    assert found.refusal.where == "/dev/i2c-97"
    assert found.refusal.remedy
