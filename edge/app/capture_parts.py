"""The capture processes: one camera each, so that a camera that hangs hangs nothing else."""

from __future__ import annotations

from collections.abc import Callable

import cv2

from contract.errors import MenshenError
from edge.app.rundir import RunDir
from edge.app.same_camera import calibrated_cameras, same_camera
from edge.app.troubled import troubled_colour, troubled_thermal
from edge.clock import Clock, SystemClock
from edge.config import GateConfig
from edge.config.sources import NoThermal, SimulatedColour, SimulatedThermal, ThermalColour
from edge.stop import Stop
from edge.vision.capture import capture, into, into_both
from edge.vision.colour import ColourSource, open_colour
from edge.vision.thermal import ThermalSource, open_thermal
from edge.vision.wake import Waker


def colour_opener(config: GateConfig, epoch_s: float, clock: Clock) -> Callable[[], ColourSource]:
    """Opens the colour camera of the settings. Raises MenshenError where there is none.

    `epoch_s`: the simulated world's zero, monotonic seconds.
    """
    colour = config.colour
    if isinstance(colour, SimulatedColour):
        from edge.sim.cameras import simulated_colour

        return lambda: simulated_colour(config, epoch_s, clock)
    if isinstance(colour, ThermalColour):
        raise MenshenError("this gate has no colour camera", where='colour.source = "thermal"')
    return same_camera(lambda: open_colour(colour, clock), "colour", calibrated_cameras(config)[0])


def thermal_opener(config: GateConfig, epoch_s: float, clock: Clock) -> Callable[[], ThermalSource]:
    """Opens the thermal camera of the settings. Raises MenshenError where there is none."""
    thermal = config.thermal
    if isinstance(thermal, SimulatedThermal):
        from edge.sim.cameras import simulated_thermal

        return lambda: simulated_thermal(config, epoch_s, clock)
    if isinstance(thermal, NoThermal):
        raise MenshenError("this gate has no thermal camera", where='thermal.source = "none"')
    return same_camera(lambda: open_thermal(thermal, clock), "thermal", calibrated_cameras(config)[1])


def run_colour(rundir: RunDir, stop: Stop) -> None:
    cv2.setNumThreads(1)
    config, clock = rundir.config(), SystemClock()
    opener = colour_opener(config, rundir.epoch_s, clock)
    if config.simulation.circuit and isinstance(config.colour, SimulatedColour):
        opener = troubled_colour(opener, rundir)
    capture(opener, into(rundir.colour_ring(config)), rundir.board("colour"), clock, stop, Waker(rundir.wake_path))


def run_thermal(rundir: RunDir, stop: Stop) -> None:
    cv2.setNumThreads(1)
    config, clock = rundir.config(), SystemClock()
    ring = rundir.thermal_ring(config)
    opener = thermal_opener(config, rundir.epoch_s, clock)
    if ring is None:
        return
    if config.simulation.circuit and isinstance(config.thermal, SimulatedThermal):
        opener = troubled_thermal(opener, rundir, (config.thermal.rows, config.thermal.cols))
    scale = config.drawn_scale
    put = into(ring) if scale is None else into_both(ring, rundir.colour_ring(config), config.sensor.rotate, scale)
    capture(opener, put, rundir.board("thermal"), clock, stop, Waker(rundir.wake_path))
