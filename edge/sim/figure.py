"""Drawn people made ready to be painted quickly at any size: drawn once, then only scaled and blended."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from edge.sim.drawing import draw_person

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.sim.world import Actor, Appearance

_FACE_PX: Final = 200.0  # face height of the largest level
_BODY: Final = (4.2, 9.0, 9.0)  # how far below the face's middle each level reaches, in face heights
_KEPT: Final = 6  # figures of 2.4 MB
_TROUSERS: Final = np.array([58.0, 50.0, 46.0])


class Figure:
    """One appearance in three sizes, premultiplied BGR with alpha, so that shrinking never skips pixels."""

    def __init__(self, appearance: Appearance) -> None:
        sprite = draw_person(appearance.person, _FACE_PX, appearance.placement)
        clear = cv2.cvtColor(sprite.bgra[..., 3], cv2.COLOR_GRAY2BGR)
        bust = np.dstack([cv2.multiply(sprite.bgra[..., :3], clear, scale=1 / 255), sprite.bgra[..., 3]])
        self._middle = ((sprite.box[:2] + sprite.box[2:]) / 2).astype(np.float64)
        whole = _with_body(bust, float(self._middle[1]))
        self._levels = []
        for halving, reach in enumerate(_BODY):
            part = whole[: int(self._middle[1] + reach * _FACE_PX)]
            size = (max(1, part.shape[1] >> halving), max(1, part.shape[0] >> halving))
            small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
            self._levels.append(np.asarray(small, np.uint8))

    def paint(self, picture: NDArray[np.uint8], box: tuple[float, float, float, float]) -> None:
        """Lay the person over a BGR picture so that the face fills `box`, in place; parts outside are cut off."""
        height = box[3] - box[1]
        halving = 0 if height > 0.6 * _FACE_PX else 1 if height > 0.3 * _FACE_PX else 2
        level = self._levels[halving]
        scale = height / _FACE_PX * (1 << halving)
        left = (box[0] + box[2]) / 2 - self._middle[0] / (1 << halving) * scale
        top = (box[1] + box[3]) / 2 - self._middle[1] / (1 << halving) * scale
        x1, y1 = max(0, int(left)), max(0, int(top))
        x2 = min(picture.shape[1], int(left + level.shape[1] * scale) + 1)
        y2 = min(picture.shape[0], int(top + level.shape[0] * scale) + 1)
        if x2 <= x1 or y2 <= y1:
            return
        placed = np.array([[scale, 0.0, left - x1], [0.0, scale, top - y1]])
        layer = cv2.warpAffine(level, placed, (x2 - x1, y2 - y1), flags=cv2.INTER_LINEAR)
        under = picture[y1:y2, x1:x2]
        clear = cv2.cvtColor(cv2.bitwise_not(layer[..., 3]), cv2.COLOR_GRAY2BGR)
        under[:] = cv2.add(cv2.multiply(under, clear, scale=1 / 255), cv2.cvtColor(layer, cv2.COLOR_BGRA2BGR))


class Wardrobe:
    """Figures kept and drawn ahead: drawing one takes 0.1 to 0.3 s, and a camera must not stand still for so long."""

    def __init__(self) -> None:
        self._figures: OrderedDict[Appearance, Future[Figure]] = OrderedDict()
        self._painter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="figures")

    def prepare(self, actors: tuple[Actor, ...]) -> None:
        """Have these people drawn beside what goes on."""
        for actor in actors:
            if actor.appearance is not None:
                self._figure(actor.appearance)

    def paint(self, picture: NDArray[np.uint8], actors: tuple[Actor, ...]) -> None:
        """Paint the drawn people, farthest first, in place. Waits for one that nobody prepared."""
        for actor in actors:
            if actor.appearance is not None:
                self._figure(actor.appearance).result().paint(picture, actor.box)

    def close(self) -> None:
        self._painter.shutdown(wait=False, cancel_futures=True)

    def _figure(self, appearance: Appearance) -> Future[Figure]:
        if appearance not in self._figures:
            self._figures[appearance] = self._painter.submit(Figure, appearance)
        self._figures.move_to_end(appearance)
        if len(self._figures) > _KEPT:
            self._figures.popitem(last=False)
        return self._figures[appearance]


def _with_body(bust: NDArray[np.uint8], middle_px: float) -> NDArray[np.uint8]:
    """The bust's lowest row drawn out to a torso, and legs below."""
    hem = bust[-8:-2].mean(0)
    waist_px = int(2.2 * _FACE_PX)
    legs_px = int(middle_px + _BODY[-1] * _FACE_PX) - len(bust) - waist_px
    fold = np.ones((waist_px, 1, 4), np.float32)
    fold[..., :3] -= 0.16 * np.linspace(0, 1, waist_px, dtype=np.float32)[:, None, None]
    torso = (hem.astype(np.float32) * fold).astype(np.uint8)
    across = np.abs(np.arange(bust.shape[1]) - (bust.shape[1] - 1) / 2) / bust.shape[1]
    cover = hem[:, 3] * np.clip((0.34 - across) * 40, 0, 1) * np.clip((across - 0.012) * 60, 0, 1)
    trousers = np.column_stack([cover[:, None] / 255.0 * _TROUSERS, cover]).astype(np.uint8)
    return np.concatenate([bust[:-2], torso, np.repeat(trousers[None], legs_px, 0)])
