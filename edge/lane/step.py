"""What one picture changed before the gate."""

from __future__ import annotations

from dataclasses import dataclass

from contract.verdicts import Hands, Mask
from edge.lane.zone import Box
from edge.policy.calling import Summons
from edge.policy.reading import Reading
from edge.policy.rule import Decision


@dataclass(frozen=True, slots=True)
class Announcement:
    """One decision of one visit, to be recorded. `revision` counts from 0.

    `settled`: whether the skin says anything, as far as is known; somebody straight from the cold or the heat is no measure of
    the gate's own thermometer. `shown`: whether whoever it was has shown a badge or a pass.
    """

    visit: str
    revision: int
    decision: Decision
    mask: Mask
    reading: Reading | None
    frames: int
    first_s: float
    decided_s: float
    settled: bool = True
    shown: bool = False
    hands: Hands | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """What the visitor should be told now. `decision` is None when nobody is there."""

    decision: Decision | None
    person: Box | None
    in_zone: int
    staff: str | None = None
    """The visit that is told something, where it is alone and has shown a staff badge."""
    asked: tuple[str, Hands] | None = None
    """The visit that is alone there and its hands, where they are asked for."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one picture changed."""

    screen: Screen
    announced: tuple[Announcement, ...]
    passing: str | None
    """The visit whose PASS is valid now."""
    ended: tuple[str, ...] = ()
    """Visits that are over: no further decision comes."""
    summons: tuple[Summons, ...] = ()
    """Visitors for whom a guard is wanted from now on."""
