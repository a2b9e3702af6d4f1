"""Mask cloth: square textures with folds, seams and prints."""

from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE_PX = 64

_PALETTE: tuple[tuple[float, float, float], ...] = (
    (235, 235, 235), (222, 206, 168), (214, 190, 140), (180, 200, 150), (40, 40, 42), (60, 56, 60), (120, 60, 40), (60, 60, 170),
    (170, 150, 210), (150, 170, 190), (90, 110, 80), (100, 140, 200), (190, 170, 60), (130, 100, 90),
    (200, 214, 226), (70, 90, 130),
)  # fmt: skip
_SURGICAL: tuple[tuple[float, float, float], ...] = (
    (224, 208, 172), (216, 196, 150), (206, 178, 122), (240, 238, 236), (200, 214, 176), (210, 196, 226),
    (48, 46, 46), (232, 220, 196),
)  # fmt: skip


class Cloth(StrEnum):
    """Kinds of mask."""

    SURGICAL = "surgical"
    N95 = "n95"
    PLAIN = "plain"
    PATTERNED = "patterned"


def weave(cloth: Cloth, rng: np.random.Generator) -> NDArray[np.float32]:
    """Texture of one mask laid flat, (SIDE_PX, SIDE_PX, 3) float32 BGR: left ear to right ear, top edge to bottom edge."""
    flat = _flat(cloth, rng)
    flat *= _folds(rng)[..., None]
    return flat


def _flat(cloth: Cloth, rng: np.random.Generator) -> NDArray[np.float32]:
    match cloth:
        case Cloth.SURGICAL:
            return _surgical(rng)
        case Cloth.N95:
            return _n95(rng)
        case Cloth.PLAIN:
            return _plain(rng, _PALETTE)
        case Cloth.PATTERNED:
            return _patterned(rng)


def _plain(rng: np.random.Generator, palette: tuple[tuple[float, float, float], ...]) -> NDArray[np.float32]:
    colour = np.asarray(palette[int(rng.integers(len(palette)))]) + rng.normal(0, 10, 3)
    texture = np.empty((SIDE_PX, SIDE_PX, 3), np.float32)
    texture[:] = np.clip(colour, 12, 250)
    return texture


def _folds(rng: np.random.Generator) -> NDArray[np.float32]:
    """Soft random creases, about 1."""
    coarse = rng.normal(0, 1, (5, 4)).astype(np.float32)
    creases = cv2.resize(coarse, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_CUBIC)
    return 1.0 + float(rng.uniform(0.02, 0.07)) * creases


def _surgical(rng: np.random.Generator) -> NDArray[np.float32]:
    texture = _plain(rng, _SURGICAL)
    wave = rng.normal(0, 1.5, SIDE_PX // 8 + 1)
    offset = np.interp(np.arange(SIDE_PX), np.arange(0, SIDE_PX + 8, 8), wave)
    rows = np.arange(SIDE_PX)[:, None]
    strength = float(rng.uniform(0.08, 0.25))
    for pleat in rng.uniform(-2, 2, 3) + np.array([20.0, 33.0, 46.0]):
        distance = rows - pleat - offset[None, :]
        factor = 1.0 - strength * np.exp(-((distance / 1.4) ** 2)) + 0.5 * strength * np.exp(-(((distance + 3.5) / 2.0) ** 2))
        texture *= factor[..., None].astype(np.float32)
    texture[:4] *= 0.93
    texture[-4:] *= 0.9
    return texture


def _n95(rng: np.random.Generator) -> NDArray[np.float32]:
    palette = ((236.0, 236.0, 236.0), (205.0, 205.0, 202.0), (40.0, 40.0, 40.0), (210.0, 220.0, 228.0))
    texture = _plain(rng, palette)
    y, x = np.mgrid[0:SIDE_PX, 0:SIDE_PX].astype(np.float32) / SIDE_PX - 0.5
    texture *= (1.08 - 0.7 * (x**2 + 0.7 * y**2))[..., None]
    seam = np.abs(x) if rng.random() < 0.5 else np.abs(y + 0.12 - 0.3 * x**2)
    texture *= (1.0 - 0.25 * np.exp(-((seam / 0.02) ** 2)))[..., None]
    if rng.random() < 0.45:
        centre = (int(SIDE_PX * rng.uniform(0.35, 0.65)), int(SIDE_PX * 0.6))
        shade = float(rng.uniform(120, 240))
        cv2.circle(texture, centre, 9, (shade * 0.6,) * 3, -1, cv2.LINE_AA)
        cv2.circle(texture, centre, 7, (shade,) * 3, -1, cv2.LINE_AA)
    return texture


def _patterned(rng: np.random.Generator) -> NDArray[np.float32]:
    base, print_colour = _plain(rng, _PALETTE), _plain(rng, _PALETTE)
    stencil = _PRINTS[int(rng.integers(len(_PRINTS)))](rng)
    return base + (print_colour - base) * stencil[..., None]


def _stripes(rng: np.random.Generator) -> NDArray[np.float32]:
    y, x = np.mgrid[0:SIDE_PX, 0:SIDE_PX].astype(np.float32)
    angle, period = float(rng.uniform(0, np.pi)), float(rng.uniform(5, 16))
    phase = (x * np.cos(angle) + y * np.sin(angle)) / period
    return np.asarray(np.sin(2 * np.pi * phase) > 0, np.float32)


def _checks(rng: np.random.Generator) -> NDArray[np.float32]:
    return 0.5 * (_stripes(rng) + _stripes(rng))


def _dots(rng: np.random.Generator) -> NDArray[np.float32]:
    stencil = np.zeros((SIDE_PX, SIDE_PX), np.float32)
    step, radius = int(rng.integers(7, 14)), int(rng.integers(2, 4))
    for row, y in enumerate(range(step // 2, SIDE_PX, step)):
        for x in range(step // 2 + (row % 2) * step // 2, SIDE_PX, step):
            cv2.circle(stencil, (x, y), radius, 1.0, -1, cv2.LINE_AA)
    return stencil


def _blotches(rng: np.random.Generator) -> NDArray[np.float32]:
    """Camouflage or flowers: thresholded noise."""
    cells = int(rng.integers(6, 14))
    noise = cv2.resize(rng.normal(0, 1, (cells, cells)).astype(np.float32), (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(noise * 3.0, 0.0, 1.0), np.float32)


def _badge(rng: np.random.Generator) -> NDArray[np.float32]:
    stencil = np.zeros((SIDE_PX, SIDE_PX), np.float32)
    at = (int(rng.integers(14, 50)), int(rng.integers(16, 48)))
    cv2.ellipse(stencil, at, (int(rng.integers(5, 14)), int(rng.integers(3, 9))), 0, 0, 360, 1.0, -1, cv2.LINE_AA)
    return stencil


_PRINTS = (_stripes, _checks, _dots, _blotches, _badge)
