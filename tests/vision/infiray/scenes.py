"""What an InfiRay looks at in these tests, and a camera that is read without a thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from edge.config.sources import InfirayThermal
from edge.sim.wire.infiray import SimulatedInfiray
from edge.vision.thermal import RawThermal
from edge.vision.thermal.infiray.source import InfiraySource
from edge.vision.thermal.lepton.newest import Arrival
from tests.clocks import FakeClock

CONFIG = InfirayThermal(source="infiray")
PERIOD_S = 0.04
_NOISE_C = np.random.default_rng(1).normal(0.0, 0.05, (7, 192, 256))


def room(t_s: float = 0.0, *, face_col: int | None = 128) -> NDArray[np.float64]:
    """A wall, a heated body in the corner, a face, and the sensor's noise, degrees Celsius."""
    celsius: NDArray[np.float64] = _NOISE_C[round(t_s / PERIOD_S) % len(_NOISE_C)] + np.linspace(21.0, 23.0, 192)[:, None]
    celsius[10:30, 10:30] += 13.0
    if face_col is not None:
        celsius[60:130, max(face_col - 25, 0) : max(face_col + 25, 0)] = 34.5
    return celsius


@dataclass
class Camera:
    """Pictures every 40 ms of a clock that moves with them; `change` may alter the bytes of each, None is a lost picture."""

    clock: FakeClock = field(default_factory=FakeClock)
    scene: Callable[[float], NDArray[np.floating]] = room
    change: Callable[[bytes], bytes | None] = bytes
    gone: bool = False
    skipped: int = 0
    closed: bool = False

    def __post_init__(self) -> None:
        self.wire = SimulatedInfiray(self._seen)

    def _seen(self, t_s: float) -> NDArray[np.floating]:
        return self.scene(t_s)

    def take(self, timeout_s: float) -> Arrival | None:  # noqa: ARG002 - a picture is always there
        if self.gone:
            return None
        self.clock.advance(PERIOD_S)
        data = self.change(self.wire.picture(self.clock.now_s))
        return None if data is None else Arrival(data, self.clock.now_s)

    def close(self) -> None:
        self.closed = True

    def open(self) -> InfiraySource:
        return InfiraySource(CONFIG, self.clock, self, "/dev/video2")


def watch(source: InfiraySource, camera: Camera, seconds: float) -> list[RawThermal]:
    until_s, shots = camera.clock.now_s + seconds, []
    while camera.clock.now_s < until_s:
        shot = source.read()
        if shot is not None:
            shots.append(shot)
    return shots
