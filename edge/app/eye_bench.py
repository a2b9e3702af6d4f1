"""How long a whole pass takes with each provider, number of threads and input size, and whether the answers are alike."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.errors import ModelError
from edge.sim.backdrop import draw_hall
from edge.sim.drawing import Placement, draw_person
from edge.vision.detector import Detections, Detector
from edge.vision.network import PLAIN, PROVIDERS, Runner, available
from edge.vision.view import Region, Size

BOX_PX: Final = 1.0
"""Boxes may lie so far apart, on the network's input."""
PROBABILITY: Final = 0.02
"""Scores and probabilities may differ by so much."""
WORTH_A_THREAD: Final = 0.9
"""Another thread is taken where it leaves at most this share of the time: camera, uplink and kiosk want the cores too."""
MOST_THREADS: Final = 8
_WARM_UP: Final = 5
_CROWDS: Final = (1, 3, 6)
_WAYS: Final = (None, Placement.WORN, Placement.UNDER_NOSE)


@dataclass(slots=True)
class Candidate:
    """One way to run the eye.

    Attributes:
        runner, input_px: which.
        refusal: why it does not run, or answers otherwise than the reference; None where it is fit.
        times_ms: of each pass.
    """

    runner: Runner
    input_px: Size
    refusal: str | None = None
    times_ms: list[float] = field(default_factory=list)

    @property
    def median_ms(self) -> float:
        return float(np.median(self.times_ms)) if self.times_ms else float("inf")


def candidates(inputs: Sequence[Size]) -> list[Candidate]:
    """Every provider with 1 to all threads (at most MOST_THREADS) at every size; absent ones refused already."""
    threads = range(1, min(os.cpu_count() or 1, MOST_THREADS) + 1)
    held = available()
    found = []
    for provider in PROVIDERS:
        if provider not in held:
            found += [Candidate(Runner(provider), size, "absent") for size in inputs]
            continue
        counts = threads if provider in {"cpu", "xnnpack", "acl"} else threads[:1]  # the others bring processors of their own
        found += [Candidate(Runner(provider, count), size) for count in counts for size in inputs]
    return found


def measure(
    them: Sequence[Candidate], rounds: int, picture_px: Size, region: Region, name: str | None, passed: Callable[[], None]
) -> None:
    """Fill in times and refusals; all candidates in turns, so that what disturbs one disturbs the others. Raises ModelError.

    `passed` is called after each round.
    """
    cv2.setNumThreads(1)
    crowds = drawn_crowds(picture_px)
    eyes = {id(one): eye for one in them if one.refusal is None and (eye := _opened(one, region, name)) is not None}
    runs = [one for one in them if id(one) in eyes]
    references = {size: _reference(size, crowds, region, name) for size in {one.input_px for one in runs}}
    for one in runs:
        one.refusal = difference(
            [eyes[id(one)].find(crowd) for crowd in crowds], references[one.input_px], one.input_px, picture_px
        )
    for turn in range(_WARM_UP + rounds):
        for one in runs:
            begun_s = time.perf_counter()
            eyes[id(one)].find(crowds[turn % len(crowds)])
            if turn >= _WARM_UP:
                one.times_ms.append((time.perf_counter() - begun_s) * 1e3)
        passed()


def chosen(them: Sequence[Candidate], input_px: Size) -> Candidate | None:
    """The quickest fit one at this size; one with fewer threads where that is hardly slower. None where none is fit."""
    fit = [one for one in them if one.refusal is None and one.times_ms and one.input_px == input_px]
    if not fit:
        return None
    best_ms = min(one.median_ms for one in fit)
    near = [one for one in fit if one.median_ms * WORTH_A_THREAD <= best_ms]
    return min(near, key=lambda one: (one.runner.threads, one.median_ms))


def difference(found: Sequence[Detections], wanted: Sequence[Detections], input_px: Size, picture_px: Size) -> str | None:
    """What differs beyond BOX_PX and PROBABILITY, in words; None where nothing does."""
    per_pixel = max(picture_px[0] / input_px[0], picture_px[1] / input_px[1])
    for one, other in zip(found, wanted, strict=True):
        if len(one) != len(other):
            return f"finds {len(one)} faces where the reference finds {len(other)}"
        boxes_px = _farthest(one.boxes, other.boxes) / per_pixel
        sure = max(_farthest(one.scores, other.scores), _farthest(one.mask, other.mask))
        if not (boxes_px <= BOX_PX and sure <= PROBABILITY):
            return f"answers differ: boxes by {boxes_px:.1f} px, probabilities by {sure:.3f}"
    return None


def _farthest(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(np.abs(one - other).max(initial=0.0))


def _opened(one: Candidate, region: Region, name: str | None) -> Detector | None:
    width, height = one.input_px
    try:
        return Detector.open(name=name, input_width=width, input_height=height, region=region, runner=one.runner)
    except ModelError as refusal:
        one.refusal = refusal.what
        return None


def _reference(size: Size, crowds: Sequence[NDArray[np.uint8]], region: Region, name: str | None) -> list[Detections]:
    eye = Detector.open(name=name, input_width=size[0], input_height=size[1], region=region, runner=PLAIN)
    return [eye.find(crowd) for crowd in crowds]


def drawn_crowds(picture_px: Size) -> list[NDArray[np.uint8]]:
    """One, three and six drawn people in the hall, with, without, and with badly worn masks."""
    hall = draw_hall(None)
    crowds = []
    for count in _CROWDS:
        stage = hall.copy()
        for index in range(count):
            person = draw_person(20 + index, 150 if count == 1 else 100, _WAYS[index % 3])
            person.paste(stage, 220 if count == 1 else 10 + 200 * (index % 3), 90 + 190 * (index // 3))
        crowds.append(np.asarray(cv2.resize(stage, picture_px, interpolation=cv2.INTER_AREA), np.uint8))
    return crowds
