"""The heated body in view: found in every picture, and believed only while it looks like itself.

Every check that fails makes it missing, with the reason in words; a temperature needs the body seen in the same picture.
Numbers were measured on 20 kiosk recordings of five Leptons (body 5 to 6 px in radius, mean over the recordings).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.atmosphere import arriving, transmission
from edge.vision.band_radiance import celsius_of, emitted, radiance
from edge.vision.disc import DiscFinder, DiscSeen
from edge.vision.steady import Steady

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.config.thermometry import ReferenceConfig, SensorConfig

_SPREAD_C: Final = 0.3  # centre, standard deviation: 0.05 to 0.10 measured; an edge across the centre makes it 1 and more
_CONTRAST_C: Final = 1.0  # above the ring around it: 4.4 to 8 measured; a face of the same temperature makes it 0
_NO_SKIN_C: Final = 3.5  # colder than the body by more than skin is: 36 less 32.5
_ALL_ROUND: Final = 0.95
_COLDER_SHARE: Final = 0.8  # of the ring: a body's surroundings are colder all round, a lamp tube's or a forehead's are not
_FROM_SETPOINT_C: Final = (
    5.0  # a Lepton's stated accuracy; 1.5 to 4.3 measured, and 6.6 on a cold start, which misled by 1.5 degC
)
_JUMP_C: Final = 0.5  # from one picture to the next; noise gives 0.05, drift after a shutter event 0.15


@dataclass(frozen=True, slots=True)
class ReferenceSeen:
    """The body in one picture.

    Attributes:
        raw_c: what the sensor reads on its centre, degrees Celsius, smoothed over about 1.5 s.
        row, col: its centre in the turned thermal picture, pixels.
        spread_c: standard deviation over its centre in this picture.
        offset_c: setpoint minus raw_c; for people to look at, the correction itself is made in radiance.
        body: what it is said to be.
        contrast_c: above the median of the ring around it.
        other: the second body, where there is one and it was seen too; `added` and `uncertainty_c` are then of both.
        number: 1 for `[reference]`, 2 for `[second_reference]`.
    """

    raw_c: float
    row: float
    col: float
    spread_c: float
    offset_c: float
    body: ReferenceConfig
    contrast_c: float = 0.0
    other: ReferenceSeen | None = None
    number: int = 1

    @property
    def numbers(self) -> tuple[int, ...]:
        """Which bodies were seen."""
        return (self.number,) if self.other is None else (self.number, self.other.number)

    @property
    def uncertainty_c(self) -> float:
        """Standard uncertainty of what the sensor adds, of one body or of the weighted mean of two, degrees Celsius."""
        own_c = math.hypot(self.body.uncertainty_c, self.spread_c)
        if self.other is None:
            return own_c
        share = self._share
        return math.hypot(share * own_c, (1.0 - share) * self.other.uncertainty_c)

    def added(self, surroundings_c: float) -> float:
        """Band radiance that the sensor adds to every pixel: the body as read less the body as it must look among those.

        Of two bodies the mean, weighted by their stated uncertainties: the slope stays that of physics, no line is fitted.
        """
        added = float(radiance(self.raw_c) - self._looks(surroundings_c))
        if self.other is None:
            return added
        share = self._share
        return share * added + (1.0 - share) * self.other.added(surroundings_c)

    def apart_c(self, surroundings_c: float) -> float:
        """What the sensor adds by this body less what it adds by the other one, degrees Celsius near skin; 0 without one."""
        if self.other is None:
            return 0.0
        return (self.raw_c - self.looks_c(surroundings_c)) - (self.other.raw_c - self.other.looks_c(surroundings_c))

    def looks_c(self, surroundings_c: float) -> float:
        """What a sensor without error reads on it."""
        return float(celsius_of(self._looks(surroundings_c)))

    @property
    def _share(self) -> float:
        """Of the first body in the mean of both."""
        first, second = self.body.uncertainty_c**2, 0.0 if self.other is None else self.other.body.uncertainty_c**2
        return second / (first + second) if first + second > 0.0 else 0.5

    def _looks(self, surroundings_c: float) -> NDArray[np.float64]:
        leaves = emitted(self.body.setpoint_c, self.body.emissivity, surroundings_c)
        if self.body.distance_m is None:
            return leaves
        return arriving(leaves, transmission(self.body.distance_m, surroundings_c), surroundings_c)


@dataclass(frozen=True, slots=True)
class ReferenceMissing:
    """No body to correct against in this picture, and why, for the technician."""

    why: str


class ReferenceBody:
    """Looks for the body near its configured place. One picture after another; not for two threads at once."""

    def __init__(self, config: ReferenceConfig, sensor: SensorConfig, number: int = 1) -> None:
        self._config, self._number = config, number
        self._finder = DiscFinder(config.row, config.col, config.radius_px, config.search_px)
        self._most_spread_c = _SPREAD_C + 3.0 * sensor.noise_c
        self._steady = Steady(_JUMP_C)
        self._last_seen_s = -math.inf

    def look(
        self, celsius: NDArray[np.float32], face_boxes: NDArray[np.floating], now_s: float
    ) -> ReferenceSeen | ReferenceMissing:
        """Find the body in `celsius` (rows, cols), degrees, turned.

        `face_boxes` (n, 4) are col1, row1, col2, row2 in that picture, as `Registration.boxes` gives them.
        `now_s` is the picture's time and must not go back.
        """
        disc = self._finder.find(celsius)
        if disc is None:
            return ReferenceMissing("its place lies outside the picture")
        why = self._doubt(disc, face_boxes)
        if why is not None:
            return ReferenceMissing(why)
        level_c = self._steady.level(disc.centre_c, now_s)
        if level_c is None:
            return ReferenceMissing(f"its reading jumped to {disc.centre_c:.2f} degC")
        self._last_seen_s = now_s
        return ReferenceSeen(
            raw_c=level_c,
            row=disc.row,
            col=disc.col,
            spread_c=disc.spread_c,
            offset_c=self._config.setpoint_c - level_c,
            body=self._config,
            contrast_c=disc.centre_c - float(np.sort(disc.ring_c)[len(disc.ring_c) // 2]),  # NaN comes last
            number=self._number,
        )

    def lost_for_s(self, now_s: float) -> float:
        """Seconds since it was last seen; infinite before the first time. From 1 s on there are no temperature verdicts.

        NaN where `now_s` is: compare it with what must hold.
        """
        return max(now_s - self._last_seen_s, 0.0)

    def _doubt(self, disc: DiscSeen, face_boxes: NDArray[np.floating]) -> str | None:
        """Why this disc cannot be the body, or None. Written so that NaN is a doubt."""
        if not math.isfinite(disc.centre_c):
            return "a pixel on it has no value"
        if not disc.spread_c <= self._most_spread_c:
            return f"uneven: {disc.spread_c:.2f} degC over its centre"
        if not np.count_nonzero(disc.centre_c - disc.ring_c >= _CONTRAST_C) >= _COLDER_SHARE * len(disc.ring_c):
            return "not warmer than its surroundings on all sides"
        if not abs(disc.centre_c - self._config.setpoint_c) <= _FROM_SETPOINT_C:
            return f"reads {disc.centre_c:.1f} degC at a setpoint of {self._config.setpoint_c:.1f}"
        if _covered(disc, self._config.radius_px, face_boxes) and not _stands_out(disc):
            return "a face is in front of it"
        return None


def _stands_out(disc: DiscSeen) -> bool:
    """Whether there is no skin around it: what the network took for a face there (a hand, a coat) hides nothing."""
    return bool(np.count_nonzero(disc.centre_c - disc.ring_c >= _NO_SKIN_C) >= _ALL_ROUND * len(disc.ring_c))


def _covered(disc: DiscSeen, radius_px: float, boxes: NDArray[np.floating]) -> bool:
    """Whether any of the boxes (n, 4) reaches the disc."""
    if len(boxes) == 0:
        return False
    place = np.array([disc.col, disc.row])
    outside = (boxes[:, :2] > place + radius_px).any(1) | (boxes[:, 2:] < place - radius_px).any(1)
    return not bool(outside.all())
