"""One pass of the eye beside the network's own run: what our code adds, and whether that grows with the people. And peers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from benchmarks.bare import HEIGHT_PX, WIDTH_PX, BareNetwork
from benchmarks.crowd import film_of
from benchmarks.peers import beside_peers
from benchmarks.picture_sizes import by_size
from benchmarks.result import Figure, Json, Result
from benchmarks.timing import side_by_side
from edge.vision.detector import Detector

ROUNDS: Final = 300
FACE_PX: Final = 70.0
COUNTS: Final = (1, 5, 20)
ADDED_MS, DIFFER_PERCENT = 0.6, 15.0


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Raises ModelError."""
    del folder
    pictures = {count: film_of(count, FACE_PX).colour[0] for count in COUNTS}
    detector = Detector.open(input_width=WIDTH_PX, input_height=HEIGHT_PX)
    bare = BareNetwork(pictures[5])
    found = {count: len(detector.find(picture)) for count, picture in pictures.items()}
    say(f"{ROUNDS} passes each over pictures with {COUNTS} people")
    works: list[Callable[[], object]] = []
    for picture in pictures.values():
        works += [lambda picture=picture: detector.find(picture), bare.run]  # type: ignore[misc]
    times = side_by_side(works, ROUNDS)
    passes, runs = dict(zip(COUNTS, times[::2], strict=True)), dict(zip(COUNTS, times[1::2], strict=True))
    added_ms = {count: passes[count].over(runs[count]) for count in COUNTS}
    figures = (
        *[Figure(f"pass minus network, {count} in view", added_ms[count][0], "ms", ADDED_MS) for count in COUNTS],
        *[Figure(f"the same in processor time, {count} in view", added_ms[count][1], "ms") for count in COUNTS],
        Figure(
            "1, 5 and 20 in view differ by, of the pass", _differ([one.wall.p50 for one in passes.values()]), "%", DIFFER_PERCENT
        ),
        Figure("the same in processor time", _differ([one.cpu.p50 for one in passes.values()]), "%"),
        Figure("pass / bare network, 5 in view", passes[5].wall.p50 / runs[5].wall.p50, "x"),
        Figure("bare network", runs[5].wall.p50, "ms"),
        Figure("bare network, processor time", runs[5].cpu.p50, "ms"),
    )
    beside = beside_peers(say)
    details: dict[str, Json] = {
        "faces_found": {str(count): number for count, number in found.items()},
        "pass_ms": {str(count): asdict(passes[count].wall) for count in COUNTS},
        "pass_cpu_ms": {str(count): asdict(passes[count].cpu) for count in COUNTS},
        "bare_ms": {str(count): asdict(runs[count].wall) for count in COUNTS},
        **beside.details,
    }
    method = (
        f"640x480 pictures at {WIDTH_PX}x{HEIGHT_PX}, in turns with the bare network, {ROUNDS} rounds; median of differences. "
        "Peers: photographs of 640x480, decoded picture to boxes, all networks in turns, the same session settings for all"
    )
    return Result("vision", method, (*figures, *by_size(say), *beside.figures), details)


def _differ(medians_ms: list[float]) -> float:
    """Largest minus smallest, percent of the largest."""
    return (max(medians_ms) - min(medians_ms)) / max(medians_ms) * 100.0
