"""What the loop saw, for a technician who looks at it: a record about five times a second, and only while somebody looks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from edge.board import Board
from edge.gate.rates import Rates
from edge.gate.warmth import Looked, Warmth
from edge.lane.visit import Face
from edge.lane.zone import Zone
from edge.policy.reading import Reading, Unmeasured
from edge.vision.explanation import PlacedFace
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
            "loop": {"eye_ms": eye_s * 1e3, "skipped": rates.skipped_ever, **rates.recent_ms()},
        }
        self._seen.post(_plain(note), now_s)


def _face(face: Face, placed: PlacedFace | None, zone: Zone) -> dict[str, Any]:
    return {
        "track": face.track,
        "box": face.box,
        "place": "near" if zone.near(face.box) else "body" if zone.body(face.box) else "outside",
        "mask": {"absent": face.mask.absent, "worn": face.mask.worn, "worn_wrong": face.mask.worn_wrong},
        "view": {"weight": face.mask.weight, "limit": face.mask.limit},
        "answer": _answer(face.measured),
        "placed": None if placed is None else asdict(placed),
    }


def _answer(measured: Reading | Unmeasured | None) -> dict[str, Any] | None:
    match measured:
        case None:
            return None
        case Unmeasured():
            return {"reason": measured.reason}
        case Reading():
            return {
                "raw_c": measured.raw_c,
                "corrected_c": measured.corrected_c,
                "core_c": measured.core_c,
                "uncertainty_c": measured.uncertainty_c,
                "region": measured.region,
                "rule": measured.rule,
                "ambient_c": measured.ambient_c,
            }


def _thermal(looked: Looked, taken_s: float) -> dict[str, Any]:
    return {
        "frame": looked.frame.number,
        "taken_s": looked.frame.taken_s,
        "skew_s": looked.frame.taken_s - looked.taken_s,
        "beside_taken_s": looked.taken_s,
        "fresh": looked.taken_s == taken_s,
        "ffc_age_s": looked.frame.ffc_age_s,
    }


def _reference(looked: Looked, warmth: Warmth, now_s: float) -> dict[str, Any]:
    lost_s = warmth.reference_lost_s(now_s)
    match looked.reference:
        case ReferenceSeen() as seen:
            bodies = [_body(seen), *([] if seen.other is None else [_body(seen.other)])]
            return {"bodies": bodies, "why": None, "lost_s": lost_s}
        case ReferenceMissing(why=why):
            return {"bodies": [], "why": why, "lost_s": lost_s}


def _body(seen: ReferenceSeen) -> dict[str, Any]:
    return {
        "number": seen.number,
        "row": seen.row,
        "col": seen.col,
        "raw_c": seen.raw_c,
        "spread_c": seen.spread_c,
        "offset_c": seen.offset_c,
    }


def _plain(value: Any) -> Any:
    """Rounded, and None for what is no number: JSON knows neither NaN nor infinity."""
    match value:
        case float():
            return round(value, 4) if math.isfinite(value) else None
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return value
