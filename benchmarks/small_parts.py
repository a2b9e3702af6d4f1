"""Everything between detector and verdict, for eight people: tracker, registration, thermometry, vote and policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Final

from benchmarks.bare import HEIGHT_PX, WIDTH_PX, BareNetwork
from benchmarks.crowd import FPS, film_of
from benchmarks.parts import IN_TURN, PARTS, Parts
from benchmarks.result import Figure, Json, Result
from benchmarks.settings import simulated
from benchmarks.timing import Times, added
from edge.vision.detector import Detector

ROUNDS: Final = 500
WARM: Final = 60
PEOPLE: Final = 8
FACE_PX: Final = 100.0
TOGETHER_MS: Final = 2.5


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Raises ModelError."""
    del folder
    film = film_of(PEOPLE, FACE_PX)
    detector = Detector.open(input_width=WIDTH_PX, input_height=HEIGHT_PX)
    found = [detector.find(picture) for picture in film.colour]
    bare = BareNetwork(film.colour[0])
    parts = Parts(simulated(), detector)
    say(f"{ROUNDS} rounds for {PEOPLE} people")
    runs = Times()
    for index, number in zip(range(WARM + ROUNDS), count(1), strict=False):
        parts.round(
            found[index % len(found)],
            film.colour[index % len(found)],
            film.thermal[index % len(film.thermal)],
            number,
            number / FPS,
        )
        runs.of(bare.run)
    times = {name: one.without_first(WARM) for name, one in parts.spent.items()}
    together, bare_times = added([times[name] for name in IN_TURN]), runs.without_first(WARM)
    figures = (
        Figure("together", together.wall.p50, "ms", TOGETHER_MS),
        Figure("together, p99", together.wall.p99, "ms"),
        Figure("together, processor time", together.cpu.p50, "ms"),
        Figure("together / bare network", together.wall.p50 / bare_times.wall.p50, "x"),
        *[Figure(words, times[name].wall.p50, "ms") for name, words in PARTS.items()],
    )
    details: dict[str, Json] = {
        "faces_found": sum(map(len, found)) / len(found),
        "measured_share": round(parts.measured_share, 3),
        "ms": {name: asdict(one.wall) for name, one in times.items()},
        "cpu_ms": {name: asdict(one.cpu) for name, one in times.items()},
    }
    method = f"{ROUNDS} rounds over detections of {PEOPLE} drawn people, in turns with a bare network run; medians"
    return Result("small_parts", method, figures, details)
