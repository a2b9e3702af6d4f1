"""The staff's day as it is now: turns, signs, tasks, and what is wrong with roster and rota. Everything is derived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Final

from sqlalchemy import Connection, select

from cloud.ledger.sites import ROOT, is_within
from cloud.ledger.staff.day import by_urgency, tasks_of_declarations, tasks_of_morning, tasks_of_turns
from cloud.ledger.staff.declarations import Declaration, barring
from cloud.ledger.staff.roster import Finding, Known, Place, turns_of, warnings
from cloud.ledger.staff.rota import Absence, Away, Gap, gaps, leader_away
from cloud.ledger.staff.rules import Rules, Shift
from cloud.ledger.staff.signs import Sign, What
from cloud.ledger.staff.tasks import Task, TaskState
from cloud.ledger.staff.turns import Post, Turn
from cloud.store.staff.entries import LASTING, LASTING_MS, SIGNS, absences, declarations, entries, sign_of, trained_on
from cloud.store.staff.register import RECEPTION, Member, members
from cloud.store.staff.roster import RotaTurn, at_or_below, places, rostered_sites, rota_turns, sites_of_rota
from cloud.store.tables import visit
from contract.verdicts import Duty, Verdict

DAY_MS: Final = 86_400_000
KEEPS: Final = timedelta(days=31)
"""A site on whose roster or rota nobody stood for so long keeps none."""
UNMEASURED: Final = frozenset({Verdict.CANNOT_MEASURE, Verdict.WAIT})
"""Verdicts with which a reading, where there is one, counts for nothing."""
ENDED: Final = (TaskState.DONE, TaskState.DONE_LATE, TaskState.MISSED)


@dataclass(frozen=True, slots=True)
class Seen:
    """The last that a gate saw of somebody: when, where, and the mask."""

    at_ms: int
    gate: str
    mask: str


@dataclass(frozen=True, slots=True)
class AwayLeader:
    site: str
    person: int
    why: Away


@dataclass(frozen=True, slots=True)
class StaffDay:
    """What a screen of the staff shows at one moment, of a site and all below it.

    Attributes:
        now_ms: the moment; today: the day there.
        tasks: of today, the overdue first; turns: of today, by person.
        faults: what is wrong with the roster of this day and those ahead, with the site; open_gaps: of the rota.
    """

    now_ms: int
    today: date
    members: dict[int, Member]
    tasks: list[Task]
    turns: list[Turn]
    rota: list[RotaTurn]
    declarations: list[Declaration]
    seen: dict[int, Seen] = field(default_factory=dict)
    faults: list[tuple[str, Finding]] = field(default_factory=list)
    open_gaps: list[tuple[str, Gap]] = field(default_factory=list)
    leaders_away: list[AwayLeader] = field(default_factory=list)

    def leader(self, site: str) -> Member | None:
        """Who leads the duty at this site now: of the site itself, or else of the nearest above it."""
        leading = [one for one in self.rota if one.leads and one.begins_ms <= self.now_ms < one.ends_ms]
        nearest = sorted((one for one in leading if is_within(site, one.site)), key=lambda one: -len(one.site))
        return next((self.members[one.person] for one in nearest if one.person in self.members), None)


def known_of(connection: Connection, rules: Rules, now_ms: int, persons: Iterable[int]) -> Known:
    """Trainings, absences and declarations of these people."""
    made = entries(connection, LASTING, persons, now_ms - LASTING_MS)
    return Known(trained_on(made), list(absences(made).values()), declarations(made, rules))


def staff_day(connection: Connection, top: str, rules: Rules, now_ms: int) -> StaffDay:
    """Everything at `top` and below."""
    today = rules.day_of(now_ms)
    people = {one.number: one for one in members(connection, ROOT)}
    known = known_of(connection, rules, now_ms, people)
    near = places(connection, at_or_below(top), today - timedelta(days=1), today + timedelta(days=1))
    rota = rota_turns(connection, top, now_ms - KEEPS // timedelta(milliseconds=1), now_ms + rules.ahead_days * DAY_MS)
    turns = [turn for _, place in near for turn in turns_of(place, rules)]
    turns += [one.turn for one in rota if one.ends_ms > now_ms - DAY_MS and one.begins_ms < now_ms + DAY_MS]
    turns = [one for one in turns if one.person in people]
    of_site = [one for one in people.values() if is_within(one.site, top)]
    concerned = {one.person for one in turns} | {one.number for one in of_site}
    signs, seen = _signs(connection, {number: people[number] for number in concerned}, now_ms)
    receives = _receive(of_site, near, known.declarations, today)
    tasks = _tasks(turns, receives, signs, known, today, rules)
    tasks += tasks_of_declarations([one for one in known.declarations if one.person in concerned], today, rules)
    shown = [one for one in tasks if _is_of(one, today, now_ms, rules)]
    begins_ms, ends_ms = rules.day_ms(today)
    return StaffDay(
        now_ms,
        today,
        people,
        by_urgency(shown, now_ms),
        sorted((one for one in turns if one.ends_ms > begins_ms and one.begins_ms < ends_ms), key=lambda one: one.begins_ms),
        rota,
        [one for one in known.declarations if one.person in concerned],
        seen,
        roster_faults(connection, top, known, rules, today, today + timedelta(days=rules.ahead_days)),
        _open_gaps(rota, known.absences, now_ms, rules),
        _leaders_away(rota, known.absences, signs, now_ms, rules),
    )


def roster_faults(
    connection: Connection, top: str, known: Known, rules: Rules, first: date, last: date
) -> list[tuple[str, Finding]]:
    """What is wrong with the rosters from `first` to `last`, of every site that keeps one; nobody at all is too few."""
    there = places(connection, at_or_below(top), first, last)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    kept = rostered_sites(connection, top, first - KEEPS)
    asked = {
        (site, day, shift, Post.SCREENING): Place(day, shift, Post.SCREENING) for site, day, shift in product(kept, days, Shift)
    }
    asked |= {(site, place.day, place.shift, place.post): place for site, place in there}
    found = [(site, fault) for (site, *_), place in asked.items() for fault in warnings(place, known, rules)]
    return sorted(found, key=lambda one: (one[1].place.day, one[1].place.shift is Shift.AFTERNOON, one[0]))


def _receive(of_site: Sequence[Member], near: Sequence[tuple[str, Place]], made: Sequence[Declaration], today: date) -> set[int]:
    """Who takes part in reception today: the team, and who is put there; not who is barred."""
    put = {person for _, place in near if place.post is Post.RECEPTION and place.day == today for person in place.persons}
    team = {one.number for one in of_site if one.team == RECEPTION}
    return {person for person in team | put if barring(made, person, today) is None}


def _tasks(
    turns: Sequence[Turn], receives: set[int], signs: dict[int, list[Sign]], known: Known, today: date, rules: Rules
) -> list[Task]:
    made: list[Task] = []
    for person in sorted({one.person for one in turns} | receives):
        away, seen = [one for one in known.absences if one.person == person], signs.get(person, [])
        made += tasks_of_turns([one for one in turns if one.person == person], away, seen, rules)
        made += tasks_of_morning(person, today, away, seen, rules) if person in receives else []
    return made


def _is_of(task: Task, today: date, now_ms: int, rules: Rules) -> bool:
    """Whether a task is one of today: due today, or still to be done."""
    begins_ms, ends_ms = rules.day_ms(today)
    if begins_ms <= task.due_ms < ends_ms:
        return True
    return task.opens_ms <= now_ms and task.state(now_ms) not in ENDED


def _signs(connection: Connection, people: dict[int, Member], now_ms: int) -> tuple[dict[int, list[Sign]], dict[int, Seen]]:
    """What was seen of these people in the last two days, at gates and by hand."""
    since_ms = now_ms - 2 * DAY_MS
    signs: dict[int, list[Sign]] = {}
    seen: dict[int, Seen] = {}
    for one in entries(connection, SIGNS, people, since_ms):
        signs.setdefault(one.person, []).append(sign_of(one))
    whose = {one.badge: number for number, one in people.items() if one.badge is not None}
    columns = (visit.c[name] for name in ("badge", "shown_at_ms", "gate", "verdict", "mask", "duty", "reading", "replay"))
    rows = connection.execute(
        select(*columns).where(visit.c.badge.is_not(None), visit.c.shown_at_ms >= since_ms).order_by(visit.c.shown_at_ms)
    )
    for row in rows:
        if row.badge not in whose or row.replay or row.shown_at_ms > now_ms:
            continue
        measured = row.reading is not None and Verdict(row.verdict) not in UNMEASURED
        sign = Sign(row.shown_at_ms, What.PASSAGE, measured, None if row.duty is None else Duty(row.duty))
        signs.setdefault(whose[row.badge], []).append(sign)
        seen[whose[row.badge]] = Seen(row.shown_at_ms, row.gate, row.mask)
    return signs, seen


def _open_gaps(rota: Sequence[RotaTurn], away: Sequence[Absence], now_ms: int, rules: Rules) -> list[tuple[str, Gap]]:
    until_ms = now_ms + rules.ahead_days * DAY_MS
    found: list[tuple[str, Gap]] = []
    for site, post in product(sites_of_rota(rota), (Post.WATCH, Post.LEADER)):
        turns = [one.turn for one in rota if one.site == site]
        found += [(site, gap) for gap in gaps(post, turns, away, now_ms, until_ms)]
    return found


def _leaders_away(
    rota: Sequence[RotaTurn], away: Sequence[Absence], signs: dict[int, list[Sign]], now_ms: int, rules: Rules
) -> list[AwayLeader]:
    said = [(one, leader_away(one.turn, away, signs.get(one.person, []), now_ms, rules)) for one in rota]
    return [AwayLeader(one.site, one.person, why) for one, why in said if why is not None]
