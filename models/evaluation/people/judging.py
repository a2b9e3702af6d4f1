"""What the network says of every face of a scene: at one look, and by a vote over shaken copies."""

import zlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.policy.vote import MaskFrame, answer, vote
from edge.vision.detector import Detector
from models.evaluation.metrics import iou_table
from models.evaluation.people.drawing import shaken
from models.evaluation.people.hall import Picture
from models.evaluation.people.truth import Answer, Person, Scene, Truth

COPIES: Final = 5
FOUND_IOU: Final = 0.3
_SEEN_AT_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said of one face.

    Attributes:
        scene: where it is.
        box, truth: of the face.
        once: the answer at one look.
        voted: the answer of COPIES shaken copies; None where fewer than three of them show the face.
        by_yunet: whether plain YuNet-n finds it; None where that was not asked.
    """

    scene: Scene
    box: NDArray[np.float32]
    truth: Truth
    once: Answer
    voted: Answer
    by_yunet: bool | None = None

    @property
    def right(self) -> bool:
        return self.once in self.truth.right

    @property
    def let_in(self) -> bool:
        """Called worn where that must never be said."""
        return self.truth.worn_is_wrong and self.once is Mask.WORN

    @property
    def let_in_by_vote(self) -> bool:
        return self.truth.worn_is_wrong and self.voted is Mask.WORN

    @property
    def refused(self) -> bool:
        """Wears the mask well and is called absent or worn_wrong."""
        return self.truth.state is Mask.WORN and self.once in {Mask.ABSENT, Mask.WORN_WRONG}


def judge(scene: Scene, detector: Detector, worn_probability: float, yunet: Detector | None = None) -> list[Outcome]:
    """One outcome for every person of the scene."""
    rng = np.random.default_rng(zlib.crc32(f"{scene.group} {scene.name}".encode()))
    looks = [_probabilities(detector, scene.picture, scene.people)]
    looks += [_probabilities(detector, shaken(scene.picture, rng), scene.people) for _ in range(COPIES)]
    plain = yunet.find(scene.picture).boxes if yunet else None
    outcomes = []
    for index, person in enumerate(scene.people):
        first, *copies = [look[index] for look in looks]
        once = None if first is None else answer(*first, worn_probability)
        seen = None if plain is None else _best(plain, person.box) is not None
        outcomes.append(Outcome(scene, person.box, person.truth, once, _voted(copies, worn_probability), seen))
    return outcomes


def _probabilities(detector: Detector, picture: Picture, people: tuple[Person, ...]) -> list[tuple[float, float, float] | None]:
    """Absent, worn, worn_wrong of every person who is found."""
    found = detector.find(picture)
    places = [_best(found.boxes, person.box) for person in people]
    return [None if place is None else _triple(found.mask[place]) for place in places]


def _triple(row: NDArray[np.float32]) -> tuple[float, float, float]:
    absent, worn, wrong = (float(share) for share in row)
    return absent, worn, wrong


def _best(boxes: NDArray[np.float32], box: NDArray[np.float32]) -> int | None:
    """The detection that lies on a face best; None where none does."""
    if not len(boxes):
        return None
    overlap = iou_table(box[None], boxes)[0]
    best = int(overlap.argmax())
    return best if overlap[best] >= FOUND_IOU else None


def _voted(copies: list[tuple[float, float, float] | None], worn_probability: float) -> Answer:
    frames = [MaskFrame(0.1 * index, *look, 1.0) for index, look in enumerate(copies) if look is not None]
    if len(frames) < _SEEN_AT_LEAST:
        return None
    return vote(frames, worn_probability, 0.1 * COPIES).mask
