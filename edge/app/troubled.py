"""The simulated cameras of a gate with a simulated circuit: what is done to them stands on the board `hand`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from edge.app.rundir import RunDir
from edge.config import GateConfig
from edge.vision.colour import ColourSource
from edge.vision.thermal import ThermalSource

if TYPE_CHECKING:
    from edge.sim.hand import Hand

_BEYOND_PX: Final = 2.0
"""A coat hides a little more than the body."""


def troubled_colour(opener: Callable[[], ColourSource], rundir: RunDir) -> Callable[[], ColourSource]:
    """Opens the same camera, to which things may be done."""
    from edge.sim.trouble import TroubledColour

    hand = _hand(rundir)
    return lambda: TroubledColour(opener(), lambda: hand().colour)


def troubled_thermal(opener: Callable[[], ThermalSource], rundir: RunDir, shape: tuple[int, int]) -> Callable[[], ThermalSource]:
    """Opens the same camera, to which things may be done. `shape`: (rows, cols) of its picture."""
    from edge.sim.trouble import TroubledThermal

    hand, bodies = _hand(rundir), _bodies(rundir.config(), shape)
    return lambda: TroubledThermal(opener(), bodies, lambda: hand().thermal)


def _hand(rundir: RunDir) -> Callable[[], Hand]:
    """What is done to the cameras now."""
    from edge.sim.hand import Hand, from_note

    board = rundir.board("hand")
    return lambda: from_note(note) if (note := board.read()) else Hand()


def _bodies(config: GateConfig, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """(rows, cols) as the sensor is mounted: where the reference bodies are."""
    rows, cols = reversed(shape) if config.sensor.rotate % 180 else shape
    y, x = np.mgrid[0:rows, 0:cols]
    found = np.zeros((rows, cols), bool)
    for body in (config.reference, config.second_reference):
        if body is not None:
            found |= np.hypot(y - body.row, x - body.col) <= body.radius_px + _BEYOND_PX
    return np.rot90(found, config.sensor.rotate // 90)
