"""Which part of the picture the network looks at, and at what size: so many pixels on a face as judging it needs, no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Size = tuple[int, int]
"""Width and height, pixels."""

INPUTS: Final[tuple[Size, ...]] = ((320, 256), (416, 320), (640, 480))
"""What the network is judged at, quickest first. A pass costs about 0.6, 1 and 2.1."""
FACE_NEEDS_PX: Final = (40.0, 28.0)
"""Height that the smallest near face must have on the first and on the second of INPUTS; with less, the next one is taken.

A second body counts from 0.6 of that face. The last input has the higher price: twice the time, and faces above a quarter of
the picture's height are judged worse, with three times as many false ones among them (docs/explanation/eye.md).
"""
MARGIN_FACES: Final = 1.5
"""Kept around the zone, in heights of the smallest near face: the whole head of whoever stands at its edge, also close by."""
WORTH_CROPPING: Final = 0.8
"""A region that covers more of the picture's width and height than this gives no face more pixels worth the loss of sight."""


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of the picture: corners as shares (0..1) of its width and height."""

    left: float
    top: float
    right: float
    bottom: float

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """x1, y1, x2, y2 in a picture of this size; at least one pixel of any picture that has one."""
        x1, x2 = _span(self.left, self.right, width)
        y1, y2 = _span(self.top, self.bottom, height)
        return x1, y1, x2, y2


def _span(low: float, high: float, length: int) -> tuple[int, int]:
    """From and to, pixels of `length`: not empty unless that is 0."""
    first = max(0, min(int(low * length), length - 1))
    return first, min(length, max(first + 1, round(high * length)))


WHOLE: Final = Region(0.0, 0.0, 1.0, 1.0)


def region_around(polygon: Iterable[Sequence[float]], min_face: float, picture: Size) -> Region:
    """The zone's bounding box with MARGIN_FACES around it; the whole picture where that is nearly all of it.

    `polygon`: corners (x, y) as shares of the picture; `min_face`: smallest near face as a share of its height.
    """
    width, height = picture
    xs, ys = zip(*polygon, strict=True)
    down = MARGIN_FACES * min_face
    across = down * height / width
    left, right = max(0.0, min(xs) - across), min(1.0, max(xs) + across)
    top, bottom = max(0.0, min(ys) - down), min(1.0, max(ys) + down)
    if min(right - left, bottom - top) <= 0 or (right - left > WORTH_CROPPING and bottom - top > WORTH_CROPPING):
        return WHOLE
    return Region(left, top, right, bottom)


def scale_of(view: Size, network: Size) -> float:
    """Input pixels per picture pixel when `view` is fitted into the network's input."""
    return min(network[0] / view[0], network[1] / view[1])


def proposed_input(view: Size, smallest_face_px: float) -> Size:
    """The quickest of INPUTS that shows the smallest face to be judged, `smallest_face_px` high in the picture, large enough.

    Upright for a view that is higher than wide.
    `view` is the size of the part that is looked at. Where none does, the largest. No input beyond the picture's own pixels is
    chosen for its size alone: making a picture larger adds nothing.
    """
    inputs = [turned_for(view, network) for network in INPUTS]
    for network, needed_px in zip(inputs, FACE_NEEDS_PX, strict=False):
        if smallest_face_px * scale_of(view, network) >= needed_px or scale_of(view, network) >= 1.0:
            return network
    return inputs[-1]


def turned_for(view: Size, network: Size) -> Size:
    """The input with its longer side along the view's longer one."""
    return network if view[0] >= view[1] else (network[1], network[0])
