"""The sweep in the simulator: counts as a sensor gives them, the reference body, a person, and the gate's own thermometer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import nan
from typing import Any, Final

from contract.settings_file import check
from edge.app.linearity.judged import Step
from edge.config import GateConfig
from edge.config.sources import NoThermal
from edge.policy.reading import Reading
from edge.sim.scenes import world_of
from edge.sim.stage import registration_matrix
from edge.sim.sweep import Sweep, face
from edge.sim.thermal_picture import ThermalPicture
from edge.vision.reference_pair import reference_of
from edge.vision.registration import Registration
from edge.vision.stray_light import StrayLight
from edge.vision.thermal_frame import ThermalFrame, from_counts
from edge.vision.thermometry import Thermometer
from edge.vision.visit_reading import combine

FRAMES: Final = 9
FRAME_S: Final = 0.114  # a Lepton's
_REFERENCE: Final = {"row": 24.0, "col": 20.0, "radius_px": 6.0, "setpoint_c": 36.0}
_ROWS, _COLS = 120, 160


def simulated_gate(gate: GateConfig | None) -> GateConfig:
    """The gate's sensor, reference body and simulation (or what is usual) before simulated cameras with their true mapping."""
    values: dict[str, Any] = {
        "gate": "simulated",
        "colour": {"source": "simulated"},
        "thermal": {"source": "simulated", "rows": _ROWS, "cols": _COLS},
        "reference": _REFERENCE,
        "uplink": {"database": "none-is-written.db"},
    }
    if gate is not None:
        values |= {name: getattr(gate, name).model_dump() for name in ("sensor", "screening", "simulation")}
        values |= {} if gate.reference is None else {"reference": gate.reference.model_dump()}
        values |= {} if gate.second_reference is None else {"second_reference": gate.second_reference.model_dump()}
        if not isinstance(gate.thermal, NoThermal):
            values["thermal"] |= {"rows": gate.thermal.rows, "cols": gate.thermal.cols}
        values["screening"] |= {"temperature": True}
        values["simulation"] |= {"scene": "walk_up", "manifest": None}
    turned = values.get("sensor", {}).get("rotate", 0) % 180 != 0
    rows, cols = values["thermal"]["rows"], values["thermal"]["cols"]
    size = (rows, cols) if turned else (cols, rows)
    values["registration"] = {"matrix": registration_matrix(thermal_size=size)}
    return check(values, GateConfig, where="menshen-edge linearity --simulated")


class SimulatedSweep:
    """One person, one temperature after the other."""

    def __init__(self, config: GateConfig, skin_c: Sequence[float]) -> None:
        thermal, reference, mapping = config.thermal, config.reference, config.registration
        if thermal.source != "simulated" or reference is None or mapping is None:
            raise ValueError("a simulated sweep needs the settings `simulated_gate` makes")
        self._skin_c = tuple(skin_c)
        self._world = replace(world_of(config), scene=Sweep(self._skin_c, FRAMES * FRAME_S))
        self._picture = ThermalPicture(self._world, thermal, config.sensor, reference, None, config.second_reference)
        self._rotate = config.sensor.rotate
        self._body = reference_of(reference, config.second_reference, config.sensor)
        self._stray = StrayLight(config.sensor)
        self._registration = Registration(mapping)
        self._thermometer = Thermometer(config.sensor, config.screening, self._registration)
        self._boxes, self._landmarks = face()

    def steps(self) -> Iterator[Step]:
        """One step a temperature: the reading of a visit, corrected, of the skin's true temperature."""
        started_s = -7200.0  # the sensor has been on for long
        for number, true_c in enumerate(self._skin_c):
            answers = [self._answer((number * FRAMES + frame) * FRAME_S, started_s) for frame in range(FRAMES)]
            readings = [answer for answer in answers if answer is not None]
            yield Step(true_c, combine(readings).corrected_c if readings else nan)

    def _answer(self, t_s: float, started_s: float) -> Reading | None:
        frame = self._frame(t_s)
        seen = self._body.look(frame.celsius, self._registration.boxes(self._boxes), t_s)
        answer = self._thermometer.measure(frame, self._boxes, self._landmarks, seen, t_s, started_s)[0]
        return answer if isinstance(answer, Reading) else None

    def _frame(self, t_s: float) -> ThermalFrame:
        counts = self._picture.counts(t_s)
        return self._stray.removed(from_counts(counts, self._rotate, taken_s=t_s, ffc_age_s=self._world.ffc_age_s(t_s)))
