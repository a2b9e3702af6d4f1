"""The charts of a report: precision over recall, reliability, and what moving the threshold does."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import cast

import numpy as np

from models.evaluation.answers import Faces
from models.evaluation.calibration import Calibration, calibrations
from models.evaluation.judged import Judged
from models.evaluation.labels import STATES
from models.evaluation.metrics import BOX_IOU, ranked
from models.evaluation.report.chart import Axis, Chart
from models.evaluation.report.look import OF, WORDS, Stroke
from models.evaluation.summary import Figures
from models.evaluation.threshold import Limits, Point

_MOST_POINTS = 240
_DIAGONAL = Stroke("#9aa3af", "3 3", 1.3)


def precision_recall(pictures: Sequence[Judged]) -> str:
    """One curve a state."""
    chart = Chart("precision over recall of each state", Axis("recall", percent=True), Axis("precision", percent=True))
    for index, state in enumerate(STATES):
        found = ranked(pictures, index, BOX_IOU)
        if not found.wanted.sum():
            continue
        recall, precision = found.curve()
        shown = np.unique(np.linspace(0, len(recall) - 1, min(_MOST_POINTS, len(recall))).astype(np.int64))
        points = [(float(recall[at]), float(precision[at])) for at in shown.tolist()]
        chart.line(points, OF[state], f"{WORDS[state]}, {found.average_precision():.3f}")
    words = "The number is the average precision: gate faces, IoU 0.5, every box from score 0.02 on."
    return _figure(chart, words)


def reliability(faces: Faces) -> list[str]:
    """Of the worn probability, and of the likeliest state's."""
    both = calibrations(faces)
    return [
        _reliability(both["worn"], "probability of worn", "share that truly wear a mask well", OF["worn"]),
        _reliability(both["likeliest"], "probability of the likeliest state", "share that are in that state", Stroke("#0072b2")),
    ]


def _reliability(found: Calibration, across: str, up: str, stroke: Stroke) -> str:
    chart = Chart(f"reliability of the {across}", Axis(across), Axis(up))
    filled = [one for one in found.bins if one.count]
    total = sum(one.count for one in filled)
    most = max((one.count for one in filled), default=1)
    chart.bars([((one.low + one.high) / 2, one.count / most) for one in filled], 0.05, stroke)
    chart.line([(0, 0), (1, 1)], _DIAGONAL, "honest")
    chart.line([(one.said, one.true) for one in filled], stroke, "measured", dots=True)
    words = (
        f"{total} found faces. Bars: how many fall where, the highest {most}. Expected calibration error "
        f"{found.expected_error:.3f}, Brier score {found.brier:.3f}."
    )
    return _figure(chart, words)


def by_size(sizes: Mapping[str, Figures]) -> str:
    """Found and average precisions over the size of the face."""
    at = tuple(float(index) for index in range(len(sizes)))
    chart = Chart(
        "figures by size of the face", Axis("face height", -0.4, len(sizes) - 0.6, at, names=tuple(sizes)), Axis("figure")
    )
    for key, stroke, words in (
        ("found", Stroke("#0072b2"), "found"),
        *((f"ap.{state}", OF[state], f"AP {WORDS[state]}") for state in STATES),
    ):
        values = [cast("float", figures[key]) for figures in sizes.values()]
        chart.line([(x, y) for x, y in zip(at, values, strict=True) if not math.isnan(y)], stroke, words, dots=True)
    return _figure(chart, "Face height as a share of the picture's height; box overlap (IoU) 0.5.")


def threshold_curves(points: Sequence[Point], worn_probability: float, limits: Limits) -> list[str]:
    """Wrong passes, and what they are bought with."""
    across = Axis("worn_probability", 0.3, 1.0, (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0))
    highest = max((one.worn_wrong_called_worn for one in points), default=0.1)
    top = next((edge for edge in (0.1, 0.2, 0.3, 0.5) if highest <= edge), 1.0)
    wrong = Chart("wrong passes by threshold", across, Axis("of that state, called worn", 0.0, top, _ticks(top), percent=True))
    wrong.line([(one.worn_probability, one.absent_called_worn) for one in points], OF["absent"], "absent")
    wrong.line([(one.worn_probability, one.worn_wrong_called_worn) for one in points], OF["worn_wrong"], "worn wrong")
    paid = Chart("passes and doubt by threshold", across, Axis("share", percent=True))
    paid.line([(one.worn_probability, one.worn_called_worn) for one in points], OF["worn"], "worn called worn")
    paid.line([(one.worn_probability, one.unsure_share) for one in points], OF["unsure"], "unsure")
    paid.limit_up(
        limits.least_worn_called_worn, f"at least {limits.least_worn_called_worn * 100:g} % worn called worn", below=True
    )
    paid.limit_up(limits.most_unsure, f"at most {limits.most_unsure * 100:g} % unsure")
    for chart in (wrong, paid):
        chart.limit_across(worn_probability, f"judged at {worn_probability:g}")
    return [
        _figure(wrong, "Both open the barrier to somebody it should not open for."),
        _figure(paid, "What a stricter threshold costs: masked people who are asked again."),
    ]


def _ticks(top: float) -> tuple[float, ...]:
    return tuple(round(top * step / 5, 3) for step in range(6))


def _figure(chart: Chart, words: str) -> str:
    return f"<figure>{chart.svg()}<figcaption>{escape(words)}</figcaption></figure>"
