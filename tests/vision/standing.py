"""One simulated person before a Lepton's thermal picture, found where they really are: no colour picture, no network."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.app.in_simulation.setting import SENSORS, Standing, gate_with
from edge.config import GateConfig
from edge.config.sources import SimulatedThermal
from edge.policy.reading import Reading, Unmeasured
from edge.sim.drawing.face import BOX_TOP
from edge.sim.drawing.look import Look
from edge.sim.heat import place_of
from edge.sim.thermal_picture import ThermalPicture
from edge.sim.world import EFFECTS, Actor, World
from edge.vision.reference_pair import reference_of
from edge.vision.registration import Registration
from edge.vision.stray_light import StrayLight
from edge.vision.thermal_frame import from_counts
from edge.vision.thermometry import Thermometer

LEPTON = SENSORS["lepton35"]
PICTURES = 3
EVERY_S = 1.0  # breathed out, between, breathed in


def read(
    actor: Actor, look: Look, ambient_c: float, effects: Collection[str] = EFFECTS, **changes: dict[str, Any]
) -> Iterator[Reading | Unmeasured]:
    """What the gate says of PICTURES pictures; `changes`: of its tables, by name."""
    usual = gate_with(LEPTON, ambient_c, look.seed).model_dump(exclude_unset=True)
    config = GateConfig.model_validate(usual | {name: usual.get(name, {}) | change for name, change in changes.items()})
    assert isinstance(config.thermal, SimulatedThermal)
    assert config.reference is not None
    assert config.registration is not None
    world = World(Standing(actor), ambient_c, 0.042, look.seed, frozenset(effects))
    thermal = ThermalPicture(world, config.thermal, config.sensor, config.reference, None, config.second_reference)
    registration, stray = Registration(config.registration), StrayLight(config.sensor)
    bodies = reference_of(config.reference, config.second_reference, config.sensor)
    thermometer, (boxes, landmarks) = Thermometer(config.sensor, config.screening, registration), face(actor, look)
    for number in range(1, PICTURES + 1):
        t_s = EVERY_S * number
        frame = stray.removed(from_counts(thermal.counts(t_s), 0, taken_s=t_s, number=number, ffc_age_s=600.0))
        seen = bodies.look(frame.celsius, registration.boxes(boxes), t_s)
        yield thermometer.measure(frame, boxes, landmarks, seen, t_s, -600.0)[0]


def face(actor: Actor, look: Look) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where a detector that makes small errors sees it."""
    x, y, unit_px = place_of(actor)
    points = np.array([(-look.eye_gap, 0.0), (look.eye_gap, 0.0), (0.0, 0.55), (-0.33, 1.0), (0.33, 1.0)])
    points += np.random.default_rng([look.seed, 5]).normal(0.0, 0.03, points.shape)
    corners = np.array([-1.06, BOX_TOP, 1.06, look.chin]) * unit_px + (x, y, x, y)
    return corners[None].astype(np.float32), (points * unit_px + (x, y))[None].astype(np.float32)
