"""Events that arrived late, as runs: a cut of the network is one line, and every event of it is in the numbers of that line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

APART_MS: Final = 300_000
"""What is stored so long after the one before, or was sent so long after it, is another run."""


@dataclass(frozen=True, slots=True)
class Late:
    """One event. `day`: an earlier day that it belongs to, empty: the day of the report."""

    gate: str
    install: str
    seq: int
    kind: str
    sent_ms: int
    stored_ms: int
    day: str = ""


@dataclass(frozen=True, slots=True)
class LateRun:
    """Late events of one gate that belong together. `longest_ms`: the greatest time between sending and storing."""

    gate: str
    day: str
    numbers: tuple[tuple[int, int], ...]
    kinds: dict[str, int]
    first_sent_ms: int
    last_sent_ms: int
    first_stored_ms: int
    last_stored_ms: int
    longest_ms: int

    @property
    def count(self) -> int:
        return sum(self.kinds.values())


def runs_of(events: Iterable[Late]) -> list[LateRun]:
    """Every event in one run, by gate, then by when it was sent."""
    order = sorted(events, key=lambda one: (one.gate, one.install, one.day, one.sent_ms, one.seq))
    found: list[list[Late]] = []
    for one in order:
        if found and _together(found[-1][-1], one):
            found[-1].append(one)
        else:
            found.append([one])
    return sorted(map(_run, found), key=lambda run: (run.gate, run.first_sent_ms))


def _together(last: Late, one: Late) -> bool:
    same = (last.gate, last.install, last.day) == (one.gate, one.install, one.day)
    return same and one.sent_ms - last.sent_ms <= APART_MS and abs(one.stored_ms - last.stored_ms) <= APART_MS


def _run(events: list[Late]) -> LateRun:
    sent, stored = [one.sent_ms for one in events], [one.stored_ms for one in events]
    return LateRun(
        gate=events[0].gate,
        day=events[0].day,
        numbers=_numbers(sorted(one.seq for one in events)),
        kinds=dict(sorted(Counter(one.kind for one in events).items())),
        first_sent_ms=min(sent),
        last_sent_ms=max(sent),
        first_stored_ms=min(stored),
        last_stored_ms=max(stored),
        longest_ms=max(one.stored_ms - one.sent_ms for one in events),
    )


def _numbers(ascending: list[int]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for seq in ascending:
        if runs and runs[-1][1] == seq - 1:
            runs[-1] = runs[-1][0], seq
        else:
            runs.append((seq, seq))
    return tuple(runs)
