"""Pictures put together: crops and drawn people pasted on backgrounds without a face."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.sim.drawing import Placement, Sprite, draw_person
from edge.sim.drawing.guise import draw_guise
from models.evaluation.people.groups import GROUPS
from models.training.covering import Wardrobe, cover
from models.training.labelled import STATES, Labelled, joined
from models.training.sources import Sources
from models.training.windows import choose_window, cut, visible

FIRST_TRAINING_SEED = 10_000
_DRAWN = (
    (None, 0.38),
    (Placement.WORN, 0.26),
    (Placement.UNDER_NOSE, 0.16),
    (Placement.ON_CHIN, 0.12),
    (Placement.ONE_EAR, 0.05),
    (Placement.FOREHEAD, 0.03),
)
_SPRITE_FACE_PX = 170.0
_WRONG = 0.15
"""Share of the crops that are faces cut out of scenes with the mask worn wrong: there are few of these."""
_COVERED, _EQUIPPED = 0.22, 0.10
"""Shares of the crops with a hand, scarf or beard before the mouth, and with glasses, hat or shield."""


def draw_pool(count: int, seed: int) -> list[Sprite]:
    """Drawn people for training, every second one in a guise: with a beard, a hat, a scarf, a turned head, a child.

    Seeds below FIRST_TRAINING_SEED stay unseen, for tests, the demo and the scenes named after people.
    """
    rng = np.random.default_rng([seed, 3])
    chances = [chance for _, chance in _DRAWN]
    guises = [kind.guise for kinds in GROUPS.values() for kind in kinds if kind.light is None and not kind.poster]
    picks = rng.choice(len(_DRAWN), count, p=chances)
    made = []
    for i, pick in enumerate(picks):
        person = FIRST_TRAINING_SEED + i
        if i % 2:
            guise = guises[int(rng.integers(len(guises)))]
            turned = replace(guise, yaw_deg=guise.yaw_deg * float(rng.uniform(0.8, 1.0) * rng.choice((-1.0, 1.0))))
            made.append(draw_guise(person, _SPRITE_FACE_PX, turned))
        else:
            made.append(draw_person(person, _SPRITE_FACE_PX, _DRAWN[int(pick)][0]))
    return made


def background(empty: list[Labelled], side_px: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Three quarters of the time part of a picture without a face, else a lit wall."""
    if rng.random() < 0.75:
        scene = empty[int(rng.integers(len(empty)))]
        return cut(scene, choose_window(scene, rng), side_px, rng).picture
    corners = rng.uniform(20, 235, (2, 2, 1)) + rng.normal(0, 12, (2, 2, 3))
    wall = cv2.resize(corners.astype(np.float32), (side_px, side_px), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(wall + rng.normal(0, 3, wall.shape), 0, 255), np.uint8)


@dataclass(frozen=True, slots=True)
class Dressed:
    """Crops that were painted beforehand.

    Attributes:
        covered: behind hands, scarves and beards; no mask may be drawn on them.
        equipped: with glasses, hats and shields; a mask may.
    """

    covered: list[Labelled]
    equipped: list[Labelled]


def crop_mosaic(
    sources: Sources, wardrobe: Wardrobe, side_px: int, rng: np.random.Generator, dressed: Dressed | None = None
) -> Labelled:
    """One to nine crops, faces 18 to 210 px high, half of them with soft edges."""
    picture = background(sources.empty, side_px, rng)
    taken = np.zeros(picture.shape[:2], bool)
    parts = []
    for _ in range(int(rng.integers(1, 10))):
        crop = _picked(sources, wardrobe, dressed, rng)
        height = float(np.exp(rng.uniform(np.log(18), np.log(210))))
        scale = height / float(crop.boxes[0, 3] - crop.boxes[0, 1])
        size = (round(crop.picture.shape[1] * scale), round(crop.picture.shape[0] * scale))
        if max(size) > 1.6 * side_px or min(size) < 4:
            continue
        left, top = (int(rng.uniform(-0.1 * size[i], max(1.0, side_px - 0.9 * size[i]))) for i in (0, 1))
        area = taken[max(0, top) : top + size[1], max(0, left) : left + size[0]]
        if area.size == 0 or area.mean() > 0.04:
            continue
        area[:] = True
        placed = _pasted(picture, crop, (left, top), size, rng)
        parts.append(placed)
    whole = visible(joined(parts, picture))
    return whole.flipped() if rng.random() < 0.5 else whole


