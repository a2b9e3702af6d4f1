"""A whole gate without its processes: drawn people before two simulated cameras, and what the lane makes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from contract.verdicts import Mask, Verdict
from edge.clock import SystemClock
from edge.config import GateConfig
from edge.config.sources import SimulatedColour, SimulatedThermal
from edge.gate.people import People
from edge.lane.lane import Lane
from edge.lane.step import Announcement, Step
from edge.lane.zone import zone_of
from edge.policy.rule import Decision, Limits
from edge.sim.backdrop import draw_hall
from edge.sim.cameras import SimulatedColourCamera
from edge.sim.drawing import STATE_OF, Placement
from edge.sim.thermal_picture import ThermalPicture
from edge.sim.world import Actor, Appearance, Moment, Shutter, World
from edge.vision.detector import Detector
from edge.vision.pace import Pace
from edge.vision.reference_body import ReferenceBody
from edge.vision.registration import Registration
from edge.vision.thermal_frame import from_counts
from edge.vision.thermometry import Thermometer
from edge.vision.tracker import Tracker
from tests.sim.gates import simulated_gate

FPS = 10.0
Cast = Callable[[float], tuple[Actor, ...]]


def somebody(person: int, x: float, y: float, height_px: float, placement: Placement | None) -> Actor:
    """A drawn face of normal temperature, stage pixels."""
    half = 0.38 * height_px
    mask = Mask.ABSENT if placement is None else STATE_OF[placement]
    box = (x - half, y - height_px / 2, x + half, y + height_px / 2)
    return Actor(box, mask, 36.6, 34.6, Appearance(person, placement))


@dataclass(frozen=True)
class Play:
    """Who is there when."""

    cast: Cast

    def at(self, t_s: float) -> Moment:
        return Moment(self.cast(t_s))

    def shutter(self, t_s: float) -> Shutter:
        del t_s
        return Shutter(0, -600.0)


class Watched:
    """`seen` stand before the colour camera; `warm`, of them, before the thermal one."""

    def __init__(self, detector: Detector, seen: Cast, warm: Cast, seed: int) -> None:
        config = simulated_gate(seed=seed)
        self._camera, self._thermal = cameras(config, seen, warm, seed)
        assert config.reference is not None
        assert config.registration is not None
        registration = Registration(config.registration)
        self._registration = registration
        self._reference = ReferenceBody(config.reference, config.sensor)
        self._thermometer = Thermometer(config.sensor, config.screening, registration)
        self._people = People(detector, Tracker())
        names = count()
        zone = zone_of(config.zone.polygon, config.zone.min_face, config.colour.width, config.colour.height)
        limits = Limits(mask=True, temperature=True, limit_c=config.screening.limit_c)
        self._lane = Lane(zone, limits, config.screening.worn_probability, lambda: f"v{next(names)}")
        self._tick = 0
        self.said: list[Announcement] = []
        self.passing: list[str | None] = []
        self.told: list[Decision | None] = []

    def until(self, t_s: float) -> None:
        """Let the gate look for so long."""
        while self._tick / FPS < t_s:
            self._tick += 1
            step = self._look(self._tick / FPS)
            self.said += step.announced
            self.passing.append(step.passing)
            self.told.append(step.screen.decision)

    @property
    def passes(self) -> int:
        return sum(said.decision.verdict is Verdict.PASS for said in self.said)

    def close(self) -> None:
        self._camera.close()

    def _look(self, t_s: float) -> Step:
        picture = self._camera.picture(t_s)
        found, tracks = self._people.see(picture, t_s)
        frame = from_counts(self._thermal.counts(t_s), 0, taken_s=t_s, number=self._tick, ffc_age_s=600.0)
        body = self._reference.look(frame.celsius, self._registration.boxes(found.boxes), t_s)
        measured = self._thermometer.measure(frame, found.boxes, found.landmarks, body, t_s, 0.0)
        return self._lane.step(t_s, self._people.faces(found, tracks, measured, t_s, picture), None)


def cameras(config: GateConfig, seen: Cast, warm: Cast, seed: int) -> tuple[SimulatedColourCamera, ThermalPicture]:
    """What the two simulated cameras see of `seen` and of `warm`."""
    assert isinstance(config.colour, SimulatedColour)
    assert isinstance(config.thermal, SimulatedThermal)
    clock = SystemClock()
    colour, thermal = (World(Play(cast), ambient_c=22.0, noise_c=0.05, seed=seed) for cast in (seen, warm))
    camera = SimulatedColourCamera(colour, config.colour, Pace(clock, 1.0 / FPS, 0.0), clock, 0.0, draw_hall(None))
    return camera, ThermalPicture(thermal, config.thermal, config.sensor, config.reference)
