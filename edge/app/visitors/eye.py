"""What the network would say of a visitor, picture by picture: drawn from its measured rates, and alike from frame to frame.

The manifest tells of single frames how often each true state is called `worn`, and how often nothing is said. Read as a normal
distribution of the logit of `worn`, that is a middle for each state and one spread. A frame's logit is that middle, and what the
person adds (PERSON_SHARE of the variance, drawn once for each way of wearing the mask), and what the moment adds, which fades
within MOMENT_S: a network that is wrong about somebody is mostly wrong about them in every frame.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from math import exp, log, sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Final

import numpy as np

from contract.verdicts import Mask
from edge.policy.view import Factor
from edge.policy.vote import MaskFrame
from edge.vision.model_file import MANIFEST, entry_of

PERSON_SHARE: Final = 0.8
"""Of 527 photographed faces that the network had not learnt, in three shaken copies each, it was 0.83 (absent), 0.88 (worn) and
0.90 (worn wrong); somebody who walks up changes more from picture to picture than a shaken photograph."""

MOMENT_S: Final = 0.5
STATES: Final = (Mask.ABSENT, Mask.WORN, Mask.WORN_WRONG)
_CALLED: Final = {Mask.ABSENT: "absent_called_worn", Mask.WORN: "worn_called_worn", Mask.WORN_WRONG: "worn_wrong_called_worn"}
_OTHERWISE: Final = {Mask.ABSENT: 0.02, Mask.WORN: 0.5, Mask.WORN_WRONG: 0.2}
"""How often the rest goes to the other of the two states that are not worn: every fifth badly worn mask is read as absent."""
_STANDING, _WALKING = 0.8, 0.45
_SIZE: Final = (0.02, 0.12)  # as in edge.vision.face_quality
_POOR: Final = 0.6


@dataclass(frozen=True, slots=True)
class MaskErrors:
    """How the logit of `worn` scatters in single frames.

    Attributes:
        middle: of each true state.
        spread: standard deviation, the same for all.
        missed: share of plainly visible faces that are not found in a picture.
        person_share: of the variance, what stays the same as long as a person wears the mask in that way.
    """

    middle: dict[Mask, float]
    spread: float
    missed: float
    person_share: float = PERSON_SHARE


def mask_errors(person_share: float = PERSON_SHARE, manifest: Path = MANIFEST) -> MaskErrors:
    """Of the shipped network, by the scores in the manifest; rates of the faces that were found."""
    table = tomllib.loads(manifest.read_text(encoding="utf-8"))
    entry = entry_of(manifest)
    scores = table["models"][entry.name]["scores"]
    found = float(scores["found"])
    limit = logit(float(table["models"][entry.name]["worn_probability"]))
    quantile = {state: NormalDist().inv_cdf(1.0 - float(scores[key]) / found) for state, key in _CALLED.items()}
    spread = _spread(quantile, limit, float(scores["unsure_share"]) / found)
    middle = {state: limit - z * spread for state, z in quantile.items()}
    return MaskErrors(middle, spread, 1.0 - float(scores["found_at_iou_35"]), person_share)


def _spread(quantile: dict[Mask, float], limit: float, unsure: float) -> float:
    """The spread at which so many frames are unsure: between the limit and where the opposites together reach it."""
    low, high = 0.1, 50.0
    for _ in range(60):
        middle = (low + high) / 2
        said = sum(NormalDist().cdf(z) - NormalDist().cdf(z - 2 * limit / middle) for z in quantile.values()) / len(quantile)
        low, high = (middle, high) if said > unsure else (low, middle)
    return (low + high) / 2


def logit(probability: float) -> float:
    return log(probability / (1.0 - probability))


class Look:
    """One visitor as the network sees them."""

    def __init__(self, errors: MaskErrors, rng: np.random.Generator) -> None:
        self._errors, self._rng = errors, rng
        self._moment, self._last_s = float(rng.normal()), 0.0
        self.wear_anew()

    def wear_anew(self) -> None:
        """The mask sits in another way: what the network thinks of this person is drawn anew."""
        self._person = float(self._rng.normal())
        self._swapped = float(self._rng.uniform())

    def frame(self, state: Mask, taken_s: float, height_share: float, *, walking: bool) -> MaskFrame:
        """One picture's answer; `height_share` of the face, of the picture's height."""
        share = self._errors.person_share
        fading = exp(-(taken_s - self._last_s) / MOMENT_S)
        self._moment = fading * self._moment + sqrt(1.0 - fading * fading) * float(self._rng.normal())
        self._last_s = taken_s
        scatter = sqrt(share) * self._person + sqrt(1.0 - share) * self._moment
        worn = 1.0 / (1.0 + exp(-self._errors.middle[state] - self._errors.spread * scatter))
        absent = (1.0 - worn) * (0.9 if (state is Mask.ABSENT) != (self._swapped < _OTHERWISE[state]) else 0.1)
        size = min(1.0, max(0.0, (height_share - _SIZE[0]) / (_SIZE[1] - _SIZE[0])))
        weight = size * (_WALKING if walking else _STANDING)
        return MaskFrame(taken_s, absent, worn, 1.0 - worn - absent, weight, Factor.SIZE if size < _POOR else None)
