"""`python -m models.evaluation --manifest FILE.csv --root DIR [--model FILE.onnx] --json OUT`: judge a network."""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
from rich import print as show
from rich.progress import track
from rich.table import Table

from edge.vision.detector import Detector
from edge.vision.model_file import read_manifest
from models.evaluation.labels import STATES, Labels, read_labels
from models.evaluation.metrics import GATE_SHARE, Judged, average_precision, confusion, found_share, rate
from models.evaluation.timing import TimedNetwork, time_passes

BOX_IOU, FOUND_IOU, SCORE_FLOOR = 0.5, 0.35, 0.02


def judge(detector: Detector, labels: Labels) -> Judged:
    """Run the detector on one picture.

    Raises:
        FileNotFoundError: it cannot be read.
    """
    picture = cv2.imread(str(labels.file), cv2.IMREAD_COLOR)
    if picture is None:
        raise FileNotFoundError(f"{labels.file} is no picture that can be read")
    found = detector.find(np.asarray(picture, np.uint8))
    return Judged(picture.shape[0], labels.boxes, labels.states, found.boxes, found.scores, found.mask.argmax(1))


def summary(pictures: list[Judged], iou: float = BOX_IOU, gate_share: float = GATE_SHARE) -> dict[str, object]:
    """All figures at one IoU for faces of at least `gate_share` of the picture's height."""
    ap = {state: average_precision(pictures, index, iou, gate_share) for index, state in enumerate(STATES)}
    table = confusion(pictures, iou, gate_share=gate_share)
    return {
        "map3": float(np.nanmean(list(ap.values()))) if not np.isnan(list(ap.values())).all() else float("nan"),
        "ap": ap,
        "absent_called_worn": rate(table, "absent", "worn"),
        "worn_wrong_called_worn": rate(table, "worn_wrong", "worn"),
        "worn_called_worn": rate(table, "worn", "worn"),
        "found": found_share(table),
        "confusion": {state: row.tolist() for state, row in zip(STATES, table, strict=True)},
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m models.evaluation", description=__doc__)
    parser.add_argument("--manifest", type=Path, required=True, help="CSV with file, x1, y1, x2, y2, mask")
    parser.add_argument("--root", type=Path, required=True, help="folder the file names start from")
    parser.add_argument("--model", type=Path, help="ONNX file; the shipped one by default")
    parser.add_argument("--json", type=Path, required=True, help="where to write the figures")
    parser.add_argument("--use", help="only rows with this value in the column `use`")
    parser.add_argument("--under", default="", help="only files whose name starts so")
    parser.add_argument("--width", type=int, default=416)
    parser.add_argument("--height", type=int, default=320)
    return parser.parse_args()


def _default_model() -> Path:
    default, entries = read_manifest()
    return entries[default].file


def main() -> None:
    """Judge, write the JSON, print the main figures."""
    given = _arguments()
    model = given.model or _default_model()
    labels = read_labels(given.manifest, given.root, use=given.use, under=given.under)
    network = TimedNetwork(model)
    detector = Detector(network, given.width, given.height, SCORE_FLOOR)
    judged = [judge(detector, part) for part in track(labels, "judging pictures")]
    pictures = [np.asarray(cv2.imread(str(part.file), cv2.IMREAD_COLOR), np.uint8) for part in labels[:25]]
    figures = {
        "model": model.name,
        "pictures": len(judged),
        "input": [given.width, given.height],
        "iou": BOX_IOU,
        **summary(judged),
        "at_iou_35": summary(judged, FOUND_IOU),
        "all_sizes": summary(judged, gate_share=0.0),
        **time_passes(network, pictures, given.width, given.height),
    }
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    _print(figures)


def _print(figures: dict[str, object]) -> None:
    table = Table("figure", "value", title=f"{figures['model']} on {figures['pictures']} pictures, gate faces, IoU {BOX_IOU}")
    for key, value in figures.items():
        if isinstance(value, float):
            table.add_row(key, f"{value:.3f}")
    show(table)


if __name__ == "__main__":
    main()
