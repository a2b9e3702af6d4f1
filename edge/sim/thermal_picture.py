"""The world as a thermal sensor sees it: heat and the reference body, then the sensor's own chain, down to raw counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from edge.sim.apart import UNIT_M, FlatView
from edge.sim.heat import LEFT, PER_UNIT_PX, TOP, heat_of, place_of
from edge.sim.sensor_chain import SensorChain
from edge.vision.atmosphere import through_air_c
from edge.vision.band_radiance import apparent_c

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.config.sources import SimulatedThermal
    from edge.config.thermometry import ReferenceConfig, SensorConfig
    from edge.sim.apart import View
    from edge.sim.world import Actor, World

USUAL_M: Final = 1.0
"""Where a heated body stands whose settings do not say how far away."""

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
        second: ReferenceConfig | None = None,
    ) -> None:
        """`view`: how the camera sees the stage; flat where it is left out. `second`: another heated body."""
        self._world = world
        self._rotate = sensor.rotate
        self._size = upright_size(thermal, sensor)
        self._rng = np.random.default_rng([world.seed, 29])
        cols, rows = self._size
        self._view = view or FlatView(self._size)
        self._hall = _hall(world.ambient_c, cols, rows)
        self._chain = SensorChain((rows, cols), world.noise_c, world.effects, self._rng)
        self._focal_px = cols / 2.0 / np.tan(np.radians(sensor.fov_deg) / 2.0)
        self._air = "air" in world.effects
        self._bodies = [_reference(body, world.ambient_c, cols, rows, air=self._air) for body in (reference, second) if body]

    def celsius(self, t_s: float) -> NDArray[np.float32]:
        """Apparent temperature behind the lens, upright, (rows, cols), degrees Celsius."""
        picture = self._hall.copy()
        for actor in self._world.at(t_s).actors:
            self._add(picture, actor, t_s)
        picture = self._view.bent(picture)
        for body, cover in self._bodies:
            picture += cover * (body - picture)
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
        celsius = heat.celsius
        if self._air:
            distance_m = float(self._focal_px * UNIT_M / (unit_px * seen[1, 1]))
            celsius = through_air_c(celsius, distance_m, self._world.ambient_c).astype(np.float32)
        warm = _warped(celsius, matrix, self._size)
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
    body: ReferenceConfig, ambient_c: float, cols: int, rows: int, *, air: bool
) -> tuple[np.float32, NDArray[np.float32]]:
    """What a heated body seems to have, and how much of each pixel it is."""
    y, x = np.mgrid[0:rows, 0:cols]
    cover = np.clip(body.radius_px + 0.5 - np.hypot(y - body.row, x - body.col), 0.0, 1.0)
    seems_c = apparent_c(body.setpoint_c, body.emissivity, ambient_c)
    if air:
        seems_c = through_air_c(seems_c, body.distance_m or USUAL_M, ambient_c)
    return np.float32(seems_c), cover.astype(np.float32)
