"""Meetings: how many people, whether all of them were screened, and the rounds that the room needs before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cloud.ledger.facility.assets import Asset
from cloud.ledger.facility.rounds import Round
from cloud.ledger.facility.rules import RoundRules


class Wants(StrEnum):
    """Why a round is due beside the interval."""

    BEFORE_MEETING = "before_meeting"
    AFTER_MEETING = "after_meeting"


class Concern(StrEnum):
    """What is wrong with a meeting."""

    TOO_MANY = "too_many"
    NO_LIMIT = "no_limit"
    """Nobody has said how many people the room holds."""
    NOT_SCREENED = "not_screened"
    """It has begun, and fewer people were screened than attend."""
    NO_ROUND_BEFORE = "no_round_before"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Attributes: room, the asset; heads, how many attend; screened, how many of them a person says were screened."""

    number: int
    room: int
    begins_ms: int
    ends_ms: int
    heads: int
    screened: int = 0


@dataclass(frozen=True, slots=True)
class Demand:
    """A round wanted from `opens_ms` on and overdue from `due_ms`; `closes_ms`: from when nobody can make it any more."""

    opens_ms: int
    due_ms: int
    closes_ms: int | None
    why: Wants

    def stands(self, rounds: Iterable[Round], now_ms: int) -> bool:
        """Whether it is wanted now and nobody has made it."""
        if now_ms < self.opens_ms or (self.closes_ms is not None and now_ms >= self.closes_ms):
            return False
        return not any(one.counts and self.opens_ms <= one.done_ms <= now_ms for one in rounds)


def demands(meetings: Iterable[Meeting], rules: RoundRules) -> list[Demand]:
    """The rounds before and after each, in time."""
    made = [
        demand
        for one in meetings
        for demand in (
            Demand(one.begins_ms - rules.before_ms, one.begins_ms, one.ends_ms, Wants.BEFORE_MEETING),
            Demand(one.ends_ms, one.ends_ms + rules.after_ms, None, Wants.AFTER_MEETING),
        )
    ]
    return sorted(made, key=lambda one: one.due_ms)


def concerns(meeting: Meeting, room: Asset, rounds: Sequence[Round], now_ms: int, rules: RoundRules) -> list[Concern]:
    """What somebody should put right, or should have."""
    found: list[Concern] = []
    if room.head_limit is None:
        found.append(Concern.NO_LIMIT)
    elif meeting.heads > room.head_limit:
        found.append(Concern.TOO_MANY)
    if now_ms >= meeting.begins_ms:
        if meeting.screened < meeting.heads:
            found.append(Concern.NOT_SCREENED)
        since_ms = meeting.begins_ms - rules.before_ms
        if not any(one.counts and since_ms <= one.done_ms <= meeting.begins_ms for one in rounds):
            found.append(Concern.NO_ROUND_BEFORE)
    return found
