"""From what a gate has decided to what became of each person on a photograph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from statistics import median
from typing import Any

from contract.verdicts import Mask, Verdict
from tests.system.gate import Event
from tests.system.show import Person

NOBODY = "no visit"
EARLY_S, LATE_S = 0.1, 0.5
"""A visit belongs to a photograph when it began so long before it came at the earliest, after it had gone at the latest."""


@dataclass(frozen=True)
class Outcome:
    """What became of one person.

    Attributes:
        verdict: of the newest revision of the visit with the most frames; NOBODY where there was none.
        reasons: beside that verdict.
        ever: every verdict of every visit while the photograph stood there.
    """

    person: Person
    verdict: str
    reasons: tuple[str, ...]
    ever: frozenset[str]

    @property
    def right(self) -> bool:
        return self.verdict == self.person.due.value

    @property
    def passed_unmasked(self) -> bool:
        """The worst mistake: the gate said PASS to somebody without a mask, be it for a moment."""
        return self.person.mask is Mask.ABSENT and Verdict.PASS.value in self.ever


def outcomes(people: Sequence[Person], starts_s: Sequence[float], hold_s: float, decisions: Iterable[Event]) -> list[Outcome]:
    """`starts_s` is when each person's photograph came, on the clock of the events' `mono_s`."""
    visits: dict[str, list[Event]] = defaultdict(list)
    for event in decisions:
        visits[event.data["visit"]].append(event)
    begun_s = {name: _begun_s(events[0]) for name, events in visits.items()}
    return [
        _outcome(person, [visits[name] for name, first_s in begun_s.items() if -EARLY_S <= first_s - start_s <= hold_s + LATE_S])
        for person, start_s in zip(people, starts_s, strict=True)
    ]


def _begun_s(event: Event) -> float:
    """When the visit was first seen, on the monotonic clock."""
    return event.mono_s - (event.wall_s - datetime.fromisoformat(event.data["first_seen"]).timestamp())


def _outcome(person: Person, visits: list[list[Event]]) -> Outcome:
    if not visits:
        return Outcome(person, NOBODY, (), frozenset())
    last = max((events[-1] for events in visits), key=lambda event: event.data["frames"])
    ever = frozenset(event.data["verdict"] for events in visits for event in events)
    return Outcome(person, last.data["verdict"], tuple(last.data["reasons"]), ever)


def figures(found: Sequence[Outcome], health: Sequence[Event]) -> dict[str, Any]:
    """The numbers of the run, how fast the gates were by their own word, and every photograph that went wrong."""
    unmasked = [one for one in found if one.person.mask is Mask.ABSENT]
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        table[one.person.kind][one.verdict] += 1
    return {
        "photographs": len(found),
        "right": sum(one.right for one in found) / len(found),
        "right_of": {
            kind: sum(o.right for o in found if o.person.kind == kind) / sum(row.values()) for kind, row in table.items()
        },
        "unmasked": len(unmasked),
        "unmasked_passed": sum(one.passed_unmasked for one in unmasked) / max(1, len(unmasked)),
        "became": {kind: dict(row) for kind, row in sorted(table.items())},
        "colour_fps": median(event.data["colour_fps"] for event in health),
        "loop_p50_ms": median(event.data["loop_p50_ms"] or 0.0 for event in health),
        "wrong": [_told(one) for one in found if not one.right],
    }


def _told(one: Outcome) -> dict[str, Any]:
    person = asdict(one.person) | {"file": one.person.file.name, "mask": one.person.mask.value}
    return person | {"due": one.person.due.value, "verdict": one.verdict, "reasons": one.reasons, "ever": sorted(one.ever)}


def table(became: dict[str, dict[str, int]]) -> str:
    """Who they were, and what became of them."""
    columns = sorted({verdict for row in became.values() for verdict in row})
    head = f"{'':>16}" + "".join(f"{column:>16}" for column in columns)
    lines = [f"{kind:>16}" + "".join(f"{row.get(column, 0):>16}" for column in columns) for kind, row in became.items()]
    return "\n".join([head, *lines])
