"""Where a face was read and how sure that is, part by part: for a technician who looks. Nothing here decides."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

from contract.verdicts import Region
from edge.vision.face_geometry import CANTHUS_POINTS, FOREHEAD_COLUMNS, FOREHEAD_POINTS, UPPER_POINTS
from edge.vision.reference_body import ReferenceSeen
from edge.vision.thermometry import REGIONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.vision.detector import Detections
    from edge.vision.reference_body import ReferenceMissing
    from edge.vision.thermal_frame import ThermalFrame
    from edge.vision.thermometry import Measured, Thermometer
    from edge.vision.uncertainty import UncertaintyParts

Outline = list[list[float]]
"""Corners [col, row] in the turned thermal picture, to a hundredth of a pixel; [-1, -1] where nobody knows."""

_SIDE: Final = 3  # a corner of the eye is read on 3 x 3 points


@dataclass(frozen=True, slots=True)
class ReadFace:
    """One face, read.

    Attributes:
        region: which part of it was read.
        raw_c, corrected_c: before and after the reference body, degrees Celsius.
        above_c: warmer than what is around it.
        uncertainty_c: combined; `parts_c` its parts by name.
    """

    region: Region
    raw_c: float
    corrected_c: float
    above_c: float
    uncertainty_c: float
    parts_c: dict[str, float]


@dataclass(frozen=True, slots=True)
class PlacedFace:
    """One face in the thermal picture; `read` is None without a reference body.

    Attributes:
        outline: of the mapped face box.
        height_px, width_px: of that box; `forehead_px` pixels that the forehead covers.
        mm_px: what one pixel covers of it.
        residual_px: how far off its place may be.
        regions: what may be read; two of CANTHUS.
    """

    outline: Outline
    height_px: float
    width_px: float
    forehead_px: float
    distance_m: float
    mm_px: float
    residual_px: float
    regions: list[tuple[Region, Outline]]
    read: ReadFace | None


def explained(
    thermometer: Thermometer, frame: ThermalFrame, found: Detections, reference: ReferenceSeen | ReferenceMissing
) -> list[PlacedFace]:
    """Every face of `found` as it lies in `frame`, in the same order. What `Thermometer.measure` measured, measured again."""
    if len(found) == 0:
        return []
    mapping, faces = thermometer.place(frame, found.boxes, found.landmarks)
    boxes = _outlines(mapping.points(_corners(found.boxes)))
    regions = _outlines(faces.points[:, :, _REGION_POINTS].swapaxes(1, 2))
    read: list[ReadFace | None] = [None] * len(found)
    if isinstance(reference, ReferenceSeen):
        read = _read(thermometer.read(frame, faces, reference, mapping))
    columns = frame.celsius.shape[1]
    distance_m = thermometer.distance_m(faces, columns)
    mm_px = thermometer.mm_px(distance_m, columns)
    return [
        PlacedFace(
            outline=boxes[index],
            height_px=float(faces.height_px[index]),
            width_px=float(faces.width_px[index]),
            forehead_px=float(faces.forehead_px[index]),
            distance_m=float(distance_m[index]),
            mm_px=float(mm_px[index]),
            residual_px=float(mapping.residual_px[index]),
            regions=[(region, regions[index][4 * at : 4 * at + 4]) for at, (region, _) in enumerate(_REGION_CORNERS)],
            read=read[index],
        )
        for index in range(len(found))
    ]


def _read(measured: Measured) -> list[ReadFace | None]:
    return [
        ReadFace(
            region=REGIONS[int(measured.region[index])],
            raw_c=float(measured.raw_c[index]),
            corrected_c=float(measured.corrected_c[index]),
            above_c=float(measured.above_c[index]),
            uncertainty_c=float(measured.uncertainty_c[index]),
            parts_c=_parts(measured.parts, index),
        )
        for index in range(len(measured.raw_c))
    ]


def _parts(parts: UncertaintyParts, index: int) -> dict[str, float]:
    each = {part.name: np.ravel(getattr(parts, part.name)) for part in fields(parts)}
    return {name: float(values[index if len(values) > 1 else 0]) for name, values in each.items()}


def _corners(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, 4, 2) corners of boxes (n, 4), once around."""
    return boxes[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2)


def _outlines(points: NDArray[np.floating]) -> list[Outline]:
    """Those of n faces (n, k, 2)."""
    known: list[Outline] = np.nan_to_num(points.round(2), nan=-1.0, posinf=-1.0, neginf=-1.0).tolist()
    return known


def _grid_corners(first: int, last: int, columns: int) -> tuple[int, ...]:
    """First and last of a grid that lies row by row from `first` to `last`: its corners, once around."""
    return (first, first + columns - 1, last, last - columns + 1)


_REGION_CORNERS: Final = (
    (Region.FOREHEAD, _grid_corners(0, FOREHEAD_POINTS - 1, FOREHEAD_COLUMNS)),
    (Region.UPPER_FACE, _grid_corners(FOREHEAD_POINTS, UPPER_POINTS - 1, FOREHEAD_COLUMNS)),
    (Region.CANTHUS, _grid_corners(UPPER_POINTS, UPPER_POINTS + CANTHUS_POINTS - 1, _SIDE)),
    (Region.CANTHUS, _grid_corners(UPPER_POINTS + CANTHUS_POINTS, UPPER_POINTS + 2 * CANTHUS_POINTS - 1, _SIDE)),
)
_REGION_POINTS: Final = [point for _, corners in _REGION_CORNERS for point in corners]
