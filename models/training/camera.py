"""What a gate camera does to a picture: light, blur, noise, too few pixels, JPEG."""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


def photographed(picture: Picture, rng: np.random.Generator) -> Picture:
    """The same picture as a cheap camera at an entrance might deliver it."""
    for chance, spoil in _SPOILERS:
        if rng.random() < chance:
            picture = spoil(picture, rng)
    return picture


def _light(picture: Picture, rng: np.random.Generator) -> Picture:
    """Brightness and contrast, sometimes a colour cast, sometimes grey."""
    if rng.random() < 0.10:
        picture = np.repeat(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)[..., None], 3, 2).astype(np.uint8)
    gain = np.full(3, rng.uniform(0.6, 1.4))
    if rng.random() < 0.30:
        gain = gain * rng.uniform(0.85, 1.15, 3)
    offset = float(rng.uniform(-25, 25))
    levels = np.arange(256)[:, None] * gain[None] + offset
    table = np.clip(levels, 0, 255).astype(np.uint8)[None]
    return np.asarray(cv2.LUT(picture, table.reshape(1, 256, 3)), np.uint8)


def _coarse(picture: Picture, rng: np.random.Generator) -> Picture:
    height, width = picture.shape[:2]
    scale = float(rng.uniform(0.35, 0.8))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _soft(picture: Picture, rng: np.random.Generator) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.4, 1.8))), np.uint8)


def _smeared(picture: Picture, rng: np.random.Generator) -> Picture:
    """Motion blur."""
    length = int(rng.integers(3, 10))
    kernel = np.zeros((length, length), np.float32)
    angle = float(rng.uniform(0, np.pi))
    middle = (length - 1) / 2
    reach = np.array((np.cos(angle), np.sin(angle))) * middle
    start, end = (tuple(int(x) for x in np.round(middle + sign * reach)) for sign in (-1, 1))
    cv2.line(kernel, start, end, 1.0, 1)
    return np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), np.uint8)


def _dim(picture: Picture, rng: np.random.Generator) -> Picture:
    """Low light: darker, then noise."""
    noise = rng.standard_normal(picture.shape, np.float32) * float(rng.uniform(3, 14))
    return np.clip(picture * float(rng.uniform(0.2, 1.0)) + noise, 0, 255).astype(np.uint8)


def _side_light(picture: Picture, rng: np.random.Generator) -> Picture:
    height, width = picture.shape[:2]
    angle = float(rng.uniform(0, 2 * np.pi))
    y, x = np.linspace(-1, 1, height, dtype=np.float32)[:, None], np.linspace(-1, 1, width, dtype=np.float32)[None]
    ramp = 1.0 + float(rng.uniform(0.2, 0.6)) * (x * np.cos(angle) + y * np.sin(angle))
    return np.asarray(np.clip(picture * ramp[..., None].astype(np.float32), 0, 255), np.uint8)


def _infrared(picture: Picture, rng: np.random.Generator) -> Picture:
    """Grey as a camera without an infrared filter sees it by its own lamp: skin pale, the middle bright, the corners dark."""
    blue, green = float(rng.uniform(0.05, 0.2)), float(rng.uniform(0.15, 0.4))
    grey = picture.astype(np.float32) @ np.array((blue, green, 1.0 - blue - green), np.float32)
    height, width = picture.shape[:2]
    at = rng.uniform(-0.4, 0.4, 2)
    y, x = (
        np.linspace(-1, 1, height, dtype=np.float32)[:, None] - at[0],
        np.linspace(-1, 1, width, dtype=np.float32)[None] - at[1],
    )
    lamp = np.exp(-float(rng.uniform(0.2, 1.0)) * (x**2 + 0.7 * y**2)) + 0.1
    seen = 255.0 * np.clip(grey * lamp / 255.0, 0, 1) ** float(rng.uniform(0.6, 1.1))
    return np.repeat(np.clip(seen, 0, 255).astype(np.uint8)[..., None], 3, 2)


def _backlit(picture: Picture, rng: np.random.Generator) -> Picture:
    """Light from behind: everything dark but what was bright already, which blooms over its edges."""
    dark = picture * np.float32(rng.uniform(0.25, 0.6))
    glow = cv2.GaussianBlur(np.where(picture.min(2, keepdims=True) > 190, picture, 0), (0, 0), float(rng.uniform(6, 20)))
    return np.asarray(np.clip(dark + float(rng.uniform(0.6, 1.4)) * glow + float(rng.uniform(0, 25)), 0, 255), np.uint8)


def _jpeg(picture: Picture, rng: np.random.Generator) -> Picture:
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 81))])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


_SPOILERS = (
    (0.10, _side_light), (0.04, _backlit), (0.05, _infrared), (1.0, _light), (0.12, _coarse), (0.15, _soft), (0.07, _smeared),
    (0.17, _dim), (0.25, _jpeg),
)  # fmt: skip
