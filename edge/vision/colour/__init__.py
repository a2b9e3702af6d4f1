"""Colour cameras and what plays one."""

from edge.vision.colour.source import ColourSource, Shot
from edge.vision.colour.table import COLOUR_SOURCES, open_colour

__all__ = ["COLOUR_SOURCES", "ColourSource", "Shot", "open_colour"]
