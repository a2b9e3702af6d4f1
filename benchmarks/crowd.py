"""Drawn people standing before the gate, as the simulated cameras see them: pictures made before anything is timed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import pi, sin
from typing import TYPE_CHECKING, Final

from benchmarks.settings import simulated
from contract.verdicts import Mask
from edge.clock import SystemClock
from edge.config.sources import SimulatedColour, SimulatedThermal
from edge.sim.backdrop import draw_hall
from edge.sim.cameras import SimulatedColourCamera
from edge.sim.drawing import Placement
from edge.sim.thermal_picture import ThermalPicture
from edge.sim.walk_up import CAST
from edge.sim.world import Actor, Appearance, Moment, Shutter, World
from edge.vision.pace import Pace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from edge.config import GateConfig

FPS: Final = 25.0
PERIOD_S: Final = 2.0
"""After so long everybody stands again where they stood: the film can be played in a circle."""
_MIDDLES: Final = {
    1: [(320.0, 218.0)],
    5: [(130.0 + 95.0 * column, 220.0) for column in range(5)],
    8: [(160.0 + 120.0 * column, 150.0 + 190.0 * row) for row in range(2) for column in range(4)],
    20: [(150.0 + 105.0 * column, 70.0 + 105.0 * row) for row in range(4) for column in range(5)],
}
_WIDTH: Final = 0.76  # of a face's height
_SKIN_TO_CORE_C: Final = 2.0


@dataclass(frozen=True, slots=True)
class Standing:
    """The scene: `count` people (1, 5, 8 or 20) with faces `height_px` high who sway a little; every other one wears a mask."""

    count: int
    height_px: float

    def at(self, t_s: float) -> Moment:
        return Moment(tuple(self._actor(index, x, y, t_s) for index, (x, y) in enumerate(_MIDDLES[self.count])))

    def shutter(self, t_s: float) -> Shutter:
        """None but one long ago."""
        del t_s
        return Shutter(0, -600.0)

    def _actor(self, index: int, x: float, y: float, t_s: float) -> Actor:
        turn = 2 * pi * t_s / PERIOD_S
        x, y = x + 5.0 * sin(turn + index), y + 3.0 * sin(turn + 2.0 * index)
        half_width, half_height = 0.5 * _WIDTH * self.height_px, 0.5 * self.height_px
        worn = index % 2 == 0
        return Actor(
            box=(x - half_width, y - half_height, x + half_width, y + half_height),
            mask=Mask.WORN if worn else Mask.ABSENT,
            core_c=36.6,
            skin_c=36.6 - _SKIN_TO_CORE_C,
            appearance=Appearance(CAST[index % 6], Placement.WORN if worn else None),
        )


@dataclass(frozen=True, slots=True)
class Film:
    """What both cameras see over one period.

    Attributes:
        colour: (480, 640, 3) uint8 BGR each, with sensor noise and a trembling of less than a pixel.
        thermal: (120, 160) uint16 centikelvin each, with the reference body.
    """

    colour: tuple[NDArray[np.uint8], ...]
    thermal: tuple[NDArray[np.uint16], ...]


@lru_cache(maxsize=8)
def film_of(count: int, height_px: float) -> Film:
    """Of a crowd before the gate of `firmware_configs/gates/simulated.toml`."""
    config = simulated()
    world = World(Standing(count, height_px), ambient_c=22.0, noise_c=0.05, seed=1)
    camera, thermal = _colour(world, config), _thermal(world, config)
    moments_s = [index / FPS for index in range(round(PERIOD_S * FPS))]
    film = Film(tuple(camera.picture(t_s) for t_s in moments_s), tuple(thermal.counts(t_s) for t_s in moments_s))
    camera.close()
    return film


def heats_of(count: int, height_px: float, config: GateConfig) -> tuple[NDArray[np.uint16], ...]:
    """The same scene as the thermal camera of `config` sees it, centikelvin, over one period."""
    thermal = _thermal(World(Standing(count, height_px), ambient_c=22.0, noise_c=0.05, seed=1), config)
    return tuple(thermal.counts(index / FPS) for index in range(round(PERIOD_S * FPS)))


def _colour(world: World, config: GateConfig) -> SimulatedColourCamera:
    assert isinstance(config.colour, SimulatedColour)
    clock = SystemClock()
    return SimulatedColourCamera(world, config.colour, Pace(clock, 1.0 / FPS, 0.0), clock, 0.0, draw_hall(None))


def _thermal(world: World, config: GateConfig) -> ThermalPicture:
    assert isinstance(config.thermal, SimulatedThermal)
    return ThermalPicture(world, config.thermal, config.sensor, config.reference)
