"""Cuts the cloth of real masks out of the training pictures, to put on other faces."""

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.cloth import SIDE_PX
from edge.sim.drawing.placement import FaceFrame
from models.training.labelled import WORN, Labelled

_SMALLEST_UNIT_PX = 14.0


def cut_textures(scenes: list[Labelled]) -> list[NDArray[np.float32]]:
    """One flat texture (SIDE_PX, SIDE_PX, 3) float32 from every worn mask that is large enough."""
    textures = []
    for scene in scenes:
        for index in np.flatnonzero(scene.states == WORN):
            if not np.isfinite(scene.landmarks[index]).all():
                continue
            frame = FaceFrame.of_face(scene.landmarks[index], scene.boxes[index])
            if frame is not None and frame.unit_px >= _SMALLEST_UNIT_PX:
                textures.append(_flattened(scene.picture, frame))
    return textures


def _flattened(picture: NDArray[np.uint8], frame: FaceFrame) -> NDArray[np.float32]:
    """The middle of the mask: cheek to cheek, nose tip to above the chin."""
    corners = frame.to_px(np.array([(-0.62, 0.6), (0.62, 0.6), (-0.62, 1.3)])).astype(np.float32)
    target = np.array([(0, 0), (SIDE_PX - 1, 0), (0, SIDE_PX - 1)], np.float32)
    matrix = cv2.getAffineTransform(corners, target)
    flat = cv2.warpAffine(picture, matrix, (SIDE_PX, SIDE_PX), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(flat, np.float32)
