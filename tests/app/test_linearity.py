"""The thermometer follows from 35 to 40 degC; one that is pulled towards normal is found out."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from typer.testing import CliRunner

from contract.errors import MenshenError
from contract.settings_file import check
from edge.app.linearity.blackbody import FRAMES, PATIENCE_S, Blackbody, BlackbodySweep, as_skin
from edge.app.linearity.judged import Linearity, Step, judge, steps_c
from edge.app.linearity.simulated import SimulatedSweep, simulated_gate
from edge.commands.line import app
from edge.config import GateConfig
from edge.errors import SourceError
from edge.vision.band_radiance import apparent_c
from edge.vision.thermal.source import RawThermal
from tests.clocks import FakeClock
from tests.vision.heat import REFERENCE, Room

SWEEP_C = steps_c(35.0, 40.0, 0.25)
EMISSIVITY = 0.95
ROW, COL = 40, 90


def read_as(reading: Callable[[float], float]) -> Linearity:
    return judge([Step(true_c, reading(true_c)) for true_c in SWEEP_C])


def test_a_sweep_has_both_ends() -> None:
    assert (len(SWEEP_C), SWEEP_C[0], SWEEP_C[-1]) == (21, 35.0, 40.0)


@given(offset_c=st.floats(-3, 3), slope=st.floats(0.975, 1.025))
def test_a_straight_thermometer_is_straight_whatever_it_adds(offset_c: float, slope: float) -> None:
    found = read_as(lambda true_c: 37.5 + slope * (true_c - 37.5) + offset_c)
    assert found.faults == ()
    assert found.slope == pytest.approx(slope)
    assert found.offset_c == pytest.approx(offset_c, abs=1e-6)


@pytest.mark.parametrize("pull", [0.1, 0.3, 0.6, 1.0])
def test_a_thermometer_pulled_towards_37_fails_by_its_slope(pull: float) -> None:
    found = read_as(lambda true_c: true_c + pull * (37.0 - true_c))
    assert found.slope == pytest.approx(1.0 - pull)
    assert any("slope" in fault for fault in found.faults)
    assert bool(found.plateaus_c) == (pull > 0.5)


def test_a_thermometer_that_calls_everything_near_normal_normal_has_a_plateau() -> None:
    found = read_as(lambda true_c: 36.8 if 36.0 <= true_c <= 37.75 else true_c)
    assert len(found.plateaus_c) == 1
    start_c, end_c = found.plateaus_c[0]
    assert start_c <= 36.25
    assert end_c >= 37.5


def test_a_thermometer_that_saturates_has_a_plateau_at_its_end() -> None:
    assert read_as(lambda true_c: min(true_c, 38.5)).plateaus_c[0][1] == 40.0


def test_one_wrong_step_is_found() -> None:
    found = read_as(lambda true_c: true_c + (0.4 if true_c == 38.0 else 0.0))
    assert found.largest_residual_c > 0.3
    assert any("beside the line" in fault for fault in found.faults)


def test_a_step_that_could_not_be_read_is_a_fault_and_no_number() -> None:
    found = read_as(lambda true_c: math.nan if true_c == 39.0 else true_c)
    assert found.unread_c == (39.0,)
    assert found.faults == ("nothing was read at 39.00 degC",)
    with pytest.raises(ValueError, match="no sweep"):
        read_as(lambda _: math.nan)


@pytest.mark.parametrize(("ambient_c", "noise_c"), [(18.0, 0.14), (30.0, 0.05)])
def test_the_gates_own_thermometry_is_straight_in_simulation(ambient_c: float, noise_c: float) -> None:
    gate = simulated_gate(None)
    simulation = gate.simulation.model_copy(update={"ambient_c": ambient_c, "noise_c": noise_c})
    found = judge(list(SimulatedSweep(gate.model_copy(update={"simulation": simulation}), steps_c(35.0, 40.0, 0.5)).steps()))
    assert found.faults == ()
    assert abs(found.offset_c) < 0.1


def test_a_turned_sensor_is_swept_as_it_is_mounted() -> None:
    turned = settings(sensor={"rotate": 90}, reference=REFERENCE.model_dump() | {"row": 24.0, "col": 16.0})
    found = judge(list(SimulatedSweep(simulated_gate(turned), steps_c(35.0, 40.0, 1.0)).steps()))
    assert found.faults == ()


def settings(**tables: Any) -> GateConfig:
    """A gate with a real thermal camera; its pictures are given by hand."""
    values = {
        "gate": "south-1",
        "colour": {"source": "v4l2"},
        "thermal": {"source": "cptv", "path": "none.cptv"},
        "reference": REFERENCE.model_dump(),
        "registration": {"matrix": [[0.25, 0.0, 0.0], [0.0, 0.25, 0.0]]},
        "uplink": {"database": "gate.db"},
    }
    return check(values | tables, GateConfig, where="gate.toml")


class Bench:
    """A thermal camera before a reference body and a blackbody that can be set. Counts as the sensor gives them."""

    replay = False

    def __init__(self, clock: FakeClock, room: Room, pull: float = 0.0, ffc_age_s: float = math.inf) -> None:
        self.clock, self.room, self.pull, self.ffc_age_s = clock, room, pull, ffc_age_s
        self.set_c = 35.0

    def counts(self) -> NDArray[np.uint16]:
        shown_c = self.set_c + self.pull * (37.0 - self.set_c)
        looks_c = float(apparent_c(shown_c, EMISSIVITY, self.room.ambient_c))
        return replace(self.room, spots=((ROW, COL, 12.0, looks_c),)).counts()

    def read(self) -> RawThermal | None:
        self.clock.advance(0.114)
        return RawThermal(self._counts(), self.clock.monotonic_s(), self.ffc_age_s)

    def _counts(self) -> NDArray[np.uint16]:
        if getattr(self, "_shown", None) != self.set_c:
            self._shown, self._kept = self.set_c, self.counts()
        return self._kept

    def close(self) -> None:
        pass


def swept(bench: Bench) -> list[Step]:
    sweep = BlackbodySweep(settings(), Blackbody(ROW, COL, EMISSIVITY), bench, bench.clock)
    steps = []
    for true_c in steps_c(35.0, 40.0, 0.5):
        bench.set_c = true_c
        steps.append(sweep.read(true_c))
    return steps


@pytest.mark.parametrize(("ambient_c", "drift_c"), [(18.0, -1.5), (22.0, 0.0), (28.0, 1.2)])
def test_a_blackbody_is_followed_whatever_the_sensor_adds(ambient_c: float, drift_c: float) -> None:
    found = judge(swept(Bench(FakeClock(), Room(ambient_c=ambient_c, drift_c=drift_c))))
    assert found.faults == ()
    assert found.largest_residual_c < 0.05
    assert abs(found.offset_c) < 0.1


def test_a_camera_that_pulls_towards_normal_is_found_out_before_the_blackbody() -> None:
    found = judge(swept(Bench(FakeClock(), Room(), pull=0.2)))
    assert found.slope == pytest.approx(0.8, abs=0.01)
    assert found.faults


@pytest.mark.parametrize("bench", [Bench(FakeClock(), Room(reference_c=None)), Bench(FakeClock(), Room(), ffc_age_s=2.0)])
def test_without_a_reference_or_beside_a_shutter_event_nothing_is_read(bench: Bench) -> None:
    sweep = BlackbodySweep(settings(), Blackbody(ROW, COL, EMISSIVITY), bench, bench.clock)
    began_s = bench.clock.now_s
    assert math.isnan(sweep.read(36.0).read_c)
    assert PATIENCE_S <= bench.clock.now_s - began_s < PATIENCE_S + 1
    assert FRAMES * 0.114 < PATIENCE_S


def test_a_place_outside_the_picture_is_refused() -> None:
    bench = Bench(FakeClock(), Room())
    with pytest.raises(SourceError, match="row 119, column 90 does not lie") as refused:
        BlackbodySweep(settings(), Blackbody(119, COL, EMISSIVITY), bench, bench.clock).read(36.0)
    assert refused.value.where == "--row, --col"


def test_without_a_reference_body_there_is_nothing_to_test() -> None:
    bench = Bench(FakeClock(), Room())
    bare = settings(screening={"temperature": False}).model_copy(update={"reference": None})
    with pytest.raises(MenshenError, match="without a reference body"):
        BlackbodySweep(bare, Blackbody(ROW, COL, EMISSIVITY), bench, bench.clock)


def test_a_body_of_skins_emissivity_looks_like_skin() -> None:
    assert as_skin(37.0, 0.98, 22.0) == pytest.approx(37.0, abs=1e-3)
    assert as_skin(37.0, 0.95, 22.0) == pytest.approx(36.57, abs=0.01)


def test_the_command_writes_what_it_found_and_fails_when_it_is_asked_for_nothing(tmp_path: Path) -> None:
    as_json, as_html = tmp_path / "found.json", tmp_path / "found.html"
    options = ["--step", "1", "--json", str(as_json), "--html", str(as_html)]
    done = CliRunner().invoke(app, ["linearity", "--simulated", *options], catch_exceptions=False)
    assert done.exit_code == 0
    found = json.loads(as_json.read_text())
    assert found["passed"]
    assert not found["plateau"]
    assert 0.97 <= found["slope"] <= 1.03
    assert found["largest_residual_c"] <= 0.2
    assert len(found["steps"]) == 6
    assert as_html.read_text().count("<svg") == 2
    with pytest.raises(MenshenError, match="place in the thermal picture"):
        CliRunner().invoke(app, ["linearity"], catch_exceptions=False)
    with pytest.raises(MenshenError, match="no sweep"):
        CliRunner().invoke(app, ["linearity", "--simulated", "--start", "38", "--stop", "36"], catch_exceptions=False)
