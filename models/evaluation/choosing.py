"""`--choose-threshold`: the curve over all thresholds and the cheapest allowed one, on pictures set aside for it."""

from __future__ import annotations

from dataclasses import asdict

from rich import print as show

from models.evaluation.answers import faces_of
from models.evaluation.arguments import Asked
from models.evaluation.errors import ChoiceError
from models.evaluation.labels import read_labels
from models.evaluation.run import OURS, judge_pictures, open_ours, sha256_of, write_json
from models.evaluation.tables import curve_table
from models.evaluation.threshold import Point, choose, curve, refuse_judged_pictures


def choose_threshold(asked: Asked) -> None:
    """Write the curve as JSON and print it with the choice.

    Raises:
        ChoiceError: the pictures are kept for judging, or no threshold keeps the limits (the curve is written all the same).
        MenshenError: for what is wrong with manifest, pictures or weights.
    """
    labels = read_labels(asked.manifest, asked.root, use=asked.use, under=asked.under)
    refuse_judged_pictures(labels)
    opened = open_ours(asked.model, asked.input_px)
    faces = faces_of(judge_pictures([opened], labels)[OURS])
    points = curve(faces, asked.costs, asked.limits)
    chosen, refused = _chosen(points)
    figures = {
        "model": asked.model.name,
        "sha256": sha256_of(asked.model),
        "pictures": len(labels),
        "faces": len(faces),
        "costs": asdict(asked.costs),
        "limits": asdict(asked.limits),
        "worn_probability": None if chosen is None else chosen.worn_probability,
        "curve": [asdict(point) for point in points],
    }
    write_json(asked.json, figures)
    show(curve_table(points, chosen))
    if refused is not None:
        raise refused


def _chosen(points: list[Point]) -> tuple[Point | None, ChoiceError | None]:
    try:
        return choose(points), None
    except ChoiceError as refused:
        return None, refused
