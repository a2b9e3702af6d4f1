"""What `menshen-edge calibrate` writes and the gate reads: both cameras, how they stand to each other, how sure that is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, Literal

from pydantic import Field

from contract.settings_file import Settings
from edge.clock import BUILT, clock_ok

_DAY: Final = timedelta(days=1)

Pair = Annotated[list[float], Field(min_length=2, max_length=2)]
Triple = Annotated[list[float], Field(min_length=3, max_length=3)]
Distortion = Annotated[list[float], Field(min_length=5, max_length=5)]


class CameraIdentity(Settings):
    """Which camera it was, and the picture it gave (after `sensor.rotate`, for the thermal one).

    `serial`: its own number, where the camera tells one; left out means unknown, and then only place and picture are compared.
    """

    camera: str
    width: Annotated[int, Field(ge=8, le=8192)]
    height: Annotated[int, Field(ge=8, le=8192)]
    rotate: Annotated[int, Field(ge=0, le=270, multiple_of=90)] = 0
    serial: Annotated[str, Field(min_length=1, max_length=100)] | None = None

    def told(self) -> str:
        """In words."""
        turned = f", turned by {self.rotate} degrees" if self.rotate else ""
        numbered = f", serial number {self.serial}" if self.serial else ""
        return f"{self.camera}, {self.width}x{self.height}{turned}{numbered}"


class LensConfig(Settings):
    """A pinhole camera with OpenCV's distortion k1, k2, p1, p2, k3; pixels."""

    focal_px: Pair
    centre_px: Pair
    distortion: Distortion


class PoseConfig(Settings):
    """Where the thermal camera stands: seen by it, a point X of the colour camera is rotation * X + shift.

    `rotation_rad` is an axis times its angle (Rodrigues), `shift_m` metres. With `mirror` the thermal picture is the wrong way
    round, left for right.
    """

    rotation_rad: Triple
    shift_m: Triple
    mirror: bool = False


class LatencyConfig(Settings):
    """What each source takes from light to array. Two cameras tell only the difference; one is taken from the settings."""

    colour_s: Annotated[float, Field(ge=0, le=2)]
    thermal_s: Annotated[float, Field(ge=0, le=2)]
    uncertainty_s: Annotated[float, Field(ge=0, le=2)]


class CalibrationConfig(Settings):
    """One calibration of one pair of cameras.

    `residual_px` is what is left at a known depth, thermal pixels (root mean square of the points that were used).
    """

    made_at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    method: Literal["board", "heads"]
    residual_px: Annotated[float, Field(ge=0, le=20)]
    samples: Annotated[int, Field(ge=1)]
    nearest_m: Annotated[float, Field(gt=0, le=50)]
    farthest_m: Annotated[float, Field(gt=0, le=50)]
    colour: CameraIdentity
    thermal: CameraIdentity
    colour_lens: LensConfig
    thermal_lens: LensConfig
    pose: PoseConfig
    latency: LatencyConfig | None = None

    def days_left(self, max_age_days: float, now: datetime) -> float | None:
        """Until it is `max_age_days` old by a clock that says `now`; None where that clock cannot be believed.

        A clock that stands before this software was built, or before the calibration was made, is wrong. It makes nothing
        fresh: what has passed until the software was built has passed for certain, and if that is too long already, that is told.
        """
        made = datetime.strptime(self.made_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if clock_ok(now) and now >= made - _DAY:
            return max_age_days - (now - made) / _DAY
        certain = max_age_days - (BUILT - made) / _DAY
        return certain if certain <= 0 else None
