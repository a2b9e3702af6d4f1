"""Numbers that never came: found from what a gate says of its own numbering, never guessed from a hole that may still fill.

A gate numbers its events without a hole and says in every health message up to which number all is delivered
(`oldest_unacked`). Alerts overtake a waiting backlog, so holes above that number are normal for as long as it drains. A hole
below it is held for a while too: the note that names dropped numbers (`Dropped`) has a number of its own, which existed when
the health message was written. Only when everything that existed then is delivered, a hole that is still open is a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

Run = tuple[int, int]
"""First and last number, both included."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """How far one install of one gate has been looked through; field for field its row.

    Attributes:
        checked_to: every number up to here came, is named as dropped, or is a known gap.
        pending_to: holes were seen up to here; None where none were.
        settle_after: the holes are gaps when the gate says that all up to here is delivered.
    """

    gate: str
    install: str
    checked_to: int = 0
    pending_to: int | None = None
    settle_after: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Look through the numbers after `checked_to` up to `to`. `final`: a hole found now is a gap."""

    to: int
    final: bool


def due(numbering: Numbering, oldest_unacked: int | None, last_seq: int) -> Look | None:
    """What there is to look through now that the gate has said this; None where nothing is due."""
    delivered_to = last_seq if oldest_unacked is None else oldest_unacked - 1
    if numbering.pending_to is not None and numbering.settle_after is not None:
        return Look(numbering.pending_to, final=True) if delivered_to >= numbering.settle_after else None
    return Look(delivered_to, final=False) if delivered_to > numbering.checked_to else None


def looked(numbering: Numbering, look: Look, holes: Sequence[Run], last_seq: int) -> Numbering:
    """After `look` has found `holes`."""
    if holes and not look.final:
        return replace(numbering, pending_to=look.to, settle_after=last_seq)
    return replace(numbering, checked_to=look.to, pending_to=None, settle_after=None)


def holes_in(first: int, last: int, there: Iterable[int], covered: Iterable[Run] = ()) -> list[Run]:
    """The numbers from `first` to `last` that are neither `there` (ascending) nor in one of the runs, as runs."""
    holes: list[Run] = []
    at = first
    for begin, end in _merged(there, covered):
        if begin > at:
            holes.append((at, min(begin - 1, last)))
        at = max(at, end + 1)
        if at > last:
            break
    if at <= last:
        holes.append((at, last))
    return [hole for hole in holes if hole[0] <= hole[1]]


def _merged(there: Iterable[int], covered: Iterable[Run]) -> Iterable[Run]:
    runs = sorted(covered)
    if not runs:
        return ((seq, seq) for seq in there)
    return sorted([*((seq, seq) for seq in there), *runs])


def gap_words(holes: Sequence[Run]) -> str:
    """What the alarm says."""
    count = sum(last - first + 1 for first, last in holes)
    places = ", ".join(f"{first}" if first == last else f"{first} to {last}" for first, last in holes[:3])
    more = ", ..." if len(holes) > 3 else ""  # noqa: PLR2004  as many as were named
    return f"{count} records never arrived: numbers {places}{more}"
