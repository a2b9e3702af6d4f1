"""How far away a face is, from its size in the colour picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PUPILS_M: Final = 0.063
FACE_WIDTH_M: Final = 0.150
SIZE_SHARE: Final = 0.1
"""Standard uncertainty of a depth from a size: pupils of adults lie 0.063 m apart, +-6 %, and the network's points tremble."""

_NEAREST_M: Final = 0.15


def depths_m(boxes: NDArray[np.floating], landmarks: NDArray[np.floating] | None, focal_px: float) -> NDArray[np.float64]:
    """Depth (n,) of boxes (n, 4) with landmarks (n, 5, 2), metres along the camera's axis.

    The larger of two sizes, because turning a head makes its eyes' distance smaller and its width less so; the width alone
    without landmarks.
    """
    px_per_m = np.abs(boxes[:, 2] - boxes[:, 0]).astype(np.float64) / FACE_WIDTH_M
    if landmarks is not None:
        eyes = landmarks[:, 1] - landmarks[:, 0]
        px_per_m = np.fmax(px_per_m, np.hypot(eyes[:, 0], eyes[:, 1]) / PUPILS_M)
    return np.maximum(focal_px / np.maximum(px_per_m, 1e-3), _NEAREST_M)
