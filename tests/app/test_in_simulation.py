"""From a simulated person to a temperature, through both cameras: how far from the truth, and how often there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from edge.app.in_simulation.evaluation import Judged, effects_of, judged, summary
from edge.app.in_simulation.setting import SENSORS
from edge.commands.line import app

PEOPLE = 16


JUDGED = ("320x240", "lepton35")


@pytest.fixture(scope="module")
def sensors() -> dict[str, Any]:
    return {name: summary(list(judged(SENSORS[name], PEOPLE, effects_of(stray=False), 1))) for name in JUDGED}


@pytest.mark.slow
def test_the_command_writes_every_sensor(tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    done = CliRunner().invoke(app, ["evaluate", "simulation", "--people", "3", "--stray", "--json", str(out)])
    assert done.exit_code == 0, done.output
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["sensors"].keys() == SENSORS.keys()
    assert "stray" in found["effects"]


@pytest.mark.slow
@pytest.mark.parametrize("name", JUDGED)
def test_readings_lie_as_near_the_truth_as_the_sensor_allows(name: str, sensors: dict[str, Any]) -> None:
    sensor, found = SENSORS[name], sensors[name]
    assert found["p95_abs_c"] <= sensor.within_c, found
    if sensor.worst_c is not None and sensor.bias_c is not None:
        assert found["worst_c"] <= sensor.worst_c, found
        assert abs(found["bias_c"]) <= sensor.bias_c, found


@pytest.mark.slow
@pytest.mark.parametrize("name", JUDGED)
def test_nothing_is_pulled_towards_normal(name: str, sensors: dict[str, Any]) -> None:
    assert 0.97 <= sensors[name]["slope"] <= 1.03


@pytest.mark.slow
@pytest.mark.parametrize("name", JUDGED)
def test_hardly_anybody_who_stands_well_is_not_measured(name: str, sensors: dict[str, Any]) -> None:
    assert sensors[name]["cannot_measure"] <= 0.05, sensors[name]["reasons"]


@pytest.mark.slow
@pytest.mark.parametrize("name", JUDGED)
def test_the_uncertainty_that_is_said_covers_the_errors_that_are_made(name: str, sensors: dict[str, Any]) -> None:
    assert sensors[name]["p95_abs_c"] <= 2.5 * sensors[name]["uncertainty_c"]


@pytest.mark.slow
@pytest.mark.parametrize("name", JUDGED)
def test_nearly_all_readings_lie_within_twice_their_own_uncertainty(name: str, sensors: dict[str, Any]) -> None:
    found = sensors[name]
    print(f"{name}: {found['covered_2u']:.0%} of {found['measured']} within 2 u, errors' spread {found['spread_per_u']:.2f} u")
    assert found["covered_2u"] >= 0.9
    assert found["spread_per_u"] <= 1.0


def test_readings_pulled_towards_37_are_seen() -> None:
    pulled = [Judged(skin_c, 22.0, 0.6, 35.0 + 0.5 * (skin_c - 35.0), 0.2, None) for skin_c in (33.5, 34.5, 35.5, 36.5, 37.5)]
    assert summary(pulled)["slope"] == pytest.approx(0.5)


def test_who_is_not_measured_counts() -> None:
    nobody = [Judged(34.0, 22.0, 0.6, None, None, "cold_skin")] * 4
    assert summary(nobody)["cannot_measure"] == 1.0
    assert summary(nobody)["reasons"] == {"cold_skin": 4}


def test_who_can_show_a_forehead_is_asked_to_and_whoever_is_asked_without_need_counts() -> None:
    read = [Judged(33.0 + 0.1 * number, 22.0, 0.6, 33.0 + 0.1 * number, 0.2, None) for number in range(17)]
    asked = Judged(34.0, 22.0, 0.6, None, None, "forehead_covered", hidden=True)
    wrongly = Judged(34.0, 22.0, 0.6, None, None, "forehead_covered")
    otherwise = Judged(34.0, 22.0, 0.6, None, None, "cold_skin", hidden=True)
    found = summary([*read, asked, wrongly, otherwise])
    assert found["cannot_measure"] == pytest.approx(2 / 20)
    assert found["asked_to_show"] == 1
    assert found["hidden"] == 2
