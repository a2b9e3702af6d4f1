"""People one after the other before a simulated gate: what it reads of each, and what is true."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from contract.verdicts import Reason, Region
from edge.app.in_simulation.setting import Sensor, Standing, gate_with, person_at
from edge.clock import SystemClock
from edge.config.sources import SimulatedColour, SimulatedThermal
from edge.gate.people import People
from edge.policy.reading import Reading, Unmeasured
from edge.sim.backdrop import draw_hall
from edge.sim.cameras import SimulatedColourCamera
from edge.sim.drawing.look import Hair, Look
from edge.sim.heat import CANTHUS_C
from edge.sim.thermal_picture import ThermalPicture
from edge.sim.world import EFFECTS, World
from edge.vision.detector import Detections, Detector
from edge.vision.pace import Pace
from edge.vision.reference_body import ReferenceMissing, ReferenceSeen
from edge.vision.reference_pair import reference_of
from edge.vision.registration import Registration
from edge.vision.stray_light import StrayLight
from edge.vision.thermal_frame import ThermalFrame, from_counts
from edge.vision.thermometry import Thermometer
from edge.vision.tracker import Tracker
from edge.vision.visit_reading import combine

PERIOD_S: Final = 0.114
PICTURES: Final = 8
FEWEST: Final = 3
"""Single readings from which the gate makes a temperature."""

_FIRST_PERSON: Final = 100
NOISE_C: Final = 0.042
_AMBIENT_C, _SKIN_C = (18.0, 30.0), (33.2, 38.2)


@dataclass(frozen=True, slots=True)
class Judged:
    """One person: what was true of the region that was read, and what was read; None, with the reason, where nothing was.

    `hidden`: a fringe over the forehead and glasses before the eyes, so that there is no skin to be read.
    """

    skin_c: float
    ambient_c: float
    distance_m: float
    read_c: float | None
    uncertainty_c: float | None
    reason: str | None
    hidden: bool = False


def effects_of(*, stray: bool) -> list[str]:
    """The sensor's usual effects, and stray light where it is wanted."""
    return sorted(EFFECTS | ({"stray"} if stray else frozenset()))


def judged(sensor: Sensor, people: int, effects: Collection[str], seed: int) -> Iterator[Judged]:
    """Draw `people` with other faces, distances, rooms and skins, and let the gate read each from PICTURES pictures."""
    detector, rng = Detector.open(), np.random.default_rng([seed, 61])
    for number in range(people):
        ambient_c, skin_c = float(rng.uniform(*_AMBIENT_C)), float(rng.uniform(*_SKIN_C))
        distance_m = float(rng.uniform(*sensor.distance_m))
        actor = person_at(sensor, distance_m, skin_c, _FIRST_PERSON + number, rng)
        look = Look.of_seed(_FIRST_PERSON + number)
        hidden = look.glasses and look.hair is Hair.FRINGE
        world = World(Standing(actor), ambient_c, NOISE_C, seed + number, frozenset(effects))
        readings, last = _read(sensor, world, detector)
        if len(readings) >= FEWEST:
            one = combine(readings)
            true_c = skin_c + (CANTHUS_C if one.region is Region.CANTHUS else 0.0)
            yield Judged(true_c, ambient_c, distance_m, one.corrected_c, one.uncertainty_c, None, hidden)
        else:
            reason = last.reason.value if isinstance(last, Unmeasured) else "not found"
            yield Judged(skin_c, ambient_c, distance_m, None, None, reason, hidden)


@dataclass(frozen=True, slots=True)
class Seen:
    """One moment before a simulated gate: what its thermometer is handed."""

    thermometer: Thermometer
    frame: ThermalFrame
    found: Detections
    reference: ReferenceSeen | ReferenceMissing
    t_s: float


def _read(sensor: Sensor, world: World, detector: Detector) -> tuple[list[Reading], Reading | Unmeasured | None]:
    """The single readings of the person, and the last answer of all."""
    readings: list[Reading] = []
    last: Reading | Unmeasured | None = None
    for seen in moments(sensor, world, detector, PICTURES):
        found = seen.found
        for last in seen.thermometer.measure(seen.frame, found.boxes, found.landmarks, seen.reference, seen.t_s, -600.0):
            if isinstance(last, Reading):
                readings.append(last)
    return readings, last


