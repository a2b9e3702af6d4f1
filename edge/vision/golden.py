"""The test card: what a network must answer to a picture drawn by a formula, checked whenever it is opened.

A runtime or provider that computes something else is found out here, before anybody is judged by it.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from edge.vision.network import Network

TOLERANCE: Final = 0.02
"""Two builds of the same arithmetic differ by far less than 0.001; what differs by more than this judges people otherwise."""

_DIGITS: Final = 5
_FACE: Final = (208, 150)  # x, y of its middle on the card
_SKIN, _SHADE = (130, 165, 215), (50, 45, 70)  # BGR
_ELLIPSES: Final = (  # x and y from the middle of the face, half width, half height, colour: head, eyes, nose, mouth
    (0, 0, 62, 84, _SKIN),
    (-25, -12, 10, 5, _SHADE),
    (25, -12, 10, 5, _SHADE),
    (0, 14, 6, 4, _SHADE),
    (0, 42, 19, 5, _SHADE),
)


def test_card(width: int, height: int) -> NDArray[np.float32]:
    """The network's input, (1, 3, height, width) float32 BGR 0..255: slopes of light, and a face of ellipses. Whole numbers only.

    No image file, and nothing a library draws: the same numbers on every machine and for ever.
    """
    y, x = np.ogrid[0:height, 0:width]
    card = np.empty((1, 3, height, width), np.float32)
    card[0, 0], card[0, 1], card[0, 2] = 40 + x * 90 // width, 60 + y * 80 // height, 150 - x * 40 // width - y * 30 // height
    u, v = x - _FACE[0], y - _FACE[1]
    for across, down, half_width, half_height, colour in _ELLIPSES:
        inside = (u - across) ** 2 * half_height**2 + (v - down) ** 2 * half_width**2 < (half_width * half_height) ** 2
        for plane, level in zip(card[0], colour, strict=True):
            plane[inside] = level
    card -= np.minimum(u * u // 160, 40).astype(np.float32)
    return np.maximum(card, 0.0, out=card)


def golden_of(network: Network, input_px: tuple[int, int]) -> dict[str, list[float]]:
    """A few numbers of each output for the test card: its row at the middle of the face, and the mean of all rows as `mean`.

    `input_px`: width and height of the card, multiples of 32.
    """
    levels = [level[0] for level in network.run(test_card(*input_px))]
    golden = {name: level[_face_row(len(level), *input_px)] for name, level in zip(network.outputs, levels, strict=True)}
    golden["mean"] = np.concatenate(levels).mean(0, dtype=np.float64)
    return {name: [round(float(number), _DIGITS) for number in row] for name, row in golden.items()}


def _face_row(cells: int, width: int, height: int) -> int:
    """Which of a level's `cells` holds the middle of the face."""
    stride = round(math.sqrt(width * height / cells))
    return _FACE[1] // stride * (width // stride) + _FACE[0] // stride


def farthest(golden: Mapping[str, Sequence[float]], found: Mapping[str, Sequence[float]]) -> float:
    """The largest difference; infinite where the two are not of one shape or hold no number."""
    if golden.keys() != found.keys() or any(len(golden[name]) != len(found[name]) for name in golden):
        return float("inf")
    pairs = [(one, other) for name in golden for one, other in zip(golden[name], found[name], strict=True)]
    differences = np.abs(np.subtract(*np.array(pairs, np.float64).T)) if pairs else np.array([np.inf])
    return float(differences.max()) if np.isfinite(differences).all() else float("inf")


def with_golden(manifest: str, name: str, golden: Mapping[str, Sequence[float]]) -> str:
    """The manifest's text with these answers in the table `[models.NAME.golden]`; comments stay.

    Raises:
        ValueError: the text has no such table.
    """
    head, found, rest = manifest.partition(f"[models.{name}.golden]\n")
    if not found:
        raise ValueError(f"the manifest has no table [models.{name}.golden]")
    old, following, after = re.split(r"(\n*^\[|\Z)", rest, maxsplit=1, flags=re.MULTILINE)
    comments = [line for line in old.splitlines() if line.startswith("#")]
    lines = [f"{key} = [{', '.join(map(str, row))}]" for key, row in golden.items()]
    return head + found + "\n".join([*comments, *lines]) + following + after
