"""Which settings play which scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edge.sim.photographs import Photographs
from edge.sim.walk_around import WalkAround
from edge.sim.walk_up import WalkUp
from edge.sim.world import Scene, World

if TYPE_CHECKING:
    from edge.config import GateConfig


def world_of(config: GateConfig) -> World:
    """The one world of these settings. Raises SourceError where a manifest or picture is missing."""
    told = config.simulation
    return World(_scene(config), told.ambient_c, told.noise_c, told.seed, frozenset(told.effects))


def _scene(config: GateConfig) -> Scene:
    skin_to_core_c = config.screening.skin_to_core_c
    match config.simulation.scene:
        case "walk_up":
            return WalkUp(config.simulation.seed, skin_to_core_c)
        case "walk_around":
            return WalkAround(config.simulation.seed, skin_to_core_c)
        case "photographs":
            return Photographs(config.simulation, skin_to_core_c)
