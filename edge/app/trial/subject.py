"""What `try` was pointed at: a picture, a video or a camera; and the settings to look at it with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import cv2

from contract.settings_file import check
from edge.config import GateConfig
from edge.errors import SourceError
from edge.vision.colour.ffmpeg import open_ffmpeg
from edge.vision.colour.folder import load_picture

OF_THE_GATE: Final = "camera"
SIMULATED: Final = "simulated"


class Kind(StrEnum):
    PICTURE = "picture"
    VIDEO = "video"
    CAMERA = "camera"


@dataclass(frozen=True, slots=True)
class Subject:
    """What to look at.

    Attributes:
        kind: which of the three.
        config: settings whose `colour` is the subject itself, of its own size unless the gate's settings were given.
        file: of a picture or video.
    """

    kind: Kind
    config: GateConfig
    file: Path | None = None


def subject_of(name: str, gate: GateConfig | None) -> Subject:
    """Find out what `name` is. `gate`: the settings given with it, None for defaults.

    Raises SourceError where there is nothing of that name, or it is neither picture, video nor camera.
    """
    if name == OF_THE_GATE:
        return Subject(Kind.CAMERA, _own_camera(gate))
    if name == SIMULATED:
        return Subject(Kind.CAMERA, _with_colour(gate, {"source": "simulated"}))
    if name.startswith(("rtsp://", "rtsps://")):
        return Subject(Kind.CAMERA, _with_colour(gate, {"source": "rtsp", "url": name}))
    if name.startswith("/dev/"):
        return Subject(Kind.CAMERA, _with_colour(gate, {"source": "v4l2", "device": name}))
    file = Path(name).expanduser()
    if file.is_dir():
        return Subject(Kind.CAMERA, _with_colour(gate, {"source": "folder", "path": str(file)}))
    return _file(file, gate)


def _file(file: Path, gate: GateConfig | None) -> Subject:
    if not file.is_file():
        remedy = "Check the name. A camera is /dev/video0, rtsp://..., `simulated`, or `camera` with --config."
        raise SourceError("there is no such picture or video", where=str(file), remedy=remedy)
    if cv2.haveImageReader(str(file)):
        height, width = load_picture(file).shape[:2]
        return Subject(Kind.PICTURE, _with_colour(gate, _file_colour(file, width, height)), file)
    width, height = _video_size(file)
    return Subject(Kind.VIDEO, _with_colour(gate, _file_colour(file, width, height)), file)


def _file_colour(file: Path, width: int, height: int) -> dict[str, Any]:
    return {"source": "video", "path": str(file), "width": max(16, min(width, 8192)), "height": max(16, min(height, 8192))}


def _video_size(file: Path) -> tuple[int, int]:
    capture = open_ffmpeg(str(file))
    try:
        width, height = (int(capture.get(what)) for what in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        if not capture.isOpened() or not capture.grab() or width < 1 or height < 1:
            remedy = "Give a picture (JPEG, PNG, WebP ...) or a video that FFmpeg reads (such as H.264 in MP4)."
            raise SourceError("this is neither a picture nor a video that can be decoded", where=str(file), remedy=remedy)
        return width, height
    finally:
        capture.release()


def _own_camera(gate: GateConfig | None) -> GateConfig:
    if gate is None:
        raise SourceError("which camera?", where="camera", remedy="Give the gate's settings too: --config gate.toml")
    return gate


def _with_colour(gate: GateConfig | None, colour: dict[str, Any]) -> GateConfig:
    """The gate's settings, or defaults, with another source of pictures; the gate's own size where there is one."""
    size = {} if gate is None else {"width": gate.colour.width, "height": gate.colour.height}
    values = {
        "gate": "try",
        "colour": {**colour, **size},
        "thermal": {"source": "none"},
        "screening": {"temperature": False},
        "uplink": {"database": "none-is-written.db"},
    }
    bare = check(values, GateConfig, where="menshen-edge try")
    return bare if gate is None else gate.model_copy(update={"colour": bare.colour})
