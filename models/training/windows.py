"""Cuts the square window the network is shown: where, how large, turned, mirrored."""

import cv2
import numpy as np

from models.training.labelled import Labelled

_SHARES = (0.4, 0.55, 0.7, 0.85, 1.0, 1.0, 1.25)
_SMALLEST_FACE_PX = 7.0


def choose_window(scene: Labelled, rng: np.random.Generator) -> tuple[float, float, float]:
    """Left, top and side (pixels) of a window that holds a face picked at random, or any part of an empty picture."""
    height, width = scene.picture.shape[:2]
    longest = float(max(height, width))
    side = longest * float(rng.choice(_SHARES))
    if len(scene.boxes):
        face = scene.boxes[int(rng.integers(len(scene.boxes)))]
        side = max(side, 1.3 * float(face[3] - face[1]))
        centre = (face[:2] + face[2:]) / 2
    else:
        centre = rng.uniform(0, 1, 2) * (width, height)
    if side >= longest:
        left, top = rng.uniform(width - side, 0), rng.uniform(height - side, 0)
    else:
        left, top = centre - rng.uniform(0.2, 0.8, 2) * side
    return float(left), float(top), side


def cut(scene: Labelled, window: tuple[float, float, float], side_px: int, rng: np.random.Generator) -> Labelled:
    """The window as a square of `side_px`, black outside the picture; a third are turned a little, half are mirrored."""
    left, top, side = window
    scale = side_px / side
    source = scene
    if scale < 0.8:
        small = cv2.resize(scene.picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        ratio = np.array([small.shape[1] / scene.picture.shape[1], small.shape[0] / scene.picture.shape[0]])
        source = scene.moved(np.diag([*ratio, 1.0])[:2], np.asarray(small, np.uint8))
        left, top, scale = left * ratio[0], top * ratio[1], 1.0
    turn = float(rng.normal(0, 7)) if rng.random() < 0.35 else 0.0
    turned = np.asarray(cv2.getRotationMatrix2D((side_px / 2, side_px / 2), turn, 1.0), np.float64)
    shift = np.array([[scale, 0, -left * scale], [0, scale, -top * scale], [0, 0, 1]])
    whole = turned @ shift
    picture = cv2.warpAffine(source.picture, whole, (side_px, side_px), flags=cv2.INTER_LINEAR)
    moved = source.moved(whole, np.asarray(picture, np.uint8))
    moved = moved.flipped() if rng.random() < 0.5 else moved
    return visible(moved)


def visible(scene: Labelled) -> Labelled:
    """Only faces whose centre is in the picture and that are not too small to see."""
    height, width = scene.picture.shape[:2]
    centre = (scene.boxes[:, :2] + scene.boxes[:, 2:]) / 2
    inside = (centre >= 0).all(1) & (centre < (width, height)).all(1)
    return scene.only(inside & (scene.boxes[:, 3] - scene.boxes[:, 1] >= _SMALLEST_FACE_PX))
