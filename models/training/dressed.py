"""What people wear and hold that is no mask, painted on faces: on whole crops beforehand, because it is slow."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.placement import FaceFrame
from edge.sim.drawing.wear import arm, eyewear, hand, headgear, held, neck, whiskers
from edge.sim.drawing.wear.wearer import Painter, put_on
from models.training.labelled import ABSENT, Labelled

_NO_MASKS: Final[tuple[tuple[Painter, float], ...]] = (
    (hand.hand_over_mouth, 0.14),
    (hand.both_hands, 0.08),
    (hand.fist_before_mouth, 0.08),
    (hand.hand_at_cheek, 0.04),
    (arm.elbow_before_mouth, 0.10),
    (held.cup, 0.06),
    (held.telephone, 0.06),
    (held.microphone, 0.04),
    (neck.scarf_over_mouth, 0.08),
    (neck.scarf_round_neck, 0.03),
    (neck.turtleneck, 0.03),
    (neck.balaclava, 0.06),
    (whiskers.beard(whiskers.DARK, 0.1, 0.95), 0.06),
    (whiskers.beard(whiskers.GREY, 0.12, 0.95), 0.05),
    (whiskers.beard(None, 0.6, 1.0), 0.04),
    (whiskers.beard(whiskers.DARK, 0.02, 0.35), 0.05),
)
LEAST_ROOM: Final = 0.2
"""A sleeve or scarf cut off at the chin would look like a mask: so much must be seen below the face, in face heights."""
_ON_ANYBODY: Final[tuple[Painter, ...]] = (
    eyewear.sunglasses,
    eyewear.face_shield,
    headgear.beanie,
    headgear.cap,
    headgear.hood,
    headgear.head_scarf,
    headgear.long_fringe,
)


def with_no_mask(crops: list[Labelled], count: int, seed: int) -> list[Labelled]:
    """`count` bare faces behind hands, arms, scarves and beards: they stay `absent`."""
    rng = np.random.default_rng([seed, 41])
    bare = [crop for crop in crops if crop.states[0] == ABSENT and room_below(crop, 0) >= LEAST_ROOM]
    return _painted(bare, [no_mask_painter(rng) for _ in range(count)], rng)


def no_mask_painter(rng: np.random.Generator) -> Painter:
    """One of those that paint something before a mouth that is no mask."""
    chances = np.array([chance for _, chance in _NO_MASKS])
    return _NO_MASKS[int(rng.choice(len(_NO_MASKS), p=chances / chances.sum()))][0]


def with_things(crops: list[Labelled], count: int, seed: int) -> list[Labelled]:
    """`count` faces, bare or masked, with glasses, hats and shields: they keep their state."""
    rng = np.random.default_rng([seed, 43])
    return _painted(crops, [_ON_ANYBODY[int(rng.integers(len(_ON_ANYBODY)))] for _ in range(count)], rng)


def _painted(crops: list[Labelled], painters: list[Painter], rng: np.random.Generator) -> list[Labelled]:
    """One crop a painter; a crop whose face is a profile is passed over."""
    made = []
    for painter in painters if crops else []:
        crop = crops[int(rng.integers(len(crops)))]
        frame = _frame(crop)
        if frame is not None:
            picture: NDArray[np.uint8] = crop.picture.copy()
            put_on(picture, frame, painter, rng)
            made.append(Labelled(picture, crop.boxes, crop.landmarks, crop.states))
    return made


def room_below(scene: Labelled, index: int) -> float:
    """What the picture shows below a face, in face heights."""
    top, bottom = float(scene.boxes[index, 1]), float(scene.boxes[index, 3])
    return float((scene.picture.shape[0] - bottom) / (bottom - top))


def _frame(crop: Labelled) -> FaceFrame | None:
    if not np.isfinite(crop.landmarks[0]).all():
        return None
    return FaceFrame.of_face(crop.landmarks[0], crop.boxes[0])