def _picked(sources: Sources, wardrobe: Wardrobe, dressed: Dressed | None, rng: np.random.Generator) -> Labelled:
    """One crop as it is pasted, with a drawn mask or not."""
    chance = rng.random()
    if dressed and dressed.covered and chance < _COVERED:
        return dressed.covered[int(rng.integers(len(dressed.covered)))]
    crops = sources.crops
    if dressed and dressed.equipped and chance < _COVERED + _EQUIPPED:
        crops = dressed.equipped
    elif sources.wrong and chance > 1 - _WRONG:
        crops = sources.wrong
    return cover(crops[int(rng.integers(len(crops)))], wardrobe, rng, lookalike=0.0)


def _pasted(
    picture: NDArray[np.uint8], crop: Labelled, corner: tuple[int, int], size: tuple[int, int], rng: np.random.Generator
) -> Labelled:
    shrinks = size[0] < crop.picture.shape[1]
    scaled = np.asarray(cv2.resize(crop.picture, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR), np.uint8)
    alpha = np.ones(scaled.shape[:2], np.float32)
    if rng.random() < 0.5:
        margin = max(1, min(size) // 8)
        alpha[:] = 0
        alpha[margin:-margin, margin:-margin] = 1
        alpha = np.asarray(cv2.blur(alpha, (2 * margin + 1, 2 * margin + 1)), np.float32)
    sprite = Sprite(
        np.dstack([scaled, (alpha * 255).astype(np.uint8)]), np.zeros((5, 2), np.float32), np.zeros(4, np.float32), Mask.ABSENT
    )
    sprite.paste(picture, *corner)
    ratio = (size[0] / crop.picture.shape[1], size[1] / crop.picture.shape[0])
    return crop.moved(np.array([[ratio[0], 0, corner[0]], [0, ratio[1], corner[1]]]), picture)


def drawn_group(pool: list[Sprite], empty: list[Labelled], side_px: int, rng: np.random.Generator) -> Labelled:
    """One to four drawn people before a background, the nearest last."""
    picture = background(empty, side_px, rng)
    parts: list[Labelled] = []
    heights = np.sort(np.exp(rng.uniform(np.log(28), np.log(200), int(rng.integers(1, 5)))))
    for height in heights:
        sprite = pool[int(rng.integers(len(pool)))]
        scale = float(height) / float(sprite.box[3] - sprite.box[1])
        size = (max(2, round(sprite.bgra.shape[1] * scale)), max(2, round(sprite.bgra.shape[0] * scale)))
        bgra = np.asarray(
            cv2.resize(sprite.bgra, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR), np.uint8
        )
        left, top = (
            int(rng.uniform(-0.3 * size[0], side_px - 0.7 * size[0])),
            int(rng.uniform(-0.05 * size[1], max(1, side_px - 0.6 * size[1]))),
        )
        smaller = Sprite(bgra, sprite.landmarks * scale, sprite.box * scale, sprite.mask)
        hidden = _hidden(parts, smaller.box + np.tile((left, top), 2))
        if hidden:
            continue
        smaller.paste(picture, left, top)
        shift = np.array((left, top), np.float32)
        state = np.array([STATES.index(sprite.mask.value)], np.int64)
        parts.append(
            Labelled(
                picture, (smaller.box + np.tile(shift, 2))[None].astype(np.float32), (smaller.landmarks + shift)[None], state
            )
        )
    whole = visible(joined(parts, picture))
    return whole.flipped() if rng.random() < 0.5 else whole


def _hidden(parts: list[Labelled], box: NDArray[np.float32]) -> bool:
    """Whether someone this near would stand before a face that is already there."""
    centre, reach = (box[:2] + box[2:]) / 2, (box[2:] - box[:2]) * (1.3, 1.0)
    low, high = centre - reach, centre + reach * (1.0, 2.2)
    return any(bool((p.boxes[0, 2:] > low).all() and (p.boxes[0, :2] < high).all()) for p in parts)
