"""Live cameras through OpenCV: one of this machine (V4L2), or one of the network (RTSP)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import cv2

from edge.errors import SourceError
from edge.vision.colour.ffmpeg import LOW_DELAY, open_ffmpeg
from edge.vision.colour.fit import fitted
from edge.vision.colour.source import Shot
from edge.vision.serial_number import usb_serial

if TYPE_CHECKING:
    from edge.clock import Clock
    from edge.config.sources import RtspColour, V4l2Colour

OPEN_TIMEOUT_MS: Final = 4000
READ_TIMEOUT_MS: Final = 1500


class LiveColour:
    """An open capture. A read that fails ends it: OpenCV's own streams do not come back, so whoever reads opens a new one."""

    replay = False

    def __init__(
        self, capture: cv2.VideoCapture, config: V4l2Colour | RtspColour, clock: Clock, name: str, serial: str | None = None
    ) -> None:
        self.serial = serial
        self._capture = capture
        self._config = config
        self._clock = clock
        self._name = name

    def read(self) -> Shot:
        """The next picture. Raises SourceError when none came; may hang on a frozen camera: read in a process of its own."""
        arrived, picture = self._capture.read()
        now_s = self._clock.monotonic_s()
        if not arrived or picture is None:
            raise SourceError(
                "the camera stopped giving pictures", where=self._name, remedy="Check its cable, power and network."
            )
        pixels = fitted(picture, self._config.width, self._config.height)  # type: ignore[arg-type]
        return Shot(pixels, now_s - self._config.latency_s)

    def close(self) -> None:
        self._capture.release()


def open_v4l2(config: V4l2Colour, clock: Clock) -> LiveColour:
    """Open a camera of this machine. Raises SourceError."""
    if not Path(config.device).exists():
        remedy = f"Plug the camera in, or set colour.device to one of: {', '.join(_devices()) or 'none found on this machine'}."
        raise SourceError("there is no such camera", where=config.device, remedy=remedy)
    capture = cv2.VideoCapture(config.device, cv2.CAP_V4L2)
    if not capture.isOpened():
        remedy = "See that no other program uses it and that this user is in the group `video`."
        raise SourceError("the camera does not open", where=config.device, remedy=remedy)
    # Motion JPEG: raw YUYV at 640x480 does not fit 25 fps through USB 2 beside a second camera.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, config.width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, config.height)
    capture.set(cv2.CAP_PROP_FPS, config.fps)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return LiveColour(capture, config, clock, config.device, usb_serial(config.device))


def open_rtsp(config: RtspColour, clock: Clock) -> LiveColour:
    """Open a network camera within about four seconds. Raises SourceError, which does not repeat the password of the address."""
    timeouts = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_TIMEOUT_MS]
    capture = open_ffmpeg(config.url, LOW_DELAY, timeouts)
    name = without_password(config.url)
    if not capture.isOpened():
        remedy = "Check address, user, password and path, and that the camera answers in this network."
        raise SourceError("the network camera does not answer", where=name, remedy=remedy)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return LiveColour(capture, config, clock, name)


def without_password(url: str) -> str:
    """The address as it may be shown: user and password replaced."""
    return re.sub(r"//[^/@]*@", "//***@", url)


def _devices() -> list[str]:
    return sorted(str(path) for path in Path("/dev").glob("video*"))
