"""Sending somebody a test by every way, to see whether it arrives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from cloud.escalation.road import NotDeliveredError, Road
from cloud.ledger.contacts import Channel
from cloud.ledger.escalation import AS_IT_HAPPENS, TEST, Waiting
from cloud.ledger.kinds import Priority
from cloud.ledger.sites import ROOT
from cloud.store.notices import ToSend


@dataclass(frozen=True, slots=True)
class Tried:
    """Whether the other side took it, and what it said or why not."""

    channel: Channel
    taken: bool
    answer: str


def try_ways(
    roads: Mapping[Channel, Road], name: str, ways: Mapping[Channel, str], now_ms: int, *, by: str = "", site: str = ROOT
) -> list[Tried]:
    """One test by each way, one after another; `by`: who sends it."""
    about = Waiting(f"test-{name}", "", TEST, Priority.LOW, now_ms, f"sent by {by}", site)
    since = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    tried = []
    for channel, address in ways.items():
        one = ToSend(0, name, channel, AS_IT_HAPPENS, 1, about)
        tried.append(_tried(roads.get(channel), one, address, since))
    return tried


def _tried(road: Road | None, one: ToSend, address: str, since: str) -> Tried:
    if road is None:
        return Tried(one.channel, taken=False, answer=f"{one.channel} is not set up")
    try:
        return Tried(one.channel, taken=True, answer=road.deliver(one, address, since))
    except NotDeliveredError as trouble:
        return Tried(one.channel, taken=False, answer=trouble.what[:200])
