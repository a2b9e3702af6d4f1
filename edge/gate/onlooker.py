"""What the loop saw, for a technician who looks at it: a record about five times a second, and only while somebody looks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from edge.board import Board
from edge.gate.rates import Rates
from edge.gate.warmth import Looked, Warmth
from edge.lane.visit import Face
from edge.lane.zone import Zone
from edge.policy.reading import Reading, Unmeasured
from edge.vision.explanation import PlacedFace, ReadFace
from edge.vision.reference_body import ReferenceMissing, ReferenceSeen

LOOKED_AT_S: Final = 1.0
"""A page that has not asked for so long is not looking any more."""
EVERY_S: Final = 0.18
WITHOUT_HEAT_S: Final = 0.5
"""How long a record waits for a measured picture, so that the thermal one in it belongs to it."""
MOST_FACES: Final = 8


class Onlooker:
    """Owns two boards: `looking`, on which the kiosk process beats while the page is open, and `seen`, which it reads."""

    def __init__(self, looking: Board, seen: Board, zone: Zone, warmth: Warmth | None) -> None:
        self._looking, self._seen = looking, seen
        self._zone, self._warmth = zone, warmth
        self._told_s = -math.inf
        self._told: Looked | None = None

    def wanted(self, now_s: float) -> bool:
        """Whether a record is due. Costs one number read from memory when nobody looks."""
        since_s = now_s - self._told_s
        if since_s < EVERY_S or not 0.0 <= now_s - self._looking.beat_s <= LOOKED_AT_S:
            return False
        return self._warmth is None or self._warmth.looked is not self._told or since_s >= WITHOUT_HEAT_S

    def tell(self, frame: int, taken_s: float, faces: Sequence[Face], rates: Rates, eye_s: float, now_s: float) -> None:
        """Post the record of the newest colour picture and who is in it; finding them took `eye_s`."""
        looked = None if self._warmth is None else self._warmth.looked
        fresh = looked is not None and looked.taken_s == taken_s
        placed = self._warmth.explain(looked) if self._warmth is not None and looked is not None and fresh else []
        self._told, self._told_s = looked, now_s
        note = {
            "now_s": now_s,
            "frame": frame,
            "taken_s": taken_s,
            "faces": [
                _face(face, placed[index] if index < len(placed) else None, self._zone)
                for index, face in enumerate(faces[:MOST_FACES])
            ],
            "more_faces": max(0, len(faces) - MOST_FACES),
            "thermal": None if looked is None else _thermal(looked, taken_s),
            "reference": None if looked is None or self._warmth is None else _reference(looked, self._warmth, now_s),
            "loop": {"eye_ms": round(eye_s * 1e3, 3), "skipped": rates.skipped_ever, **rates.recent_ms()},
        }
        self._seen.post(note, now_s)


def _face(face: Face, placed: PlacedFace | None, zone: Zone) -> dict[str, Any]:
    mask = face.mask
    return {
        "track": face.track,
        "box": [_number(side) or 0.0 for side in face.box],
        "place": "near" if zone.near(face.box) else "body" if zone.body(face.box) else "outside",
        "mask": _plain({"absent": mask.absent, "worn": mask.worn, "worn_wrong": mask.worn_wrong}),
        "view": {"weight": _number(mask.weight), "limit": mask.limit},
        "answer": _answer(face.measured),
        "placed": None if placed is None else _placed(placed),
    }


def _answer(measured: Reading | Unmeasured | None) -> dict[str, Any] | None:
    match measured:
        case None:
            return None
        case Unmeasured():
            return {"reason": measured.reason}
        case Reading():
            celsius = _plain(
                {
                    "raw_c": measured.raw_c,
                    "corrected_c": measured.corrected_c,
                    "core_c": measured.core_c,
                    "uncertainty_c": measured.uncertainty_c,
                }
            )
            return {**celsius, "region": measured.region, "rule": measured.rule}


def _placed(placed: PlacedFace) -> dict[str, Any]:
    sizes = {
        "height_px": placed.height_px,
        "forehead_px": placed.forehead_px,
        "distance_m": placed.distance_m,
        "mm_px": placed.mm_px,
        "residual_px": placed.residual_px,
    }
    read = None if placed.read is None else _read(placed.read)
    return {**_plain(sizes), "outline": placed.outline, "regions": placed.regions, "read": read}


def _read(read: ReadFace) -> dict[str, Any]:
    celsius = {
        "raw_c": read.raw_c,
        "corrected_c": read.corrected_c,
        "above_c": read.above_c,
        "uncertainty_c": read.uncertainty_c,
    }
    return {**_plain(celsius), "region": read.region, "parts_c": _plain(read.parts_c)}


def _thermal(looked: Looked, taken_s: float) -> dict[str, Any]:
    frame = looked.frame
    ages = {"taken_s": frame.taken_s, "skew_s": frame.taken_s - looked.taken_s, "ffc_age_s": frame.ffc_age_s}
    return {**_plain(ages), "frame": frame.number, "fresh": looked.taken_s == taken_s}


def _reference(looked: Looked, warmth: Warmth, now_s: float) -> dict[str, Any]:
    lost_s = _number(warmth.reference_lost_s(now_s))
    match looked.reference:
        case ReferenceSeen() as seen:
            bodies = [_body(seen), *([] if seen.other is None else [_body(seen.other)])]
            return {"bodies": bodies, "why": None, "lost_s": lost_s}
        case ReferenceMissing(why=why):
            return {"bodies": [], "why": why, "lost_s": lost_s}


def _body(seen: ReferenceSeen) -> dict[str, Any]:
    place = {"row": seen.row, "col": seen.col}
    celsius = {"raw_c": seen.raw_c, "spread_c": seen.spread_c, "offset_c": seen.offset_c}
    return {"number": seen.number, **_plain(place | celsius)}


def _plain(numbers: dict[str, float]) -> dict[str, float | None]:
    return {name: _number(one) for name, one in numbers.items()}


def _number(value: float) -> float | None:
    """Rounded; None for what is no number: JSON knows neither NaN nor infinity."""
    return round(value, 4) if math.isfinite(value) else None
