"""A person on paper: a framed print, a notice or an election poster with a face on it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.face import Sprite


def hang_poster(
    picture: NDArray[np.uint8], person: Sprite, left_px: int, top_px: int, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Hang a print of the person on the wall of a BGR picture, in place; gives the printed face's box (4,), picture pixels."""
    sheet, box = _sheet(person, rng)
    height, width = sheet.shape[:2]
    skew = rng.uniform(-0.035, 0.035, (4, 2)) * (width, height)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    target = (corners + skew + (left_px, top_px)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    size = (picture.shape[1], picture.shape[0])
    alpha = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, size)
    shadow = cv2.GaussianBlur(np.roll(alpha, (5, 4), (0, 1)), (0, 0), 4.0) * 0.35
    printed = cv2.warpPerspective(sheet, matrix, size, flags=cv2.INTER_LINEAR)
    wall = picture.astype(np.float32) * (1.0 - shadow[..., None])
    picture[:] = np.clip(wall * (1.0 - alpha[..., None]) + printed * alpha[..., None], 0, 255).astype(np.uint8)
    edges = cv2.perspectiveTransform(box.reshape(1, 2, 2).astype(np.float32), matrix)
    return np.asarray(edges.reshape(4), np.float32)


def _sheet(person: Sprite, rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The print laid flat, BGR, and where the face is on it."""
    tall, wide = person.bgra.shape[:2]
    margin, foot = round(0.06 * wide), round(rng.uniform(0.12, 0.4) * wide)
    frame = np.asarray(((40, 44, 48), (235, 238, 240), (60, 90, 130), (230, 226, 220))[int(rng.integers(4))], np.float32)
    paper = rng.uniform(120, 235, 3).astype(np.float32)
    sheet = np.empty((tall + foot + 2 * margin, wide + 2 * margin, 3), np.float32)
    sheet[:] = frame
    fade = np.linspace(1.08, 0.85, tall + foot, dtype=np.float32)[:, None, None]
    sheet[margin : margin + tall + foot, margin : margin + wide] = paper * fade
    flat = np.clip(sheet, 0, 255).astype(np.uint8)
    person.paste(flat, margin, margin)
    _caption(flat, margin, margin + tall, wide, foot, rng)
    # Ink on paper has less contrast than skin: blacks are grey, whites are the paper's.
    faded = 22.0 + flat.astype(np.float32) * 0.82
    sheen = np.linspace(0, float(rng.uniform(0, 26)), flat.shape[1], dtype=np.float32)[None, :, None]
    return np.asarray(faded + sheen, np.float32), (person.box + margin).astype(np.float32)


def _caption(flat: NDArray[np.uint8], left: int, top: int, wide: int, foot: int, rng: np.random.Generator) -> None:
    """A bar of colour with lines of print."""
    bar = tuple(float(c) for c in rng.uniform(20, 200, 3))
    cv2.rectangle(flat, (left, top), (left + wide - 1, top + foot - 1), bar, -1)
    rows = max(1, foot // 16)
    for row in range(rows):
        y = top + (row + 1) * foot // (rows + 1)
        length = float(rng.uniform(0.4, 0.85)) * wide
        start = left + (wide - length) / 2
        cv2.line(flat, (int(start), y), (int(start + length), y), (240, 240, 240), max(2, foot // (4 * rows)), cv2.LINE_AA)
