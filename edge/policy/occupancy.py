"""How many people are inside: entries less exits, never below nobody, with what is known to be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Inside:
    """The count at one moment.

    Attributes:
        people: how many are inside, as counted.
        clipped: people who went out of a building that was empty by the count, since it last began at zero: entries missed.
        left_over: how many it said when it last began anew although the building was empty: exits missed; None before.
        full: whether newcomers wait; it ends when there are enough fewer than the limit.
    """

    people: int = 0
    clipped: int = 0
    left_over: int | None = None
    full: bool = False


def counted(inside: Inside, entered: int, left: int) -> Inside:
    """The count after so many more have gone in and out. Fewer than nobody is nobody, and is remembered as drift."""
    people = inside.people + entered - left
    if people >= 0:
        return replace(inside, people=people)
    return replace(inside, people=0, clipped=inside.clipped - people)


def limited(inside: Inside, limit: int | None, resume_fewer: int) -> Inside:
    """Full at the limit, and until there are `resume_fewer` fewer."""
    if limit is None:
        return replace(inside, full=False)
    return replace(inside, full=inside.people >= limit or (inside.full and inside.people > limit - resume_fewer))


def begun_anew(inside: Inside) -> Inside:
    """At the hour at which the building is empty: what was left over is the drift of the day."""
    return Inside(left_over=inside.people)


def told(inside: Inside, people: int) -> Inside:
    """Somebody has counted heads."""
    return replace(inside, people=people, clipped=0)
