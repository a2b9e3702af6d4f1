"""Why the lower half of a picture would be no temperatures, in words for the technician."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal.infiray.frame import counts_of
from edge.vision.thermal.lepton.complaints import COLDEST_CK, HOTTEST_CK

if TYPE_CHECKING:
    from numpy.typing import NDArray

_POSSIBLE_CK: Final = (23_315, 42_315)
"""-40 and +150 degC, the camera's own range at high gain; bytes of the picture to look at lie above."""
_MOST_TORN: Final = 0.01


def complaint(sixty_fourths: NDArray[np.uint16]) -> str | None:
    """The reason, or None. Said of a picture whose middle no gate can see; zeros have no value and say nothing."""
    some = _some(sixty_fourths)
    if not len(some) or _plausible(middle_ck := float(np.median(counts_of(some)))):
        return None
    low_ck, high_ck = np.percentile(counts_of(some.byteswap()), (10, 90))
    if _plausible(low_ck) and _plausible(high_ck):
        return "the bytes of the pixels are swapped"
    return f"the lower half of the pictures holds no temperatures: its middle would be {middle_ck / 100 - 273.15:.0f} degC"


def torn(counts: NDArray[np.uint16]) -> bool:
    """Whether bytes of the picture to look at have slid into the one to measure: over 1 % of it is no possible temperature."""
    valid = counts[counts > 0]
    outside = (valid < _POSSIBLE_CK[0]) | (valid > _POSSIBLE_CK[1])
    return bool(outside.mean() > _MOST_TORN) if len(valid) else False


def _some(sixty_fourths: NDArray[np.uint16]) -> NDArray[np.uint16]:
    few = sixty_fourths[::3, ::3]
    return few[few > 0]


def _plausible(middle_ck: float) -> bool:
    return COLDEST_CK <= middle_ck <= HOTTEST_CK
