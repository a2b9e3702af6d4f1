"""Shows a set of pictures to one or several eyes, with a progress bar, and writes what was found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import cv2
from rich.progress import track

from edge.vision.detector import Detector
from edge.vision.network import PLAIN, Runner
from models.evaluation.judged import SCORE_FLOOR, Judged, judge_all
from models.evaluation.labels import Labels
from models.evaluation.peers.families import Opened
from models.evaluation.summary import plain
from models.evaluation.timing import TimedNetwork

OURS = "ours"


def open_ours(model: Path, input_px: tuple[int, int], score_floor: float = SCORE_FLOOR, runner: Runner = PLAIN) -> Opened:
    """A network of ours from its file. Raises ModelError."""
    network = TimedNetwork(model, runner)
    return Opened(OURS, Detector(network, *input_px, score_floor), network)


def judge_pictures(opened: Sequence[Opened], labels: Sequence[Labels]) -> dict[str, list[Judged]]:
    """What each eye saw, by its name, in the order of the labels. Raises PictureError, LabelsError, ModelError."""
    cv2.setNumThreads(1)
    eyes = {one.name: one.eye for one in opened}
    seen: dict[str, list[Judged]] = {name: [] for name in eyes}
    for part in track(labels, "judging pictures", transient=True):
        for name, judged in judge_all(eyes, part).items():
            seen[name].append(judged)
    return seen


def sha256_of(file: Path) -> str:
    """Of the file's bytes, hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def write_json(file: Path, figures: object) -> None:
    """With None for what has no value."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(plain(figures), indent=2, allow_nan=False) + "\n", encoding="utf-8")
