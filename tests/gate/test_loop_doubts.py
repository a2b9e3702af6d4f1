"""The whole loop: what a visitor leaves behind reaches the ring of records, with what made the temperature."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from contract.messages.alert import AlertData
from contract.messages.visit import VisitData
from contract.topics import Kind
from contract.verdicts import Mask, Verdict
from edge.actuators.log_barrier import LogBarrier
from edge.app.gate_part import build
from edge.app.rundir import RunDir
from edge.config import GateConfig
from edge.config.thermometry import CoreConfig
from edge.gate.loop import GateLoop
from edge.sim.drawing import Placement
from edge.sim.world import Actor, Appearance
from tests.clocks import FakeClock
from tests.gate.watched import FPS, cameras
from tests.sim.gates import simulated_gate

PERSON = 7
BOX = (248.0, 130.0, 392.0, 320.0)
STANDS_S, GONE_S = 1.6, 2.8


@dataclass
class Hall:
    """A gate built as `run` builds it, fed picture by picture, with a clock that only moves with them."""

    config: GateConfig
    folder: Path

    def __post_init__(self) -> None:
        self.clock = FakeClock()
        self.rundir = RunDir(self.folder)
        self.rundir._fill(self.config)
        self.loop: GateLoop = build(self.config, self.rundir, LogBarrier(self.clock), self.clock)

    def visit(self, core_c: float, skin_c: float) -> None:
        """One masked person comes, stands there and goes."""
        actor = Actor(BOX, Mask.WORN, core_c, skin_c, Appearance(PERSON, Placement.WORN))

        def cast(t_s: float) -> tuple[Actor, ...]:
            return (actor,) if t_s < STANDS_S else ()

        camera, thermal = cameras(self.config, cast, cast, self.config.simulation.seed)
        colours, thermals = self.rundir.colour_ring(self.config), self.rundir.thermal_ring(self.config)
        assert thermals is not None
        for tick in range(round(GONE_S * FPS)):
            self.clock.advance(1.0 / FPS)
            now_s = self.clock.monotonic_s()
            colours.write(camera.picture(tick / FPS), now_s)
            thermals.write(thermal.counts(tick / FPS), now_s, 600.0)
            self.loop.round()
        camera.close()

    def told(self) -> list[tuple[Kind, dict[str, Any]]]:
        return [(record.kind, json.loads(record.data)) for record in self.rundir.records().waiting(1000)]

    @property
    def visits(self) -> list[VisitData]:
        return [VisitData.model_validate_json(json.dumps(data)) for kind, data in self.told() if kind is Kind.VISIT]

    @property
    def alerts(self) -> list[AlertData]:
        return [AlertData.model_validate_json(json.dumps(data)) for kind, data in self.told() if kind is Kind.ALERT]


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    gate = simulated_gate()
    core, screening = CoreConfig(rule="ambient", reference_ambient_c=22.0), gate.screening.model_copy(update={"low_core_c": 35.6})
    return Hall(gate.model_copy(update={"core": core, "screening": screening}), tmp_path)


def test_a_reading_too_low_for_a_healthy_person_does_not_pass_and_is_told_of(hall: Hall) -> None:
    hall.visit(core_c=35.0, skin_c=33.0)
    assert [visit.verdict for visit in hall.visits] == [Verdict.CANNOT_MEASURE]
    reading = hall.visits[0].reading
    assert reading is not None
    assert reading.core_rule == "ambient"
    assert reading.ambient_c == pytest.approx(22.0, abs=1.0)
    assert reading.core_c == pytest.approx(
        reading.corrected_c + 2.0 - 0.088 * (reading.ambient_c or 0.0) + 0.088 * 22.0, abs=0.01
    )
    assert [(alert.kind.value, alert.state) for alert in hall.alerts] == [("low_reading", "raised")]


def test_a_usual_visitor_leaves_no_doubt_behind(hall: Hall) -> None:
    hall.visit(core_c=36.6, skin_c=34.6)
    assert [visit.verdict for visit in hall.visits] == [Verdict.PASS]
    assert hall.alerts == []
