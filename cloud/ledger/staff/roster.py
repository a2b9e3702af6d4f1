"""Who is put where on a working day, and what is wrong with it before the day comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cloud.ledger.staff.declarations import Declaration, barring
from cloud.ledger.staff.rota import Absence
from cloud.ledger.staff.rules import Rules, Shift
from cloud.ledger.staff.turns import Post, Turn


class RosterFault(StrEnum):
    """What is wrong with a place of the roster."""

    TOO_FEW = "too_few"
    UNTRAINED = "untrained"
    ABSENT = "absent"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the roster, and who stands there."""

    day: date
    shift: Shift
    post: Post
    persons: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Attributes: person, whom it is about; have and need, of too few; until, to when the person is barred."""

    what: RosterFault
    place: Place
    person: int | None = None
    have: int = 0
    need: int = 0
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows. `trained_on`: the first day of every person's training."""

    trained_on: Mapping[int, date]
    absences: Sequence[Absence] = ()
    declarations: Sequence[Declaration] = ()


def warnings(place: Place, known: Known, rules: Rules) -> list[Finding]:
    """Of one place: too few on a working day, nobody trained, absent, barred."""
    found = _too_few(place, known, rules)
    for person in place.persons:
        if place.post is Post.SCREENING and not _trained(known, person, place.day):
            found.append(Finding(RosterFault.UNTRAINED, place, person))
        if _absent(place, known, person, rules):
            found.append(Finding(RosterFault.ABSENT, place, person))
        if place.post is Post.RECEPTION and (bar := barring(known.declarations, person, place.day)):
            found.append(Finding(RosterFault.BARRED, place, person, until=bar.until))
    return found


def _too_few(place: Place, known: Known, rules: Rules) -> list[Finding]:
    """Who is absent is not counted."""
    if place.post is not Post.SCREENING or place.day.weekday() not in rules.working_days:
        return []
    have = sum(not _absent(place, known, person, rules) for person in place.persons)
    return [] if have >= rules.persons else [Finding(RosterFault.TOO_FEW, place, have=have, need=rules.persons)]


def _trained(known: Known, person: int, day: date) -> bool:
    on = known.trained_on.get(person)
    return on is not None and on <= day


def _absent(place: Place, known: Known, person: int, rules: Rules) -> bool:
    hours = rules.shift_ms(place.day, place.shift)
    return any(one.person == person and one.meets(*hours) for one in known.absences)


def turns_of(place: Place, rules: Rules) -> list[Turn]:
    """The turns of duty that a place means."""
    begins_ms, ends_ms = rules.shift_ms(place.day, place.shift)
    return [Turn(person, begins_ms, ends_ms, frozenset({place.post})) for person in place.persons]
