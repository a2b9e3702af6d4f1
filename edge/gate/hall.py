"""How many people are inside, and whether newcomers wait: entries less exits, as far as anybody can know.

What is not known holds nobody, and is an alarm. The way out is nobody's to hold.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, replace
from datetime import timedelta, tzinfo
from typing import Any, Final, Protocol

from contract.messages.health import OccupancyData
from contract.verdicts import Reason, Verdict
from edge.board import Board
from edge.clock import Clock, clock_ok
from edge.config.occupancy import OccupancyConfig
from edge.policy.occupancy import Inside, begun_anew, counted, limited, told
from edge.policy.rule import Decision

log = logging.getLogger("menshen.gate")

LOOK_EVERY_S: Final = 1.0
FULL: Final = Decision(Verdict.HOLD, Reason.FULL)
"""What newcomers are told while as many people are inside as may be."""
_FIRE: Final = "everybody was asked to leave at a fire alarm, and nobody has counted since"
_INTERRUPTED: Final = "the gate's process ended in the middle of counting"
EMPTY: Final = Inside()


class ExitSource(Protocol):
    """Whoever counts the people that go out."""

    @property
    def trouble(self) -> str | None:
        """Why its count cannot be believed now, in words; None where it can."""

    def look(self, now_s: float) -> int:
        """People who have gone out since the start. Ask every round."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the next process of this run has to know.

    Attributes:
        day: the counting day, as an ISO date by the site's clock; empty where no clock could be believed yet.
        lost: why the count is worth nothing until it begins anew or somebody counts heads; empty where it is worth something.
        quiet_since_s: monotonic time since which nobody has gone out although somebody was inside.
        told_s: monotonic time of the last head count that was taken in.
    """

    inside: Inside = EMPTY
    day: str = ""
    lost: str = ""
    quiet_since_s: float = 0.0
    told_s: float = 0.0


def kept(board: Board, now_s: float) -> Kept:
    """What the process before this one left on the gate's board; a count begins at nobody where there was none."""
    note = board.read()
    if note is None:
        return Kept(quiet_since_s=now_s, lost=_INTERRUPTED if board.version else "")
    before = (note.get("occupancy") or {}).get("kept")
    return Kept(quiet_since_s=now_s) if before is None else Kept(**{**before, "inside": Inside(**before["inside"])})


class Hall:
    """Call `look` every round.

    Args:
        config: limit, hysteresis, and when the count begins anew.
        exits: who counts those that go out.
        heads: the board on which somebody's own count stands.
        zone: of the site's clock; None: the machine's.
        before: what `kept` gave.
    """

    def __init__(
        self, config: OccupancyConfig, exits: ExitSource, heads: Board, zone: tzinfo | None, clock: Clock, before: Kept
    ) -> None:
        self._config, self._exits, self._heads, self._zone, self._clock = config, exits, heads, zone, clock
        self._kept, self._entered, self._left = before, 0, 0
        self._heads_version = -1
        self._looked_s = float("-inf")
        self.unknown: str | None = before.lost or None
        """Why nobody knows how many are inside, in words; None where it is known."""

    @property
    def full(self) -> bool:
        """Whether newcomers wait. Never, while the count is not known."""
        return self.unknown is None and self._kept.inside.full

    def look(self, entered: int, now_s: float, *, fire: bool = False, trouble: str | None = None) -> None:
        """Take in the entries since the start. `trouble`: why they cannot be believed now."""
        left = self._exits.look(now_s)
        self._count(entered - self._entered, left - self._left, now_s)
        self._entered, self._left = entered, left
        if fire:
            self._kept = replace(self._kept, lost=_FIRE)
        self._begin_anew(now_s)
        self._take_heads(now_s)
        self._kept = replace(self._kept, inside=limited(self._kept.inside, self._config.limit, self._config.resume_fewer))
        self.unknown = self._exits.trouble or trouble or self._silent(now_s) or self._kept.lost or None

    def _count(self, entered: int, left: int, now_s: float) -> None:
        quiet = self._kept.inside.people > 0 and left == 0
        inside = counted(self._kept.inside, entered, left) if entered or left else self._kept.inside
        self._kept = replace(self._kept, inside=inside, quiet_since_s=self._kept.quiet_since_s if quiet else now_s)

    def _begin_anew(self, now_s: float) -> None:
        """At the site's own hour, once a day. A clock that cannot be right begins no day."""
        if now_s - self._looked_s < LOOK_EVERY_S:
            return
        self._looked_s = now_s
        wall, zero = self._clock.wall(), self._config.zero
        if not clock_ok(wall):
            return
        day = (wall.astimezone(self._zone) - timedelta(hours=zero.hour, minutes=zero.minute)).date().isoformat()
        if self._kept.day and day > self._kept.day:
            log.info("a new day begins with nobody inside; the count said %d", self._kept.inside.people)
            self._kept = Kept(begun_anew(self._kept.inside), day, quiet_since_s=now_s, told_s=self._kept.told_s)
        self._kept = replace(self._kept, day=day)

    def _take_heads(self, now_s: float) -> None:
        if self._heads.version == self._heads_version:
            return
        self._heads_version = self._heads.version
        note = self._heads.read()
        if note is not None and note["told_s"] > self._kept.told_s:
            log.info("somebody has counted %d people inside; the count said %d", note["people"], self._kept.inside.people)
            inside = told(self._kept.inside, int(note["people"]))
            self._kept = replace(self._kept, inside=inside, lost="", quiet_since_s=now_s, told_s=float(note["told_s"]))

    def _silent(self, now_s: float) -> str | None:
        hours = (now_s - self._kept.quiet_since_s) / 3600
        people = self._kept.inside.people
        return f"nobody has gone out for {hours:.1f} h, with {people} inside" if hours >= self._config.silent_h else None

    @property
    def note(self) -> dict[str, Any]:
        """For the gate's board: what is shown, and what the next process has to know."""
        return {**self.data.model_dump(), "unknown": self.unknown, "kept": asdict(self._kept)}

    @property
    def data(self) -> OccupancyData:
        """As it is told in the health message."""
        inside = self._kept.inside
        return OccupancyData(
            people=None if self.unknown else inside.people,
            limit=self._config.limit,
            full=self.full,
            clipped=inside.clipped,
            left_over=inside.left_over,
        )
