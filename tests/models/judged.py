"""Pictures with a known truth and known boxes, for tests of the figures."""

import numpy as np

from models.evaluation.judged import Judged

ABSENT, WORN, WRONG = 0, 1, 2
FACE = (100, 100, 200, 220)
OTHER = (400, 100, 500, 220)
SMALL = (300, 300, 320, 325)
SURE = ((0.98, 0.01, 0.01), (0.01, 0.98, 0.01), (0.01, 0.01, 0.98))

Said = tuple[float, float, float]


def judged(
    truth: list[tuple[tuple[int, ...], int]],
    found: list[tuple[tuple[int, ...], float, int]],
    *,
    said: list[Said] | None = None,
    source: str = "",
) -> Judged:
    """A picture 480 px high; detections are (box, score, state), read as surely as `SURE`, or as `said`."""
    return Judged(
        480,
        np.array([box for box, _ in truth], np.float32).reshape(-1, 4),
        np.array([state for _, state in truth], np.int64),
        np.array([box for box, _, _ in found], np.float32).reshape(-1, 4),
        np.array([score for _, score, _ in found], np.float32),
        np.array(said or [SURE[state] for _, _, state in found], np.float32).reshape(-1, 3),
        source=source,
    )


def one(state: int, said: Said, score: float = 0.9) -> Judged:
    """One face, found, read as `said`."""
    return judged([(FACE, state)], [(FACE, score, 0)], said=[said])


def missed(state: int) -> Judged:
    """One face nobody saw."""
    return judged([(FACE, state)], [])
