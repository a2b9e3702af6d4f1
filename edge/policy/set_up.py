"""What is left to do before a new gate may let anybody in: one row a step, from settings and live facts alone.

Nothing is remembered here: a reboot, or another phone, finds the same steps done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Step(StrEnum):
    """In the order they are done."""

    CAMERAS = "cameras"
    ZONE = "zone"
    AIM = "aim"
    REFERENCE = "reference"
    CALIBRATE = "calibrate"
    BARRIER = "barrier"
    PAIR = "pair"
    VISITOR = "visitor"


class Need(StrEnum):
    """How a step stands."""

    DONE = "done"
    TO_DO = "to_do"
    NOT_NEEDED = "not_needed"


OPTIONAL: Final = frozenset({Step.CALIBRATE, Step.PAIR})
"""A gate is safe without them: an uncalibrated one is less sure of every reading, an unpaired one keeps its events."""


@dataclass(frozen=True, slots=True)
class SetUpFacts:
    """Everything the table may look at.

    Attributes:
        confirmed: steps that somebody has looked at and found right, with the settings as they are now.
        live: whether every camera of the settings gives pictures.
        temperature: whether temperature is screened for.
        two_cameras: whether a colour and a thermal picture must be laid on each other.
        body_seen: whether every reference body is found in the thermal picture.
        calibrated: whether the mapping between the pictures was measured, and not too long ago.
        moves: whether the settings name a drive that moves.
        paired: whether the gate has a certificate of its own, and the broker has let it in.
        finished: whether the gate lets people in.
    """

    confirmed: frozenset[Step]
    live: bool
    temperature: bool
    two_cameras: bool
    body_seen: bool
    calibrated: bool
    moves: bool
    paired: bool
    finished: bool


def _needs(*, needed: bool, done: bool) -> Need:
    if not needed:
        return Need.NOT_NEEDED
    return Need.DONE if done else Need.TO_DO


def _needed_here(facts: SetUpFacts, step: Step) -> bool:
    match step:
        case Step.REFERENCE:
            return facts.temperature
        case Step.CALIBRATE:
            return facts.two_cameras
        case Step.BARRIER:
            return facts.moves
        case Step.CAMERAS | Step.ZONE | Step.AIM | Step.PAIR | Step.VISITOR:
            return True


_DONE: Final[dict[Step, Callable[[SetUpFacts], bool]]] = {
    Step.CAMERAS: lambda facts: facts.live and Step.CAMERAS in facts.confirmed,
    Step.ZONE: lambda facts: Step.ZONE in facts.confirmed,
    Step.AIM: lambda facts: Step.AIM in facts.confirmed,
    Step.REFERENCE: lambda facts: facts.body_seen and Step.REFERENCE in facts.confirmed,
    Step.CALIBRATE: lambda facts: facts.calibrated,
    Step.BARRIER: lambda facts: Step.BARRIER in facts.confirmed,
    Step.PAIR: lambda facts: facts.paired,
    Step.VISITOR: lambda facts: facts.finished,
}


def steps(facts: SetUpFacts) -> dict[Step, Need]:
    """How every step stands."""
    return {step: _needs(needed=_needed_here(facts, step), done=_DONE[step](facts)) for step in Step}


def missing(facts: SetUpFacts) -> list[Step]:
    """What must be done before the first visitor; empty when the gate may let people in."""
    stands = steps(facts)
    return [step for step in Step if stands[step] is Need.TO_DO and step not in OPTIONAL and step is not Step.VISITOR]
