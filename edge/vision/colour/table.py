"""Which settings open which colour source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from edge.config.sources import FolderColour, RtspColour, V4l2Colour, VideoColour
from edge.vision.colour.folder import PictureFolder
from edge.vision.colour.live import open_rtsp, open_v4l2
from edge.vision.colour.video import VideoFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.clock import Clock
    from edge.vision.colour.source import ColourSource

COLOUR_SOURCES: Final[dict[type, Callable[[Any, Clock], ColourSource]]] = {
    V4l2Colour: open_v4l2,
    RtspColour: open_rtsp,
    VideoColour: VideoFile,
    FolderColour: PictureFolder,
}


def open_colour(config: V4l2Colour | RtspColour | VideoColour | FolderColour, clock: Clock) -> ColourSource:
    """Open what the settings name. Raises SourceError with place and remedy."""
    return COLOUR_SOURCES[type(config)](config, clock)
