"""What `python -m models.evaluation` is asked on the command line."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from edge.vision.model_file import check_bytes, read_manifest
from models.evaluation.errors import ChoiceError
from models.evaluation.threshold import Costs, Limits


@dataclass(frozen=True, slots=True)
class Asked:
    """One run.

    Attributes:
        manifest, root, use, under: which pictures.
        model: the network to judge.
        worn_probability: threshold of the gate's rule it is judged at.
        input_px: (width, height) of the network's input.
        json, html: where to write.
        peers: name and file of each network to judge beside it.
        choose: whether to choose a threshold instead of judging.
        costs, limits: what to choose it by.
    """

    manifest: Path
    root: Path
    use: str | None
    under: str
    model: Path
    worn_probability: float
    input_px: tuple[int, int]
    json: Path
    html: Path | None
    peers: dict[str, Path]
    choose: bool
    costs: Costs
    limits: Limits


def parse(words: list[str] | None = None) -> Asked:
    """The command line, with what the shipped network's entry of the model manifest says in place of what is not given.

    Raises:
        ChoiceError, ModelError: a peer without a file, a model that is not there, no threshold to judge at.
    """
    given = _parser().parse_args(words)
    default, entries = read_manifest()
    entry = entries[default]
    if given.model is None:
        check_bytes(entry)
    elif not given.model.is_file():
        raise ChoiceError("there is no such network", where=str(given.model), remedy="Give --model FILE.onnx, or leave it away")
    threshold = entry.worn_probability if given.worn_probability is None else given.worn_probability
    if threshold is None:
        raise ChoiceError("the model manifest names no worn_probability", remedy="Give --worn-probability, or choose one")
    return Asked(
        manifest=given.manifest,
        root=given.root,
        use=given.use,
        under=given.under,
        model=given.model or entry.file,
        worn_probability=threshold,
        input_px=(given.width or entry.input_px[0], given.height or entry.input_px[1]),
        json=given.json,
        html=given.html,
        peers=dict(_peer(words) for words in given.peer),
        choose=given.choose_threshold,
        costs=Costs(*given.costs),
        limits=Limits(given.most_unsure, given.least_worn),
    )


def _peer(words: str) -> tuple[str, Path]:
    name, found, file = words.partition("=")
    if not found:
        raise ChoiceError(f"--peer {words} names no file", remedy="Give --peer NAME=FILE.onnx")
    return name, Path(file)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m models.evaluation",
        description="Judges a network on labelled pictures: docs/how-to/judge-a-network.md",
    )
    add, costs, limits = parser.add_argument, Costs(), Limits()
    add("--manifest", type=Path, required=True, help="CSV with file, x1, y1, x2, y2, mask; source and use where there are any")
    add("--root", type=Path, required=True, help="folder the file names start from")
    add("--json", type=Path, required=True, help="where to write the figures")
    add("--model", type=Path, help="ONNX file; the shipped one by default")
    add("--html", type=Path, help="also write a report; it shows faces from the pictures")
    add("--use", help="only rows with this value in the column `use`")
    add("--under", default="", help="only files whose name starts so")
    add("--width", type=int, help="of the network's input; that of the shipped one by default")
    add("--height", type=int)
    add("--worn-probability", type=float, help="threshold of the gate's rule; the shipped one by default")
    add("--peer", action="append", default=[], metavar="NAME=FILE", help="judge this network too and compare; may be repeated")
    add("--choose-threshold", action="store_true", help="print and write the curve of thresholds and the cheapest one")
    add(
        "--costs",
        type=float,
        nargs=4,
        default=(costs.absent_as_worn, costs.worn_wrong_as_worn, costs.worn_refused, costs.unsure),
        metavar=("ABSENT_AS_WORN", "WRONG_AS_WORN", "WORN_REFUSED", "UNSURE"),
        help="of one answer, to choose a threshold by (default: %(default)s)",
    )
    add("--most-unsure", type=float, default=limits.most_unsure, help="share of faces left unsure (default: %(default)s)")
    add(
        "--least-worn",
        type=float,
        default=limits.least_worn_called_worn,
        help="share of worn faces called worn (default: %(default)s)",
    )
    return parser
