"""The eye's pass over pictures from 1x1 to 8K, colour and grey: none may cost much more than the network itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from benchmarks.bare import HEIGHT_PX, WIDTH_PX, BareNetwork
from benchmarks.result import Figure
from benchmarks.timing import side_by_side
from edge.vision.detector import Detector

ROUNDS: Final = 80
MOST_TIMES: Final = 1.5
SHAPES: Final = {
    "1x1": (1, 1, 3),
    "8000x1": (1, 8000, 3),
    "640x480": (480, 640, 3),
    "640x480, grey": (480, 640),
    "1920x1080": (1080, 1920, 3),
    "3840x2160": (2160, 3840, 3),
    "7680x4320": (4320, 7680, 3),
}
"""Noise of these shapes: the picture with the most candidates."""


def by_size(say: Callable[[str], None]) -> tuple[Figure, ...]:
    """Each pass as a multiple of the bare network's run of the same rounds. Raises ModelError."""
    say(f"{ROUNDS} passes each over {len(SHAPES)} sizes of picture")
    rng = np.random.default_rng(1)
    pictures = {name: rng.integers(0, 256, shape, np.uint8) for name, shape in SHAPES.items()}
    detector, bare = Detector.open(input_width=WIDTH_PX, input_height=HEIGHT_PX), BareNetwork(pictures["640x480"])
    works: list[Callable[[], object]] = [lambda one=one: detector.find(one) for one in pictures.values()]  # type: ignore[misc]
    *passes, runs = side_by_side([*works, bare.run], ROUNDS)
    return tuple(
        Figure(f"pass over {name} / bare network", times.wall.p50 / runs.wall.p50, "x", MOST_TIMES)
        for name, times in zip(SHAPES, passes, strict=True)
    )
