"""`python -m models.evaluation.register --model FILE.onnx --scores FILE.json`: make a judged network the shipped one.

Copies the weights beside the manifest, and writes their hash and figures into its default entry.
"""

import argparse
import hashlib
import json
import re
import shutil
from pathlib import Path

from contract.console import told
from edge.vision.detector import Detector
from edge.vision.golden import golden_of, with_golden
from edge.vision.model_file import MANIFEST, read_manifest
from edge.vision.network import Network
from models.evaluation.drawn import WAYS, read_right
from models.evaluation.errors import ChoiceError

_KEPT = ("absent_called_worn", "worn_wrong_called_worn", "worn_called_worn", "unsure_share", "found")


def score_lines(figures: dict[str, object], drawn: dict[str, float]) -> list[str]:
    """The scores of the manifest as TOML lines, from the JSON of `models.evaluation`."""
    at_35 = figures["at_iou_35"]
    ap = figures["ap"]
    assert isinstance(at_35, dict)
    assert isinstance(ap, dict)
    return [
        f"map3 = {figures['map3']:.4f}",
        f"ap = {_inline(ap)}",
        *(f"{key} = {figures[key]:.4f}" for key in _KEPT),
        f"map3_at_iou_35 = {at_35['map3']:.4f}",
        f"found_at_iou_35 = {at_35['found']:.4f}",
        f"drawn_read_right = {_inline(drawn)}",
    ]


def _inline(table: dict[str, float]) -> str:
    return "{ " + ", ".join(f"{key} = {value:.4f}" for key, value in table.items()) + " }"


def with_threshold(manifest: str, name: str, worn_probability: float) -> str:
    """The manifest's text with the threshold the figures were judged at; the line is added where there was none."""
    head, found, rest = manifest.partition(f"[models.{name}]\n")
    line = f"worn_probability = {worn_probability:g}"
    section, begun, others = rest.partition("\n[")
    section, changed = re.subn(r"(?m)^worn_probability = [0-9.]+", line, section)
    if not changed:
        section = f"{line}\n{section}"
    return head + found + section + begun + others


def rewritten(manifest: str, name: str, sha256: str, scores: list[str]) -> str:
    """The manifest's text with another hash and other scores for the entry `name`; comments stay.

    Raises:
        ValueError: the text has no such entry with hash and scores.
    """
    head, found, rest = manifest.partition(f"[models.{name}.scores]\n")
    head, changed = re.subn(r'(?m)(?<=^sha256 = ")[0-9a-f]*(?="$)', sha256, head)
    if not found or changed != 1:
        raise ValueError(f"the manifest has no single entry {name!r} with sha256 and scores")
    comments = [line for line in rest.splitlines() if line.startswith("#")]
    return head + found + "\n".join([*comments, *scores]) + "\n"


def main() -> None:
    """Copy, judge on drawn people, write the manifest."""
    parser = argparse.ArgumentParser(prog="python -m models.evaluation.register", description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument(
        "--scores", type=Path, required=True, help="what `python -m models.evaluation --json` wrote for this file"
    )
    given = parser.parse_args()
    name, entries = read_manifest()
    detector = Detector(Network(given.model), *entries[name].input_px)
    drawn = {way: read_right(detector, placement) for way, placement in WAYS.items()}
    figures = json.loads(given.scores.read_text(encoding="utf-8"))
    sha256 = hashlib.sha256(given.model.read_bytes()).hexdigest()
    if figures["sha256"] != sha256:
        remedy = "Judge it again with python -m models.evaluation"
        raise ChoiceError("these figures are another network's", where=str(given.scores), remedy=remedy)
    scores = score_lines(figures, drawn)
    text = rewritten(MANIFEST.read_text(encoding="utf-8"), name, sha256, scores)
    text = with_threshold(text, name, figures["worn_probability"])
    text = with_golden(text, name, golden_of(Network(given.model), entries[name].input_px))
    if given.model.resolve() != entries[name].file.resolve():
        shutil.copyfile(given.model, entries[name].file)
    MANIFEST.write_text(text, encoding="utf-8")
    print("\n".join([f"sha256 = {sha256}", *scores]))


if __name__ == "__main__":
    told(main)
