"""How full it is inside, and how long people wait: what the gates count, judged. What is not known is never good."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cloud.ledger.gates import GateState
from cloud.ledger.sites import ROOT, is_within
from contract.messages.health import HealthData, OccupancyData

HOUR_MS: Final = 3_600_000


class Room(StrEnum):
    """Whether there is room inside, the most urgent first."""

    FULL = "full"
    """As many as may be: the gate asks newcomers to wait."""
    DOUBTFUL = "doubtful"
    """Fewer than may be, but not if as many entries are missed once more as are known to have been since the count began."""
    UNKNOWN = "unknown"
    """The gate counts and does not know, or has not been heard of."""
    ROOM = "room"
    COUNTED = "counted"
    """It is counted, and nobody has set a limit."""
    UNCOUNTED = "uncounted"
    """Nobody counts who goes out."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One way in.

    Attributes:
        health: its newest health message; None before the first.
        waits_ms: of everybody let in during the last hour, from the first sight to the PASS that stood last.
        replay: it shows pictures, not people.
    """

    gate: str
    site: str
    state: GateState
    health: HealthData | None
    waits_ms: tuple[int, ...] = ()
    replay: bool = False

    @property
    def said(self) -> HealthData | None:
        """What it says now; None where it was not heard of for a while."""
        return self.health if self.state is GateState.LIVE else None

    @property
    def counts(self) -> bool:
        """Whether it counts, as far as was ever heard."""
        return self.health is not None and self.health.occupancy is not None


def room_of(gate: Gate) -> Room:
    """How it stands behind this gate."""
    if not gate.counts:
        return Room.UNCOUNTED if gate.health is not None else Room.UNKNOWN
    inside = None if gate.said is None else gate.said.occupancy
    if inside is None or inside.people is None:
        return Room.UNKNOWN
    return _of_count(inside, inside.people)


def _of_count(inside: OccupancyData, people: int) -> Room:
    if inside.limit is None:
        return Room.COUNTED
    if inside.full or people >= inside.limit:
        return Room.FULL
    return Room.DOUBTFUL if people + inside.clipped >= inside.limit else Room.ROOM


@dataclass(frozen=True, slots=True)
class Site:
    """A place with several ways in. `people` is None where one of them is not counted or not known: people go in there too."""

    site: str
    gates: tuple[Gate, ...]

    @property
    def people(self) -> int | None:
        counts = [None if one.said is None or one.said.occupancy is None else one.said.occupancy.people for one in self.gates]
        known = [people for people in counts if people is not None]
        return sum(known) if len(known) == len(counts) else None

    @property
    def waiting(self) -> int | None:
        """At least so many; None where no gate sees."""
        seen = [one.said.queue.people for one in self.gates if one.said is not None and one.said.queue is not None]
        return sum(seen) if seen else None

    @property
    def waits_ms(self) -> tuple[int, ...]:
        return tuple(wait_ms for one in self.gates for wait_ms in one.waits_ms)


def sites(gates: Sequence[Gate]) -> list[Site]:
    """Every place with several gates at it or below it, by name; of places with the same gates the deepest."""
    found: dict[tuple[str, ...], Site] = {}
    for path in sorted({above for one in gates for above in _above(one.site)}, key=len, reverse=True):
        below = tuple(one for one in gates if is_within(one.site, path))
        if len(below) > 1:
            found.setdefault(tuple(one.gate for one in below), Site(path, below))
    return sorted(found.values(), key=lambda one: one.site)


def _above(site: str) -> list[str]:
    """The site and every place it lies in."""
    parts = [] if site == ROOT else site.split("/")
    return [ROOT, *("/".join(parts[: count + 1]) for count in range(len(parts)))]


def share(waits_ms: Sequence[int], of: float) -> float | None:
    """So many of ten waited no longer than this, in seconds (nearest rank); None where nobody was let in."""
    if not waits_ms:
        return None
    return sorted(waits_ms)[max(0, math.ceil(of * len(waits_ms)) - 1)] / 1000
