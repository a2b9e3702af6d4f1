"""Whom to tell of an alarm that nobody acknowledges, and when. Pure: the time of day is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cloud.ledger.contacts import Channel, Contact

FIRST_PAUSE_MS: Final = 5_000
LONGEST_PAUSE_MS: Final = 300_000
WEBHOOK_DISABLED: Final = "webhook_disabled"
"""The kind of what is told when a webhook failed too often: it gets nothing more until an administrator enables it."""
TEST: Final = "test"
"""The kind of what somebody sends to see whether it arrives."""
AS_IT_HAPPENS: Final = -1
"""The step of what webhooks are told of, whether or not somebody acknowledges it; those of contacts begin with 1."""
REPORT: Final = 0
"""Stands for a report where alarms have their priority."""
STAFF: Final = 9
"""Stands for an overdue task of the staff: after all alarms."""
MOST_TRIES: Final = 10
"""About half an hour; the next step has told somebody else by then."""


class Delivery(StrEnum):
    """How far a notice has come. `sent`: the other side has taken it (SMTP 250, HTTP 2xx, PUBACK)."""

    QUEUED = "queued"
    SENT = "sent"
    SHOWN = "shown"  # a device of theirs has shown it
    FAILED = "failed"
    ACKNOWLEDGED = "acknowledged"
    OVERTAKEN = "overtaken"  # the alarm was raised anew meanwhile, and newer notices tell of it


ARRIVED: Final = (Delivery.SENT, Delivery.SHOWN)
"""Somebody has it, as far as one can know."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An alarm that nobody has acknowledged; `site`: where its gate stands. `since_ms` tells one occurrence from the next.

    `first` names the contact who is told before all others, on duty by another rule than the contact's hours.
    """

    subject: str
    gate: str
    kind: str
    priority: int
    since_ms: int
    detail: str
    site: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One contact to be told of one alarm by one channel, once."""

    subject: str
    since_ms: int
    step: int
    contact: str
    channel: Channel


@dataclass(frozen=True, slots=True)
class Steps:
    """After so many milliseconds without an acknowledgement comes the first rung of contacts, then the next, by priority."""

    after_ms: Mapping[int, Sequence[int]]

    def due(self, waiting: Waiting, contacts: Sequence[Contact], local: datetime, now_ms: int) -> list[Notice]:
        """Everybody who should know by now: up the tree of sites, and at one site step by step.

        A rung nobody on duty stands on is taken by the next that has somebody.
        """
        passed = sum(now_ms - waiting.since_ms >= after_ms for after_ms in self.after_ms.get(waiting.priority, ()))
        return [
            Notice(waiting.subject, waiting.since_ms, 0 if one.name == waiting.first else one.step, one.name, channel)
            for together in _in_turn(waiting, contacts, local)[:passed]
            for one in together
            for channel in one.ways
        ]


def _in_turn(waiting: Waiting, contacts: Sequence[Contact], local: datetime) -> list[list[Contact]]:
    """Who is told one after the other."""
    first = [one for one in contacts if one.name == waiting.first]
    there = [one for one in contacts if one.cares_for(waiting.site, waiting.kind) and one.on_duty(local) and one not in first]
    rungs = [[one for one in there if one.rung == rung] for rung in sorted({one.rung for one in there})]
    return [first, *rungs] if first else rungs


def pause_ms(tries: int) -> int:
    """How long to wait after so many tries that failed."""
    return min(FIRST_PAUSE_MS << max(0, tries - 1), LONGEST_PAUSE_MS)
