"""People and masks drawn by our own code: numpy and OpenCV, every pixel follows from a seed."""

from edge.sim.drawing.cloth import Cloth
from edge.sim.drawing.face import Sprite, draw_person
from edge.sim.drawing.mask import draw_mask
from edge.sim.drawing.placement import STATE_OF, Placement

__all__ = ["STATE_OF", "Cloth", "Placement", "Sprite", "draw_mask", "draw_person"]
