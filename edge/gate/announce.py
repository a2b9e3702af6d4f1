"""A decision as a message: what leaves the gate and what stays. A PASS carries a 0.5 degC bin, never the full reading.

But for staff, whose checks before, in and after the shift are kept as they were read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from contract.messages.alert import AlertData, AlertKind
from contract.messages.visit import ReadingData, Screened, VisitData
from contract.verdicts import Verdict
from edge.clock import Clock
from edge.gate.faults import Change
from edge.gate.self_check import Doubt
from edge.gate.shown_tokens import NOTHING, WithVisit
from edge.lane.step import Announcement
from edge.policy.reading import Reading

FULL_READING: Final = frozenset({Verdict.RECHECK, Verdict.CANNOT_MEASURE})
BIN_C: Final = 0.5
LONGEST: Final = 200
"""Of the words of an alarm."""

DETAILS: Final[dict[AlertKind, str]] = {
    AlertKind.RECHECK: "First reading at or above the limit. Take a second reading with a contact thermometer.",
    AlertKind.COLOUR_CAMERA: "No live picture from the colour camera. Nobody is judged; use the staffed lane.",
    AlertKind.THERMAL_CAMERA: "No live picture from the thermal camera. Nobody is measured; use the staffed lane.",
    AlertKind.REFERENCE_LOST: "No reference body is seen and believed. Nobody is measured; check that it is on and not covered.",
    AlertKind.DRIFT: "Check reference body, thermal camera and room; measure somebody by hand beside the gate.",
    AlertKind.LOW_READING: "Too low for a healthy person: check the thermometer, or let people warm up before they are measured.",
    AlertKind.DROPPED: "Records could not be kept.",
    AlertKind.FIRE: "The fire contact is open, or its wire is broken. The barrier is open, and the gate does not try to shut it.",
    AlertKind.TAILGATING: "More people went in than were let in. Look who came in last.",
    AlertKind.UNREGISTERED_ENTRY: "Somebody entered the key area who was not let in. Look who came in last.",
    AlertKind.OCCUPANCY: "Nobody knows how many people are inside, so nobody is held at the limit. Count them.",
    AlertKind.BARRIER: "The barrier's drive does not answer. Nobody is let in here; use the staffed lane.",
}


@dataclass(frozen=True, slots=True)
class WallTime:
    """Turns monotonic seconds into UTC as the gate believes it now."""

    clock: Clock

    def at(self, mono_s: float) -> datetime:
        return self.clock.wall() - timedelta(seconds=self.clock.monotonic_s() - mono_s)


def reading_data(reading: Reading | None) -> ReadingData | None:
    """The reading as it travels; None when any part of it is not a number."""
    if reading is None:
        return None
    numbers = (reading.raw_c, reading.corrected_c, reading.core_c, reading.uncertainty_c)
    if not all(math.isfinite(number) for number in numbers):
        return None
    return ReadingData(
        raw_c=round(reading.raw_c, 3),
        corrected_c=round(reading.corrected_c, 3),
        core_c=round(reading.core_c, 3),
        uncertainty_c=round(reading.uncertainty_c, 3),
        region=reading.region,
        distance_m=round(reading.distance_m, 2) if math.isfinite(reading.distance_m) else None,
        samples=reading.samples,
        reference_seen=reading.reference_seen,
        core_rule=reading.rule.value,
        ambient_c=None if reading.ambient_c is None else round(reading.ambient_c, 2),
        baseline_shift_c=round(reading.shift_c, 3),
        reference_bodies=reading.reference_bodies,
    )


def visit_data(said: Announcement, wall: WallTime, screened: Screened, *, replay: bool, shown: WithVisit = NOTHING) -> VisitData:
    reading = reading_data(said.reading)
    full = said.decision.verdict in FULL_READING or shown.badge is not None
    return VisitData(
        visit=said.visit,
        revision=said.revision,
        verdict=said.decision.verdict,
        mask=said.mask,
        reasons=() if said.decision.reason is None else (said.decision.reason,),
        reading=reading if full else None,
        core_bin_c=None if full or reading is None else math.floor(reading.core_c / BIN_C) * BIN_C,
        screened_for=screened,
        first_seen=wall.at(said.first_s),
        decided=wall.at(said.decided_s),
        frames=said.frames,
        replay=replay,
        badge=shown.badge,
        visitor_pass=shown.visitor_pass,
        duty=shown.duty,
        code_refused=shown.code_refused,
        hands=said.hands,
    )


def recheck_alert(said: Announcement, wall: WallTime) -> AlertData:
    """One person's case: never folded into another, so its subject is the visit."""
    return AlertData(
        kind=AlertKind.RECHECK,
        state="raised",
        subject=said.visit,
        detail=DETAILS[AlertKind.RECHECK],
        reading=reading_data(said.reading),
        raised=wall.at(said.decided_s),
    )


def doubt_alert(doubt: Doubt, wall: WallTime) -> AlertData:
    """What the gate found about its own thermometer; the first words say what was seen."""
    detail = f"{doubt.seen}. {DETAILS[doubt.kind]}"
    return AlertData(kind=doubt.kind, state=doubt.state, detail=detail, raised=wall.at(doubt.since_s))


def fault_alert(change: Change, wall: WallTime, why: str = "") -> AlertData:
    """`why`: what was seen, in words, where that is known."""
    detail = f"{DETAILS[change.kind]} Seen: {why}."[:LONGEST] if why and change.state == "raised" else DETAILS[change.kind]
    return AlertData(kind=change.kind, state=change.state, detail=detail, raised=wall.at(change.since_s))
