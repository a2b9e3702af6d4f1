"""What the uncertainty of a reading is made of at each distance, by the gate's own budget, on simulated people."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from edge.app.in_simulation.evaluation import NOISE_C, moments
from edge.app.in_simulation.setting import Sensor, Standing, person_at
from edge.sim.world import World
from edge.vision.detector import Detector
from edge.vision.explanation import ReadFace, explained

DISTANCES: Final = 9
PEOPLE: Final = 3
"""At each distance; the middle one counts, part by part."""
_NEARER, _FARTHER = 0.75, 2.0  # of the nearest and farthest distance at which the sensor is judged
_AMBIENT_C, _SKIN_C = 22.0, 34.6
_FIRST_PERSON: Final = 500


@dataclass(frozen=True, slots=True)
class Budget:
    """At one distance: parts and their root sum of squares, degrees Celsius (standard)."""

    distance_m: float
    parts_c: dict[str, float]

    @property
    def combined_c(self) -> float:
        return float(np.sqrt(sum(part_c**2 for part_c in self.parts_c.values())))

    def stacked_c(self) -> list[tuple[str, float]]:
        """Each part's share of the square, so that they add up to the combined one."""
        whole_c = max(self.combined_c, 1e-9)
        return [(name, part_c**2 / whole_c) for name, part_c in self.parts_c.items()]


def over_distance(sensor: Sensor, effects: Collection[str], seed: int) -> Iterator[Budget]:
    """From nearer than the sensor is judged at to farther; a distance at which nobody's face is found is left out."""
    detector, rng = Detector.open(), np.random.default_rng([seed, 67])
    near_m, far_m = sensor.distance_m
    for step, distance_m in enumerate(np.linspace(_NEARER * near_m, _FARTHER * far_m, DISTANCES).tolist()):
        read = [
            face
            for person in range(PEOPLE)
            for face in _faces(sensor, distance_m, _FIRST_PERSON + step * PEOPLE + person, effects, detector, rng)
        ]
        if read:
            names = read[0].parts_c
            yield Budget(distance_m, {name: float(np.median([face.parts_c[name] for face in read])) for name in names})


def _faces(
    sensor: Sensor, distance_m: float, person: int, effects: Collection[str], detector: Detector, rng: np.random.Generator
) -> list[ReadFace]:
    world = World(Standing(person_at(sensor, distance_m, _SKIN_C, person, rng)), _AMBIENT_C, NOISE_C, person, frozenset(effects))
    (seen,) = moments(sensor, world, detector, 1)
    placed = explained(seen.thermometer, seen.frame, seen.found, seen.reference)
    return [face.read for face in placed if face.read is not None and np.isfinite(face.read.uncertainty_c)]
