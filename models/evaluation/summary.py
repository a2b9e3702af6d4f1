"""All figures of one eye on one set of pictures, as they go into the file."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.evaluation.answers import CALLED, SCORE, Faces, answers, confusion, faces_of, found_share, rate, unsure_share
from models.evaluation.bands import EVERYBODY, GATE, SIZES, Band
from models.evaluation.calibration import as_json as calibration_json
from models.evaluation.interval import MAIN_RATES, draws, of_precision, of_rates
from models.evaluation.judged import Judged
from models.evaluation.labels import STATES
from models.evaluation.metrics import BOX_IOU, FOUND_IOU, average_precision, iou_table, ranked

Figures = dict[str, object]


def summary(pictures: Sequence[Judged], worn_probability: float | None, iou: float = BOX_IOU, band: Band = GATE) -> Figures:
    """The main figures at one IoU for the faces of one band.

    `worn_probability` is the threshold of the shipped rule; None judges by the likeliest state, as peers are.
    """
    ap = {state: average_precision(pictures, index, iou, band) for index, state in enumerate(STATES)}
    faces = faces_of(pictures, iou, band)
    table = confusion(faces, answers(faces, worn_probability))
    known = [value for value in ap.values() if not math.isnan(value)]
    return {
        "map3": float(np.mean(known)) if known else float("nan"),
        "ap": ap,
        **{f"ap.{state}": value for state, value in ap.items()},
        **{f"{truth}_called_{word}": rate(table, truth, word) for truth, word in MAIN_RATES},
        "unsure_share": unsure_share(table),
        "found": found_share(table),
        "found_of": {state: found_share(table[index : index + 1]) for index, state in enumerate(STATES)},
        "right_state_of_found": _right_of_found(faces),
        "faces": {state: int(count) for state, count in zip(STATES, table.sum(1), strict=True)},
        "confusion": {state: dict(zip(CALLED, row, strict=True)) for state, row in zip(STATES, table.tolist(), strict=True)},
    }


def everything(pictures: Sequence[Judged], worn_probability: float | None) -> Figures:
    """`summary` for gate faces at IoU 0.5 on the top level, and all that explains it below."""
    return {
        "iou": BOX_IOU,
        "score": SCORE,
        "worn_probability": worn_probability,
        **summary(pictures, worn_probability),
        "interval_95": intervals(pictures, worn_probability),
        "face_ap": average_precision(pictures, None, BOX_IOU),
        "false_alarms_per_picture": false_alarms(pictures),
        "at_iou_35": summary(pictures, worn_probability, FOUND_IOU),
        "all_sizes": summary(pictures, worn_probability, band=EVERYBODY),
        "sizes": {name: summary(pictures, worn_probability, band=band) for name, band in SIZES.items()},
        "sources": by_source(pictures, worn_probability),
        "calibration": calibration_json(faces_of(pictures)),
    }


def faces_only(pictures: Sequence[Judged]) -> Figures:
    """For an eye that finds faces and knows no masks."""
    return {
        "face_ap": average_precision(pictures, None, BOX_IOU),
        "face_ap_at_iou_35": average_precision(pictures, None, FOUND_IOU),
        "found": found_share(_table(pictures, BOX_IOU)),
        "found_at_iou_35": found_share(_table(pictures, FOUND_IOU)),
        "false_alarms_per_picture": false_alarms(pictures),
    }


def _table(pictures: Sequence[Judged], iou: float) -> NDArray[np.int64]:
    faces = faces_of(pictures, iou)
    return confusion(faces, answers(faces, None))


def _right_of_found(faces: Faces) -> float:
    right = faces.mask[faces.found].argmax(1) == faces.states[faces.found] if faces.found.any() else np.empty(0)
    return float(right.mean()) if len(right) else float("nan")


def intervals(pictures: Sequence[Judged], worn_probability: float | None) -> dict[str, tuple[float, float]]:
    """95 % over other pictures of the same kind, for the figures that decide."""
    weights = draws(len(pictures))
    faces = faces_of(pictures)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a drawn set without any face has no mean
        precision = of_precision({state: ranked(pictures, index, BOX_IOU) for index, state in enumerate(STATES)}, weights)
    return {**precision, **of_rates(faces, answers(faces, worn_probability), MAIN_RATES, weights)}


def by_source(pictures: Sequence[Judged], worn_probability: float | None) -> dict[str, Figures]:
    """The same for the pictures of each source."""
    names = sorted({picture.source for picture in pictures})
    parts = {name: [picture for picture in pictures if picture.source == name] for name in names}
    return {name or "not stated": {"pictures": len(part), **summary(part, worn_probability)} for name, part in parts.items()}


def false_alarms(pictures: Sequence[Judged]) -> float:
    """Boxes of gate size from SCORE on that touch no true face by FOUND_IOU, a picture. Unlabelled faces count as alarms."""
    alarms = 0
    for picture in pictures:
        boxes = picture.boxes[picture.scores >= SCORE]
        boxes = boxes[GATE.holds(boxes, picture.height_px)]
        alarms += int((~(iou_table(boxes, picture.truth) >= FOUND_IOU).any(1)).sum())
    return alarms / len(pictures) if pictures else float("nan")


def plain(value: object) -> object:
    """The same with None for NaN, which JSON does not have, and nothing of numpy's."""
    match value:
        case dict():
            return {str(key): plain(part) for key, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
        case float():
            return None if math.isnan(value) else value
        case _:
            return value
