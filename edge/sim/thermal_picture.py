"""The world as a thermal sensor sees it: heat and the reference body, then the sensor's own chain, down to raw counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from edge.sim.apart import FlatView
from edge.sim.heat import LEFT, PER_UNIT_PX, TOP, heat_of, place_of
from edge.sim.sensor_chain import SensorChain
from edge.vision.band_radiance import apparent_c

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.config.sources import SimulatedThermal
    from edge.config.thermometry import ReferenceConfig, SensorConfig
    from edge.sim.apart import View
    from edge.sim.world import Actor, World

_SMALLEST_UNIT_PX: Final = 0.7


def upright_size(thermal: SimulatedThermal, sensor: SensorConfig) -> tuple[int, int]:
    """(cols, rows) of the picture after it was turned by `sensor.rotate`."""
    return (thermal.rows, thermal.cols) if sensor.rotate % 180 else (thermal.cols, thermal.rows)


class ThermalPicture:
    """Renders moments of one world."""

    def __init__(
        self,
        world: World,
        thermal: SimulatedThermal,
        sensor: SensorConfig,
        reference: ReferenceConfig | None,
        view: View | None = None,
    ) -> None:
        """`view`: how the camera sees the stage; flat where it is left out."""
        self._world = world
        self._rotate = sensor.rotate
        self._size = upright_size(thermal, sensor)
        self._rng = np.random.default_rng([world.seed, 29])
        cols, rows = self._size
        self._view = view or FlatView(self._size)
        self._hall = _hall(world.ambient_c, cols, rows)
        self._chain = SensorChain((rows, cols), world.noise_c, world.effects, self._rng)
        self._body, self._body_cover = _reference(reference, world.ambient_c, cols, rows)

    def celsius(self, t_s: float) -> NDArray[np.float32]:
        """Apparent temperature behind the lens, upright, (rows, cols), degrees Celsius."""
        picture = self._hall.copy()
        for actor in self._world.at(t_s).actors:
            self._add(picture, actor, t_s)
        picture = self._view.bent(picture)
        picture += self._body_cover * (self._body - picture)
        return self._chain.optics(picture)

    def counts(self, t_s: float) -> NDArray[np.uint16]:
        """What the sensor gives, as it is mounted: uint16 centikelvin."""
        drift_c = np.float32(self._world.offset_c(t_s) if "drift" in self._world.effects else 0.0)
        picture = self._chain.electronics(self.celsius(t_s), t_s) + drift_c
        counts = np.clip(np.round((picture + 273.15) * 100.0), 1, 65534).astype(np.uint16)
        return np.ascontiguousarray(np.rot90(counts, self._rotate // 90))

    def _add(self, picture: NDArray[np.float32], actor: Actor, t_s: float) -> None:
        eyes_x, eyes_y, unit_px = place_of(actor)
        seen = self._view.matrix(unit_px)
        if unit_px * seen[1, 1] < _SMALLEST_UNIT_PX:
            return
        per_px = unit_px / PER_UNIT_PX
        placed = np.array([[per_px, 0.0, eyes_x + LEFT * unit_px], [0.0, per_px, eyes_y + TOP * unit_px], [0.0, 0.0, 1.0]])
        matrix = seen @ placed
        heat = heat_of(actor, self._world.ambient_c, t_s)
        warm = _warped(heat.celsius, matrix, self._size)
        # Beyond the map's lower edge the body goes on; at its other edges there is nobody.
        cover = _warped(heat.cover, matrix, self._size)
        picture += cover * (warm - picture)


def _warped(layer: NDArray[np.float32], matrix: NDArray[np.float64], size: tuple[int, int]) -> NDArray[np.float32]:
    if matrix[2, 0] == 0.0 == matrix[2, 1]:
        flat = matrix[:2]
        return np.asarray(cv2.warpAffine(layer, flat, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)
    seen = cv2.warpPerspective(layer, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.float32)


def _hall(ambient_c: float, cols: int, rows: int) -> NDArray[np.float32]:
    """Air and walls: a cooler floor, a cool door, three warm lamps."""
    y, x = np.mgrid[0 : 1 : rows * 1j, 0 : 1 : cols * 1j]
    hall = ambient_c + 0.5 - 1.0 * y
    hall -= 1.2 * np.exp(-(((x - 0.5) / 0.11) ** 4) - (((y - 0.44) / 0.17) ** 4))
    for level in (0.03, 0.1, 0.16):
        hall += 2.5 * np.exp(-(((x - 0.5) / 0.1) ** 4) - (((y - level) / 0.015) ** 2))
    return np.asarray(hall, np.float32)


def _reference(
    reference: ReferenceConfig | None, ambient_c: float, cols: int, rows: int
) -> tuple[np.float32, NDArray[np.float32]]:
    """What the heated body seems to have, and how much of each pixel it is."""
    if reference is None:
        return np.float32(0.0), np.zeros((rows, cols), np.float32)
    y, x = np.mgrid[0:rows, 0:cols]
    cover = np.clip(reference.radius_px + 0.5 - np.hypot(y - reference.row, x - reference.col), 0.0, 1.0)
    return np.float32(apparent_c(reference.setpoint_c, reference.emissivity, ambient_c)), cover.astype(np.float32)
