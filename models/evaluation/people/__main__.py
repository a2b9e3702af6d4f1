"""`python -m models.evaluation.people [--root DIR] [--model FILE.onnx] --json OUT [--contact-sheet DIR]`: judge by people."""

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import track

from contract.console import told
from edge.vision.detector import Detector
from edge.vision.model_file import read_manifest
from edge.vision.network import Network
from models.evaluation.people.drawing import drawn_scenes
from models.evaluation.people.groups import GROUPS
from models.evaluation.people.judging import judge
from models.evaluation.people.photographs import Album
from models.evaluation.people.report import rewritten, summary, table
from models.evaluation.people.sheet import write_sheets
from models.evaluation.people.truth import Scene
from models.evaluation.yunet import open_yunet

WORN_PROBABILITY = 0.6
"""Where the manifest names none."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m models.evaluation.people", description=__doc__)
    parser.add_argument("--root", type=Path, help="folder with extra/ and weights/: photographs and plain YuNet are used too")
    parser.add_argument("--model", type=Path, help="ONNX file; the shipped one by default")
    parser.add_argument("--json", type=Path, required=True, help="where to write the figures")
    parser.add_argument("--page", type=Path, help="docs/reference/people.md: write the table below its last heading")
    parser.add_argument("--contact-sheet", type=Path, help="folder for one JPEG a group")
    parser.add_argument("--worn-probability", type=float, help="from which share on worn is said; the manifest's by default")
    parser.add_argument("--group", action="append", choices=list(GROUPS), help="only this group; may be given again")
    return parser.parse_args()


def _scenes(groups: list[str], album: Album | None) -> Iterator[Scene]:
    for group in groups:
        yield from drawn_scenes(group)
        if album is not None:
            yield from album.scenes(group)


def main() -> None:
    """Draw, judge, write, print."""
    given = _arguments()
    default, entries = read_manifest()
    model = given.model or entries[default].file
    worn_probability = given.worn_probability or entries[default].worn_probability or WORN_PROBABILITY
    detector = Detector(Network(model), *entries[default].input_px)
    album = Album.open(given.root) if given.root else None
    yunet = open_yunet(given.root / "weights" / "yunet_n.onnx") if given.root else None
    scenes = _scenes(given.group or list(GROUPS), album)
    shown = track(scenes, "judging scenes", console=Console(stderr=True))
    outcomes = [outcome for scene in shown for outcome in judge(scene, detector, worn_probability, yunet)]
    groups = summary(outcomes)
    document = {"model": model.name, "worn_probability": worn_probability, "groups": groups}
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    if given.page:
        measured = f"`{model.name}` (sha256 {hashlib.sha256(model.read_bytes()).hexdigest()[:8]}), worn from {worn_probability}"
        given.page.write_text(rewritten(given.page.read_text(encoding="utf-8"), measured, groups), encoding="utf-8")
    if given.contact_sheet:
        write_sheets(outcomes, given.contact_sheet)
    Console(width=170).print(table(groups, f"{model.name}, worn from {worn_probability}"))


if __name__ == "__main__":
    told(main)
