"""Who may pass, by the design's rule for PASS alone: slow, plain, and written without looking at the gate.

It allows too much rather than too little where the rule leaves something open; what it forbids is never a PASS.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Final

from tests.gate.fed import Colour, Heat, Seen, Tick

FRAMES, SPAN_S, MASK_S, READING_S, GAP_S = 5, 0.5, 0.5, 2.0, 0.3
MASKS_WITHIN_S: Final = 1.2
FOLLOWED_S: Final = 0.2  # at fewer than five pictures a second a face seen once is not yet followed to the next picture
DWELL_S: Final = 0.15  # a face that is there for less is nobody yet
FFC_S: Final = 5.0
PAIR_S: Final = 0.25
STALE_S: Final = 2.0  # a picture older than that when it comes is none, and one from the future neither
COLOUR_LOST_S, HEAT_LOST_S, FROZEN_S, BODY_LOST_S, BODY_GONE_S = 1.0, 2.3, 1.0, 1.0, 0.3
MOST_AGAINST: Final = 0.55
BLIND: Final = frozenset({Heat.ZERO, Heat.SATURATED})
WITHOUT_BODY: Final = frozenset({Heat.BODY_NAN, Heat.NO_BODY, Heat.HOT_BODY}) | BLIND
NORMAL: Final = frozenset({Heat.OK, Heat.FROZEN})
WARM: Final = NORMAL | {Heat.FEVER}


@dataclass(frozen=True, slots=True)
class Past:
    """A tick, and when it came."""

    came_s: float
    tick: Tick

    @property
    def colour_s(self) -> float | None:
        """When the colour picture was taken; None where there is none or nobody can know."""
        return None if self.tick.colour is Colour.MISSING else self._taken(self.tick.colour_off_s)

    @property
    def heat_s(self) -> float | None:
        return None if self.tick.heat is Heat.MISSING else self._taken(self.tick.heat_off_s)

    def _taken(self, off_s: float) -> float | None:
        return self.came_s + off_s if isfinite(off_s) and -STALE_S <= off_s <= PAIR_S else None

    def face(self, place: str) -> Seen | None:
        """Who stands there, if the network says in numbers where and how sure it is. A picture with anybody else is none."""
        if any(one.broken in {"box", "edge", "score"} for one in self.tick.faces):
            return None
        return next((one for one in self.tick.faces if one.place == place), None)

    @property
    def ffc(self) -> bool:
        return self.tick.heat is not Heat.MISSING and self.tick.ffc_age_s < FFC_S


def may_pass(past: list[Past], now_s: float) -> bool:
    """Whether anybody may be told PASS at `now_s`."""
    if cameras_lost(past, now_s):
        return False
    newest = next((one for one in reversed(past) if one.colour_s is not None), None)
    if newest is None:
        return False
    return any(_may(place, past, now_s) for place in ("near", "beside") if newest.face(place) is not None)


def cameras_lost(past: list[Past], now_s: float) -> bool:
    """Missing, stale, frozen, black, without a value, or without the reference body for too long."""
    colours = [one for one in past if one.tick.colour is not Colour.MISSING and one.colour_s is not None]
    heats = [one for one in past if one.tick.heat is not Heat.MISSING and one.heat_s is not None]
    if not colours or not heats or colours[-1].tick.colour is Colour.BLACK or heats[-1].tick.heat in BLIND:
        return True
    if now_s - colours[-1].came_s >= COLOUR_LOST_S or now_s - heats[-1].came_s >= HEAT_LOST_S:
        return True
    living = _new([(one.came_s, one.tick.colour is Colour.FROZEN) for one in colours])
    moving = _new([(one.came_s, one.tick.heat is Heat.FROZEN and one.tick.ffc_age_s != 0.0) for one in heats])
    with_body = [one.came_s for one in heats if one.tick.heat not in WITHOUT_BODY]
    return (
        _last_before(living, now_s) > FROZEN_S + 1e-6
        or _last_before(moving, now_s) > FROZEN_S + 1e-6
        or _last_before(with_body, now_s) >= BODY_LOST_S
    )


def _new(pictures: list[tuple[float, bool]]) -> list[float]:
    """When pictures came that were not those before: the first that stands still was new."""
    return [came_s for index, (came_s, still) in enumerate(pictures) if not (still and index and pictures[index - 1][1])]


def second_body(place: str, past: list[Past], now_s: float) -> bool:
    """Whether somebody warm, or too far away to be measured, has stood elsewhere for a while and was there just now."""
    colours = [one for one in past if one.colour_s is not None and one.tick.colour is not Colour.FROZEN][-3:]
    if len(colours) < 3 or now_s - colours[-1].came_s > BODY_GONE_S or colours[-1].came_s - colours[0].came_s < DWELL_S:
        return False
    if any(other.came_s - one.came_s > FOLLOWED_S for one, other in pairwise(colours)):
        return False
    return any(
        all(one.face(other) is not None and _clearly_there(one, other) for one in colours)
        for other in ("near", "beside", "far")
        if other != place
    )


def _clearly_there(one: Past, place: str) -> bool:
    plain = one.tick.colour_off_s == 0.0 and one.tick.heat_off_s == 0.0 and not one.ffc
    return plain and (place == "far" or one.tick.heat in WARM - {Heat.FROZEN})


def _may(place: str, past: list[Past], now_s: float) -> bool:
    if second_body(place, past, now_s):
        return False
    run = _without_a_gap(place, past)
    return _mask_worn(place, run, now_s) and _normal(place, run, past, now_s)


def _without_a_gap(place: str, past: list[Past]) -> list[Past]:
    """The newest pictures with this face in them, back to the first gap that is too long."""
    run: list[Past] = []
    for one in reversed([one for one in past if one.colour_s is not None and one.face(place) is not None]):
        assert one.colour_s is not None
        if run and run[-1].colour_s is not None and run[-1].colour_s - one.colour_s > GAP_S + 1e-6:
            break
        run.append(one)
    return run[::-1]


def _mask_worn(place: str, run: list[Past], now_s: float) -> bool:
    """Enough frames, over long enough, the newest fresh; not clearly more of them against `worn`, and not all of the newest.

    What is unsure keeps a `worn` that was said before.
    """
    frames = [(one.colour_s, face) for one in run if (face := one.face(place)) is not None and face.broken is None]
    recent = [(taken_s, face) for taken_s, face in frames if taken_s is not None and now_s - taken_s <= MASKS_WITHIN_S + 1e-6]
    times_s = [taken_s for taken_s, _ in recent]
    if len(times_s) < FRAMES or max(times_s) - min(times_s) < SPAN_S - 1e-6 or now_s - max(times_s) > MASK_S + 1e-6:
        return False
    masks = [face.mask for _, face in recent]
    worn, against = masks.count("worn"), masks.count("absent") + masks.count("wrong")
    return worn > 0 and against / (against + worn) <= MOST_AGAINST and bool({"worn", "unsure"} & set(masks[-3:]))


def _normal(place: str, run: list[Past], past: list[Past], now_s: float) -> bool:
    """A fresh reading below the limit, paired, after the last shutter event, and not outnumbered by those above it.

    A thermal picture later than the newest colour picture is looked at when its colour picture comes.
    """
    newest_s = run[-1].colour_s or 0.0
    shut = max(
        (index for index, one in enumerate(past) if one.ffc and one.heat_s is not None and one.heat_s <= newest_s), default=-1
    )
    looks_s = [one.colour_s for one in run if one.colour_s is not None and _whole(one.face(place))]
    good = high = 0
    for one in past[shut + 1 :]:
        if one.heat_s is None or not now_s - one.heat_s <= READING_S + 1e-6:
            continue
        if not any(abs(look_s - one.heat_s) <= PAIR_S + 1e-6 for look_s in looks_s):
            continue
        good += one.tick.heat in NORMAL
        high += one.tick.heat is Heat.FEVER
    return good > 0 and good >= high


def _whole(face: Seen | None) -> bool:
    return face is not None and face.broken is None


def _last_before(times_s: list[float], now_s: float) -> float:
    return now_s - times_s[-1] if times_s else float("inf")
