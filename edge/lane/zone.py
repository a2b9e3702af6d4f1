"""The place where one person stands to be screened."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]

BODY_SHARE = 0.6
"""A face of this share of the smallest near face is already a second body."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A polygon in colour pixels and the smallest face that is near enough.

    Attributes:
        corners: (x, y) in colour pixels, in order.
        min_face_px: smallest face height that is near enough.
    """

    corners: tuple[tuple[float, float], ...]
    min_face_px: float

    def near(self, box: Box) -> bool:
        """Whether this face stands in the zone and is large enough."""
        return box[3] - box[1] >= self.min_face_px and self._holds(box)

    def body(self, box: Box) -> bool:
        """Whether this face belongs to a body in the zone, near enough to be measured or not."""
        return box[3] - box[1] >= BODY_SHARE * self.min_face_px and self._holds(box)

    def _holds(self, box: Box) -> bool:
        """Even-odd rule for the middle of the face."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        inside = False
        ax, ay = self.corners[-1]
        for bx, by in self.corners:
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
            ax, ay = bx, by
        return inside


def zone_of(polygon: list[list[float]], min_face: float, width: int, height: int) -> Zone:
    """The zone in pixels from shares of the picture."""
    return Zone(tuple((x * width, y * height) for x, y in polygon), min_face * height)