def moments(sensor: Sensor, world: World, detector: Detector, pictures: int) -> Iterator[Seen]:
    """So many pictures of each camera of a gate with this sensor."""
    config = gate_with(sensor, world.ambient_c, world.seed)
    if not isinstance(config.colour, SimulatedColour) or not isinstance(config.thermal, SimulatedThermal):
        raise TypeError("the gate of an evaluation in simulation has simulated cameras")
    if config.reference is None or config.registration is None:
        raise TypeError("the gate of an evaluation in simulation measures temperatures")
    clock = SystemClock()
    camera = SimulatedColourCamera(world, config.colour, Pace(clock, PERIOD_S, 0.0), clock, 0.0, draw_hall(None))
    thermal = ThermalPicture(world, config.thermal, config.sensor, config.reference, None, config.second_reference)
    registration = Registration(config.registration)
    body, people = reference_of(config.reference, config.second_reference, config.sensor), People(detector, Tracker())
    stray, thermometer = StrayLight(config.sensor), Thermometer(config.sensor, config.screening, registration)
    for number in range(1, pictures + 1):
        t_s = PERIOD_S * number
        found, _ = people.see(camera.picture(t_s), t_s)
        frame = stray.removed(from_counts(thermal.counts(t_s), 0, taken_s=t_s, number=number, ffc_age_s=600.0))
        seen = body.look(frame.celsius, registration.boxes(found.boxes), t_s)
        yield Seen(thermometer, frame, found, seen, t_s)
    camera.close()


def summary(found: list[Judged]) -> dict[str, Any]:
    """Errors of the readings against the true skin, degrees Celsius; slope of read on true; share that could not be measured.

    Who is hidden by hair and glasses, and is asked to show the forehead, could still be measured and is not in that share
    (`asked_to_show`); whoever is asked so without need is. `covered_2u` is the share
    of readings that lie within twice their own uncertainty of the truth, `spread_c` the errors' standard deviation, and
    `spread_per_u` that over the uncertainty (root mean square): 1 would be exactly as said, below 1 better.
    """
    asked = sum(one.hidden and one.reason == Reason.FOREHEAD_COVERED for one in found)
    cannot = (sum(one.read_c is None for one in found) - asked) / max(1, len(found))
    apart = {
        "hidden": sum(one.hidden for one in found),
        "hidden_read": sum(one.hidden and one.read_c is not None for one in found),
        "asked_to_show": asked,
    }
    read = [(one.skin_c, one.read_c) for one in found if one.read_c is not None]
    reasons = [one.reason for one in found if one.reason is not None]
    if len(read) < FEWEST:
        return {"people": len(found), "measured": len(read), "cannot_measure": 1.0, "reasons": _counted(reasons), **apart}
    true_c, read_c = np.array(read).T
    error_c = read_c - true_c
    said_c = np.array([one.uncertainty_c for one in found if one.uncertainty_c is not None])
    slope, offset_c = np.polyfit(true_c, read_c, 1)
    return {
        "people": len(found),
        "measured": len(read),
        "cannot_measure": round(cannot, 4),
        "reasons": _counted(reasons),
        **apart,
        "bias_c": round(float(error_c.mean()), 4),
        "p95_abs_c": round(float(np.quantile(np.abs(error_c), 0.95)), 4),
        "worst_c": round(float(np.abs(error_c).max()), 4),
        "slope": round(float(slope), 4),
        "residual_c": round(float(np.abs(read_c - slope * true_c - offset_c).max()), 4),
        "uncertainty_c": round(float(np.median(said_c)), 4),
        "covered_2u": round(float((np.abs(error_c) <= 2.0 * said_c).mean()), 4),
        "spread_c": round(float(error_c.std()), 4),
        "spread_per_u": round(float(error_c.std() / np.sqrt((said_c**2).mean())), 4),
    }


def _counted(reasons: list[str]) -> dict[str, int]:
    return {reason: reasons.count(reason) for reason in sorted(set(reasons))}
