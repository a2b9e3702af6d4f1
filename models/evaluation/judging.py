"""Judges a network, and peers beside it: figures, comparison, report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich import print as show

from models.evaluation.answers import faces_of
from models.evaluation.arguments import Asked
from models.evaluation.comparison import Comparison, compare
from models.evaluation.judged import SCORE_FLOOR, Judged, read_picture
from models.evaluation.labels import Labels, read_labels
from models.evaluation.peers.families import Opened, open_peer
from models.evaluation.report.page import write_report
from models.evaluation.run import OURS, judge_pictures, open_ours, sha256_of, write_json
from models.evaluation.summary import Figures, everything, faces_only
from models.evaluation.tables import comparison_table, main_table, peers_table
from models.evaluation.threshold import curve
from models.evaluation.timing import PICTURES, camera_sized, time_passes


def judge_network(asked: Asked) -> None:
    """Write the JSON and, where asked, the report; print the main figures.

    Raises:
        MenshenError: for what is wrong with manifest, pictures or weights.
    """
    labels = read_labels(asked.manifest, asked.root, use=asked.use, under=asked.under)
    opened = [open_ours(asked.model, asked.input_px), *(_peer(name, asked) for name in asked.peers)]
    seen = judge_pictures(opened, labels)
    times = _times(asked, labels)
    figures: Figures = {
        "model": asked.model.name,
        "sha256": sha256_of(asked.model),
        "pictures": len(labels),
        "input": list(asked.input_px),
        **everything(seen[OURS], asked.worn_probability),
        **times.pop(OURS),
        "threshold_curve": [asdict(point) for point in curve(faces_of(seen[OURS]), asked.costs, asked.limits)],
    }
    masks = [one.name for one in opened[1:] if one.judges_masks]
    comparisons = compare_all(masks, seen)
    if asked.peers:
        figures["peers"] = {one.name: {**_figures_of(one, seen[one.name]), **times[one.name]} for one in opened[1:]}
        figures["comparison"] = [asdict(one) | {"fewer_wrong_passes": one.fewer_wrong_passes} for one in comparisons]
    write_json(asked.json, figures)
    if asked.html is not None:
        write_report(asked.html, figures, seen[OURS], comparisons)
    show(main_table(figures))
    if asked.peers:
        show(peers_table(figures))
    if comparisons:
        show(comparison_table(comparisons))


def compare_all(peers: Sequence[str], seen: dict[str, list[Judged]]) -> list[Comparison]:
    """Ours beside each peer that judges masks."""
    ours = faces_of(seen[OURS])
    return [compare(name, faces_of(seen[name]), ours) for name in peers]


def _peer(name: str, asked: Asked, score_floor: float = SCORE_FLOOR) -> Opened:
    return open_peer(name, asked.peers[name], score_floor)


def _figures_of(peer: Opened, seen: list[Judged]) -> Figures:
    """A peer answers by its likeliest state; one that knows no masks is asked for faces only."""
    return everything(seen, None) if peer.judges_masks else faces_only(seen)


def _times(asked: Asked, labels: Sequence[Labels]) -> dict[str, dict[str, float]]:
    """Of each network at the score a gate uses. `make bench` measures them in turns, which is what ratios need."""
    pictures = camera_sized([read_picture(part.file) for part in labels[:PICTURES]])
    opened = [open_ours(asked.model, asked.input_px, 0.5), *(_peer(name, asked, 0.5) for name in asked.peers)]
    return {one.name: time_passes(one.eye, one.network, pictures) for one in opened}
