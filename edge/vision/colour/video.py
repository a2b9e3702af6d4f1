"""A video file before the camera: played in its own time, from the start again at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2

from edge.errors import SourceError
from edge.vision.colour.ffmpeg import open_ffmpeg
from edge.vision.colour.fit import fitted
from edge.vision.colour.source import Shot
from edge.vision.pace import Pace

if TYPE_CHECKING:
    from edge.clock import Clock
    from edge.config.sources import VideoColour

_PLAUSIBLE_FPS: Final = (1.0, 240.0)
_FPS_UNSAID: Final = 25.0


class VideoFile:
    """Raises SourceError when made, where the file is missing or holds no pictures."""

    replay = True

    def __init__(self, config: VideoColour, clock: Clock) -> None:
        if not config.path.is_file():
            raise SourceError("there is no such video file", where=str(config.path), remedy="Check colour.path.")
        self._config = config
        self._clock = clock
        self._capture = self._opened()
        fps = self._capture.get(cv2.CAP_PROP_FPS)
        low, high = _PLAUSIBLE_FPS
        self._pace = Pace(clock, 1.0 / (fps if low <= fps <= high else _FPS_UNSAID))
        self._step = -1

    def read(self) -> Shot:
        """The next picture when it is due. Pictures a slow machine has no time for are skipped. Raises SourceError."""
        due = self._pace.wait()
        skip, self._step = due - self._step - 1, due
        for _ in range(skip):
            self._capture.grab()
        arrived, picture = self._capture.read()
        if not arrived:
            self._capture.release()
            self._capture = self._opened()
            arrived, picture = self._capture.read()
        if not arrived or picture is None:
            raise self._undecodable()
        pixels = fitted(picture, self._config.width, self._config.height)  # type: ignore[arg-type]
        return Shot(pixels, self._clock.monotonic_s() - self._config.latency_s)

    def close(self) -> None:
        self._capture.release()

    def _opened(self) -> cv2.VideoCapture:
        capture = open_ffmpeg(str(self._config.path))
        if not capture.isOpened():
            raise self._undecodable()
        return capture

    def _undecodable(self) -> SourceError:
        remedy = "Give a file that FFmpeg can read, such as H.264 in MP4."
        return SourceError("the video file cannot be decoded", where=str(self._config.path), remedy=remedy)
