"""What the network says, as far as it is numbers: nothing behind this asks again whether a value is one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from edge.vision.detector import Detections

_LARGEST_PX: Final = 1e5
_MASK_SUM: Final = 0.05  # three probabilities add up to 1; single precision and the softmax leave less than a thousandth
_NO_ANSWER: Final = np.float32(1.0 / 3.0)


def sound(found: Detections) -> Detections:
    """The faces as they are where every number is one.

    A picture with a face nobody can place (no box, no score) shows nobody: the face left out might be a second person. A face
    whose mask or points are no numbers stays where it is, with a mask nobody is sure of and points that show no face from the
    front.
    """
    if len(found) == 0:
        return found
    placed = (np.abs(found.boxes) <= _LARGEST_PX).all() and ((found.scores >= 0.0) & (found.scores <= 1.0 + 1e-6)).all()
    if not placed:  # written so that NaN is not placed
        return Detections(found.boxes[:0], found.scores[:0], found.landmarks[:0], found.mask[:0])
    # A share that is none spoils the sum.
    shares = np.where((found.mask >= 0.0) & (found.mask <= 1.0 + 1e-6), found.mask, -_NO_ANSWER)
    masks: NDArray[np.bool_] = np.asarray(np.abs(shares.sum(1) - 1.0) <= _MASK_SUM)
    points: NDArray[np.bool_] = np.asarray((np.abs(found.landmarks) <= _LARGEST_PX).all((1, 2)))
    if masks.all() and points.all():
        return found
    middle = found.boxes.reshape(-1, 2, 2).mean(1)[:, None]
    return replace(
        found,
        mask=np.where(masks[:, None], found.mask, _NO_ANSWER),
        landmarks=np.where(points[:, None, None], found.landmarks, middle),
    )
