"""The entrance hall the drawn people stand in, and the light in it."""

from collections.abc import Callable
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.sim.backdrop import draw_hall
from edge.sim.drawing import Sprite

Picture = NDArray[np.uint8]
Light = Callable[[Picture, Picture, np.random.Generator], Picture]
"""Picture, the same hall without the person, dice; gives the picture in that light."""


@cache
def _hall() -> Picture:
    return draw_hall(None)


def empty_hall(rng: np.random.Generator) -> Picture:
    """The hall as one of many cameras sees it: mirrored, shifted, brighter or darker, (480, 640, 3)."""
    hall = _hall()[:, ::-1] if rng.random() < 0.5 else _hall()
    zoom = float(rng.uniform(1.0, 1.5))
    shift = rng.uniform(-0.5, 0.5, 2) * np.array((640.0, 480.0)) * (zoom - 1.0)
    matrix = np.array([[zoom, 0, 320 - 320 * zoom + shift[0]], [0, zoom, 240 - 240 * zoom + shift[1]]])
    seen = cv2.warpAffine(np.ascontiguousarray(hall), matrix, (640, 480), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    tint = rng.uniform(0.55, 1.05) * rng.uniform(0.92, 1.08, 3)
    return np.clip(seen * tint, 0, 255).astype(np.uint8)


def stand(picture: Picture, person: Sprite, middle_px: tuple[float, float]) -> NDArray[np.float32]:
    """Paste the person with the middle of the face there, clothes down to the lower edge; gives the face's box, (4,)."""
    centre = (person.box[:2] + person.box[2:]) / 2
    left, top = round(middle_px[0] - float(centre[0])), round(middle_px[1] - float(centre[1]))
    person.paste(picture, left, top)
    _clothes(picture, person, left, top + person.bgra.shape[0])
    return np.asarray(person.box + np.tile(np.array((left, top), np.float32), 2), np.float32)


def _clothes(picture: Picture, person: Sprite, left: int, top: int) -> None:
    """The last row of the bust, carried on as a coat, then trousers."""
    row = person.bgra[-3]
    x1, x2 = max(0, left), min(picture.shape[1], left + len(row))
    if top < 0 or top >= picture.shape[0] or x2 <= x1:
        return
    below = picture[max(0, top - 3) :, x1:x2]
    down = np.arange(len(below), dtype=np.float32)[:, None] / float(person.box[3] - person.box[1])
    colour = (
        np.broadcast_to(row[None, x1 - left : x2 - left, :3], below.shape).astype(np.float32)
        * np.clip(1.0 - 0.12 * down, 0.5, 1)[..., None]
    )
    across = np.abs(np.arange(x1, x2, dtype=np.float32) - left - len(row) / 2)[None] / (len(row) / 2)
    alpha = (row[None, x1 - left : x2 - left, 3] / 255.0) * np.ones_like(down)
    legs = np.clip((down - 1.7) * 40, 0, 1)
    stance = np.clip((0.56 - across) * 25, 0, 1) * np.clip((across - 0.05 * np.clip(down - 2.2, 0, 1)) * 40, 0, 1)
    colour += legs[..., None] * (np.array((62.0, 54.0, 50.0), np.float32) * (1.1 - 0.5 * across)[..., None] - colour)
    alpha = np.where(legs > 0.5, stance, alpha)
    below[:] = np.clip(below * (1.0 - alpha[..., None]) + colour * alpha[..., None], 0, 255).astype(np.uint8)


def camera(picture: Picture, rng: np.random.Generator) -> Picture:
    """A little softness and noise: nothing is as clean as a drawing."""
    soft = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.4, 0.9)))
    noise = rng.standard_normal(soft.shape, np.float32) * np.float32(rng.uniform(1.5, 4.0))
    return np.asarray(np.clip(soft + noise, 0, 255), np.uint8)


def backlight(picture: Picture, empty: Picture, rng: np.random.Generator) -> Picture:
    """A bright door behind the person: the face is dark, the light blooms over its edges."""
    person = _matte(picture, empty)
    gain = float(rng.uniform(0.2, 0.42)) * person + float(rng.uniform(1.5, 2.0)) * (1.0 - person)
    lit = picture * gain[..., None]
    glow = cv2.GaussianBlur(np.clip(lit - 170, 0, None), (0, 0), 22)
    return np.clip(lit + 0.5 * glow + float(rng.uniform(4, 18)), 0, 255).astype(np.uint8)


def _matte(picture: Picture, empty: Picture) -> NDArray[np.float32]:
    """Where the picture differs from the empty hall, (h, w), 0 to 1."""
    differs = (np.abs(picture.astype(np.int16) - empty).max(2) > 4).astype(np.uint8)
    whole = cv2.morphologyEx(differs, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    return np.asarray(cv2.GaussianBlur(whole.astype(np.float32), (0, 0), 1.2), np.float32)


def night(picture: Picture, _empty: Picture, rng: np.random.Generator) -> Picture:
    """A weak lamp: dark, a warm cast, coarse noise."""
    height, width = picture.shape[:2]
    dark = picture * (float(rng.uniform(0.16, 0.34)) * np.array((0.75, 0.92, 1.1), np.float32))
    coarse = rng.normal(0, 1, (height // 2, width // 2, 3)).astype(np.float32)
    return np.asarray(
        np.clip(
            dark + 5.0 * cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR) + rng.normal(0, 5.0, picture.shape),
            0,
            255,
        ),
        np.uint8,
    )


def infrared(picture: Picture, _empty: Picture, rng: np.random.Generator) -> Picture:
    """Grey, as under an infrared lamp: skin pale, the middle bright, the corners dark."""
    grey = picture.astype(np.float32) @ np.array((0.1, 0.25, 0.65), np.float32)
    height, width = picture.shape[:2]
    y, x = np.linspace(-1, 1, height, dtype=np.float32)[:, None], np.linspace(-1, 1, width, dtype=np.float32)[None]
    lamp = 0.95 * np.exp(-0.9 * (x**2 + 0.7 * y**2)) + 0.12
    seen = 255.0 * np.clip(grey * lamp / 255.0, 0, 1) ** 0.75
    seen = seen + rng.normal(0, 4.0, seen.shape)
    return np.repeat(np.clip(seen, 0, 255).astype(np.uint8)[..., None], 3, 2)
