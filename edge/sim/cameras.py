"""The two simulated cameras: each renders the world at its own moments, in its own process, from the same epoch."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from contract.errors import SettingsError
from edge.config.sources import SimulatedColour, SimulatedThermal
from edge.sim.apart import ApartView, FlatView
from edge.sim.backdrop import draw_hall, mark_simulated
from edge.sim.figure import Wardrobe
from edge.sim.scenes import world_of
from edge.sim.stage import STAGE_HEIGHT_PX, STAGE_WIDTH_PX, on_stage
from edge.sim.thermal_picture import ThermalPicture, upright_size
from edge.vision.colour.fit import fitted
from edge.vision.colour.folder import load_picture
from edge.vision.colour.source import Shot
from edge.vision.colour.tremble import Tremble
from edge.vision.pace import Pace
from edge.vision.thermal.source import RawThermal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from edge.clock import Clock
    from edge.config import GateConfig
    from edge.sim.apart import View
    from edge.sim.world import Moment, World

    Sleep = Callable[[float], None]


_AHEAD_S: Final = 4.0


class SimulatedColourCamera:
    """Draws what stands before the gate."""

    replay = True

    def __init__(
        self, world: World, config: SimulatedColour, pace: Pace, clock: Clock, epoch_s: float, hall: NDArray[np.uint8]
    ) -> None:
        self._world = world
        self._config = config
        self._pace = pace
        self._clock = clock
        self._epoch_s = epoch_s
        self._hall = hall
        self._tremble = Tremble(STAGE_WIDTH_PX, STAGE_HEIGHT_PX, world.seed)
        self._wardrobe = Wardrobe()
        self._photograph: tuple[Path | None, NDArray[np.uint8]] = (None, hall)

    def read(self) -> Shot:
        """The next picture when it is due. Raises SourceError where a photograph of the scene is gone."""
        self._pace.wait()
        taken_s = self._clock.monotonic_s() - self._config.latency_s
        return Shot(self.picture(taken_s - self._epoch_s), taken_s)

    def picture(self, t_s: float) -> NDArray[np.uint8]:
        """The world `t_s` after the epoch, (height, width, 3) uint8 BGR."""
        moment = self._world.at(t_s)
        stage = self._behind(moment).copy()
        self._wardrobe.prepare(self._world.at(t_s + _AHEAD_S).actors)
        self._wardrobe.paint(stage, moment.actors)
        mark_simulated(stage)
        taken = self._tremble.taken(stage, t_s)
        size = (self._config.width, self._config.height)
        if size == (STAGE_WIDTH_PX, STAGE_HEIGHT_PX):
            return taken
        return cv2.resize(taken, size, interpolation=cv2.INTER_LINEAR)  # type: ignore[return-value]

    def close(self) -> None:
        self._wardrobe.close()

    def _behind(self, moment: Moment) -> NDArray[np.uint8]:
        file = moment.photograph
        if file is None:
            return self._hall
        if self._photograph[0] != file:
            self._photograph = (file, fitted(load_picture(file), STAGE_WIDTH_PX, STAGE_HEIGHT_PX))
        return self._photograph[1]


class SimulatedThermalCamera:
    """Gives raw counts, as a Lepton does: with its own drift, noise and shutter events."""

    replay = True

    def __init__(
        self,
        world: World,
        config: SimulatedThermal,
        pace: Pace,
        clock: Clock,
        epoch_s: float,
        view: ThermalPicture,
        late_s: float | None = None,
    ) -> None:
        """`late_s`: what it really takes from light to array; None: what the settings say."""
        self._late_s = config.latency_s if late_s is None else late_s
        self._world = world
        self._config = config
        self._pace = pace
        self._clock = clock
        self._epoch_s = epoch_s
        self._view = view
        self._still: tuple[float, NDArray[np.uint16]] | None = None

    def read(self) -> RawThermal:
        """The next picture when it is due; the same one again and again while the shutter is closed."""
        self._pace.wait()
        now_s = self._clock.monotonic_s()
        taken_s, t_s = now_s - self._config.latency_s, now_s - self._late_s - self._epoch_s
        return RawThermal(self.counts(t_s), taken_s, self._world.ffc_age_s(t_s))

    def counts(self, t_s: float) -> NDArray[np.uint16]:
        """The world `t_s` after the epoch, (rows, cols) uint16 centikelvin."""
        if not self._world.shutting(t_s):
            return self._view.counts(t_s)
        shut_s = self._world.scene.shutter(t_s).start_s
        if self._still is None or self._still[0] != shut_s:
            self._still = (shut_s, self._view.counts(np.nextafter(shut_s, -np.inf)))
        return self._still[1]

    def close(self) -> None:
        """Nothing is held open."""


def simulated_colour(config: GateConfig, epoch_s: float, clock: Clock, sleep: Sleep = time.sleep) -> SimulatedColourCamera:
    """The colour camera of the world that began at `epoch_s` (monotonic seconds). Raises SourceError."""
    colour = config.colour
    if not isinstance(colour, SimulatedColour):
        raise SettingsError("this gate has no simulated colour camera", where=f"colour.source = {colour.source!r}")
    place = None
    if config.reference is not None and isinstance(config.thermal, SimulatedThermal):
        body = config.reference
        place = on_stage(body.row, body.col, body.radius_px, upright_size(config.thermal, config.sensor))
    pace = Pace(clock, 1.0 / colour.fps, epoch_s, sleep)
    return SimulatedColourCamera(world_of(config), colour, pace, clock, epoch_s, draw_hall(place))


def simulated_thermal(config: GateConfig, epoch_s: float, clock: Clock, sleep: Sleep = time.sleep) -> SimulatedThermalCamera:
    """The thermal camera of the same world. Raises SourceError."""
    thermal = config.thermal
    if not isinstance(thermal, SimulatedThermal):
        raise SettingsError("this gate has no simulated thermal camera", where=f"thermal.source = {thermal.source!r}")
    world = world_of(config)
    view = ThermalPicture(world, thermal, config.sensor, config.reference, _view_of(config, thermal), config.second_reference)
    pace = Pace(clock, 1.0 / thermal.fps, epoch_s, sleep)
    return SimulatedThermalCamera(world, thermal, pace, clock, epoch_s, view, config.simulation.late_s)


def _view_of(config: GateConfig, thermal: SimulatedThermal) -> View:
    size = upright_size(thermal, config.sensor)
    match config.simulation.cameras:
        case "flat":
            return FlatView(size)
        case "apart":
            return ApartView(size, config.sensor.fov_deg, config.simulation.seed)
