"""The canteen's slots in the ledger, who is to come, and who came."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from cloud.ledger.facility.canteen import Phase, Sitting, Slot, sittings
from cloud.ledger.gates import GateState
from cloud.ledger.sites import ROOT, is_within
from cloud.store.sites import below
from cloud.store.staff.entries import LASTING_MS, EntryKind, absences, entries
from cloud.store.staff.register import Member, members
from cloud.store.tables import canteen_slot, visit
from cloud.store.tables import gate as gate_table
from cloud.store.views.crowd import gates_now
from contract.verdicts import Verdict


def slots(connection: Connection, top: str, since_ms: int | None = None) -> list[Slot]:
    """Those at this site and below that are held, or were until after `since_ms`."""
    open_yet = canteen_slot.c.ended_ms.is_(None)
    kept = open_yet if since_ms is None else or_(open_yet, canteen_slot.c.ended_ms > since_ms)
    found = select(canteen_slot).where(below(canteen_slot.c.site, top), kept).order_by(canteen_slot.c.number)
    return [_slot(row) for row in connection.execute(found)]


def add_slot(connection: Connection, new: Slot) -> int:
    """Returns its number; that of `new` counts for nothing."""
    values = asdict(new) | {"days": json.dumps(new.days), "teams": json.dumps(new.teams, ensure_ascii=False)}
    del values["number"]
    return int(connection.execute(insert(canteen_slot).values(values).returning(canteen_slot.c.number)).scalar_one())


def end_slot(connection: Connection, number: int, now_ms: int) -> bool:
    """Whether it was still held."""
    held = canteen_slot.c.number == number, canteen_slot.c.ended_ms.is_(None)
    return connection.execute(update(canteen_slot).where(*held).values(ended_ms=now_ms)).rowcount == 1


def teams(connection: Connection, site: str) -> list[str]:
    """Of everybody in the house of this site: a canteen and its guests are seldom below one another."""
    return sorted({one.team for one in members(connection, ROOT) if one.team and _is_of_house(one, house_of(site))})


def house_of(site: str) -> str:
    """The first part of the path."""
    return site.partition("/")[0]


def unassigned(connection: Connection, site: str) -> list[str]:
    """Teams in reach that no slot names which would feed them; none where nothing is planned for them.

    A house feeds its own people, a slot of every house feeds all; whoever belongs to every house may eat in any of them.
    """
    planned, here = slots(connection, ROOT), house_of(site)
    found: set[str] = set()
    for one in members(connection, ROOT):
        if not _is_of_house(one, here):
            continue
        house = house_of(one.site)
        feeds = [slot for slot in planned if house == ROOT or house_of(slot.site) in (house, ROOT)]
        if feeds and not any(one.team in slot.teams for slot in feeds):
            found.add(one.team)
    return sorted(found - {""})


def _is_of_house(one: Member, house: str) -> bool:
    """Below it, or of every house."""
    return one.site == ROOT or is_within(one.site, house)


def sittings_of(connection: Connection, top: str, now_ms: int, zone: tzinfo, back: int, ahead: int) -> list[Sitting]:
    """Of today, so many days before and after it, with who is to come and who came."""
    today = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(zone).date()
    return counted(connection, top, now_ms, zone, today - timedelta(days=back), today + timedelta(days=ahead))


def counted(connection: Connection, top: str, now_ms: int, zone: tzinfo, first: date, last: date) -> list[Sitting]:
    """Of these days. What is over has no plan any more: who belonged to a team then is not kept.

    How many were let in is not known where their gate has said nothing since, unless they are too many already.
    """
    start = datetime.combine(first, datetime.min.time(), zone)
    held = list(sittings(slots(connection, top, round(start.timestamp() * 1000)), first, last, zone, now_ms))
    if not held:
        return []
    people = members(connection, ROOT)
    away = absences(
        entries(connection, [EntryKind.ABSENCE, EntryKind.ABSENCE_WITHDRAWN], (one.number for one in people), now_ms - LASTING_MS)
    ).values()
    gates = {one.gate: one for one in gates_now(connection, top, now_ms)}
    heard_ms = {row.gate: row.heard_ms for row in connection.execute(select(gate_table.c.gate, gate_table.c.heard_ms))}
    found = []
    for one in held:
        gone = {each.person for each in away if each.begins_ms <= one.begins_ms and one.ends_ms <= each.ends_ms}
        planned = None if one.phase is Phase.PAST else _planned(one.slot, people, gone)
        gate = gates.get(one.slot.gate)
        lost = gate is None or gate.state is not GateState.LIVE
        deaf = lost if one.phase is Phase.NOW else heard_ms.get(one.slot.gate, 0) < one.ends_ms
        let_in = None if not one.slot.gate or one.phase is Phase.AHEAD else _let_in(connection, one, now_ms)
        said = None if gate is None or deaf or one.phase is not Phase.NOW else gate.said
        inside = None if said is None or said.occupancy is None else said.occupancy.people
        missed = deaf and (let_in is None or let_in <= one.slot.places)
        found.append(replace(one, planned=planned, let_in=None if missed else let_in, inside=inside))
    return found


def _planned(slot: Slot, people: Iterable[Member], gone: set[int]) -> int | None:
    """A team is of the house, the first part of the path: its canteen and its windows are seldom below one another."""
    by_team: dict[str, list[Member]] = {team: [] for team in slot.teams}
    for one in people:
        if one.team in by_team and _is_of_house(one, house_of(slot.site)):
            by_team[one.team].append(one)
    if not by_team or not all(by_team.values()):
        return None
    return sum(one.number not in gone for some in by_team.values() for one in some)


def _let_in(connection: Connection, one: Sitting, now_ms: int) -> int:
    within = (visit.c.shown_at_ms >= one.begins_ms, visit.c.shown_at_ms < one.ends_ms, visit.c.shown_at_ms <= now_ms)
    passed = (visit.c.gate == one.slot.gate, visit.c.verdict == Verdict.PASS.value, visit.c.replay.is_(False))
    return int(connection.execute(select(func.count()).select_from(visit).where(*passed, *within)).scalar_one())


def _slot(row: Row[Any]) -> Slot:
    values = dict(row._mapping)  # noqa: SLF001  SQLAlchemy's public name for it
    return Slot(**{**values, "days": tuple(json.loads(values["days"])), "teams": tuple(json.loads(values["teams"]))})
