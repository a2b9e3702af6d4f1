"""Whom the cloud tells of a task that somebody of the staff has not done in time: by a fake clock, over a real ledger."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from cloud.escalation.words import letter, subject_line
from cloud.escalation.worker import Escalation
from cloud.ledger.contacts import Channel, Contact
from cloud.ledger.escalation import STAFF, Steps
from cloud.ledger.staff.roster import Place
from cloud.ledger.staff.rules import Shift
from cloud.ledger.staff.turns import Post, Turn
from cloud.store.notices import ToSend
from cloud.store.staff.entries import EntryKind, add_staff_entry
from cloud.store.staff.overdue import OverdueTasks
from cloud.store.staff.register import add_member
from cloud.store.staff.roster import add_turn, put
from cloud.store.tables import notice, staff
from tests.cloud.rig import Rig
from tests.cloud.staff_days import DAY, RULES, at
from tests.cloud.test_escalation import keep


def contact(name: str, step: int, *, staff: bool = True) -> Contact:
    return Contact(name, {Channel.MAIL: f"{name}@site.example"}, step=step, staff=staff)


STEPS = Steps({STAFF: (600_000, 1_800_000)})
PEOPLE = (contact("office", 1), contact("alarms-only", 1, staff=False), contact("wang", 2))


class Road:
    """Keeps what was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, int]] = []
        self.letters: list[str] = []

    def deliver(self, one: ToSend, address: str, since: str) -> str:  # noqa: ARG002  the verb of a road
        self.told += [(one.contact, about.detail, one.step) for about in (one.about, *one.more)]
        self.letters += [subject_line(one), letter(one, since)]
        return "250 taken"


@pytest.fixture
def worked(rig: Rig) -> tuple[Rig, Road, Escalation]:
    """Mei and Lin are on the morning's shift; Wang leads."""
    with rig.database.writing() as connection:
        people = [
            add_member(connection, {"site": "", "name": name, "staff_number": "1", "team": "hall", "contact": told}, at("7:00"))
            for name, told in (("Mei Secret", None), ("Lin", None), ("Wang", "wang"))
        ]
        put(connection, "", Place(DAY, Shift.MORNING, Post.SCREENING, tuple(people[:2])))
        add_turn(connection, "", Turn(people[2], at("8:00"), at("+1 8:00"), frozenset({Post.LEADER})))
    for person in (people[1], people[2]):
        measured(rig, person, "8:00")
    keep(rig, *PEOPLE)
    road = Road()
    return rig, road, Escalation(rig.database, STEPS, {Channel.MAIL: road}, lambda: rig.now_ms, RULES.zone, OverdueTasks(RULES))


def measured(rig: Rig, person: int, clock: str) -> None:
    with rig.database.writing() as connection:
        body = {"temperature_c": 36.4, "device": "contact 3"}
        add_staff_entry(connection, person, at(clock), "guard", EntryKind.TEMPERATURE, body)
        wears = {"mask": "n95", "gloves": True}
        add_staff_entry(connection, person, at(clock), "guard", EntryKind.WEARS, wears)


def go(rig: Rig, escalation: Escalation, clock: str) -> None:
    rig.now_ms = at(clock)
    escalation.round()


def test_an_overdue_task_goes_to_the_leader_on_duty_and_then_to_the_next_contact_once(
    worked: tuple[Rig, Road, Escalation],
) -> None:
    rig, road, escalation = worked
    go(rig, escalation, "8:39")
    assert road.told == [], "a task that is just overdue is a matter of the screen"
    for clock in ("8:41", "8:44"):
        go(rig, escalation, clock)
    assert road.told == [("wang", "temperature before: staff-1", 0)]
    go(rig, escalation, "9:01")
    assert ("office", "temperature before: staff-1", 1) in road.told
    before = len(road.told)
    go(rig, escalation, "9:59")
    assert len(road.told) == len(set(road.told)), "each is told of each task once"
    assert "alarms-only" not in {name for name, _, _ in road.told}
    assert not any("Mei" in text or "36.4" in text for text in road.letters)
    assert before <= len(road.told) <= 4


def test_a_reading_in_time_tells_nobody_and_a_late_one_ends_it(worked: tuple[Rig, Road, Escalation]) -> None:
    rig, road, escalation = worked
    measured(rig, 1, "8:25")
    go(rig, escalation, "9:00")
    assert road.told == []
    go(rig, escalation, "10:11")
    assert {detail for _, detail, _ in road.told} == {"temperature periodic: staff-2"}
    measured(rig, 2, "10:12")
    measured(rig, 1, "10:12")
    go(rig, escalation, "10:31")
    assert {row[0] for row in rig.rows(notice, "state")} == {"acknowledged"}
    assert len(road.told) == 1


def test_without_a_leader_s_contact_the_first_step_is_told(worked: tuple[Rig, Road, Escalation]) -> None:
    rig, road, escalation = worked
    with rig.database.writing() as connection:
        connection.execute(update(staff).values(contact=None))
    go(rig, escalation, "8:41")
    assert road.told == [("office", "temperature before: staff-1", 1)]
