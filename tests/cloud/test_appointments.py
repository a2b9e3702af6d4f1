"""Appointments from the choice of a time to the gate: slots, passes, cancelling; and that a pass never replaces a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import cv2
import httpx
import numpy as np
import pytest

from cloud.passes.worker import Withdrawals
from cloud.periods import RetentionSettings
from cloud.retention.worker import Retention
from cloud.store.feed import Feed
from cloud.store.sites import place_gate
from cloud.store.tables import appointment
from contract.topics import Kind
from contract.verdicts import Mask, Verdict
from edge.board import Board
from edge.frame_shape import FrameShape
from edge.frames import FrameRing
from edge.qr.checker import Checker
from edge.qr.reader import QrReader
from edge.qr.used_passes import UsedPasses
from edge.qr.watch import EVERY_S, HELD_S, QrWatch
from edge.uplink.withdrawal import Withdrawal
from edge.withdrawn import withdrawn_file
from tests.clocks import FakeClock
from tests.cloud import messages
from tests.cloud.messages import START, START_MS
from tests.cloud.people import somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served
from tests.gate.test_register import Entry

HALL: Final = "/api/receptions/south-hall"
PLAN: Final[dict[str, Any]] = {
    "site": "city/south",
    "title_zh": "南大厅",
    "title_en": "South hall",
    "timezone": "UTC",
    "hours": ["09:00-12:00 13:30-17:00"] * 7,
    "slot_min": 60,
    "capacity": 3,
    "grace_min": 10,
    "days_ahead": 1,
    "appointments": True,
}
NINE: Final = START_MS + 3_600_000


@pytest.fixture
def hall(served: Served) -> Iterator[httpx.Client]:
    """A reception with two gates, and its guard. It is eight in the morning (UTC)."""
    rig = served.rig
    rig.arrive(messages.visit(1, gate="gate-1"), messages.visit(1, gate="gate-2"))
    with rig.database.writing() as connection, Feed(connection) as feed:
        for gate in ("gate-1", "gate-2"):
            place_gate(connection, feed, gate, "city/south/door")
    with somebody(served, "administrator", user="root") as admin:
        assert admin.put(HALL, json=PLAN).status_code == 200
    with somebody(served, "guard", "city/south") as guard:
        yield guard


@pytest.fixture
def visitor(served: Served) -> Iterator[httpx.Client]:
    """Somebody with a telephone and no account."""
    with httpx.Client(base_url=served.url, timeout=10, headers={"Accept-Language": "en"}) as client:
        yield client


def choose(visitor: httpx.Client, begins_ms: int = NINE, people: int = 1) -> httpx.Response:
    return visitor.post("/visit/south-hall", data={"people": people, "slot": begins_ms})


def booked(visitor: httpx.Client, begins_ms: int = NINE, people: int = 1) -> str:
    """The address of the page with the passes."""
    answer = choose(visitor, begins_ms, people)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


class Gate:
    """The part of a real gate that reads codes, at its own time, with what its uplink was told."""

    def __init__(self, folder: Path, rig: Rig, name: str = "gate-1") -> None:
        folder.mkdir()
        self.name, self.rig = name, rig
        self.clock = FakeClock(now_s=1000.0, began=datetime.fromtimestamp(NINE / 1000 + 60, UTC))
        self.ring = FrameRing.create(folder / "colour", FrameShape(480, 640, 3, "uint8"))
        self.board = Board.create(folder / "qr")
        file, keys = withdrawn_file(folder / "gate.db"), rig.badge_signer.keys
        self.uplink = Withdrawal("south-hall", keys, file)
        checker = Checker("south-hall", keys, UsedPasses.open(folder / "passes.db"), file)
        self.watch = QrWatch(self.ring, QrReader((0.0, 0.0, 1.0, 1.0)), checker, self.board, self.clock)

    def hear(self) -> None:
        """Take what the broker keeps for this gate."""
        said = [body for gate, kind, body in self.rig.bus.sent if (gate, kind) == (self.name, Kind.WITHDRAWN)]
        for body in said:
            self.uplink.take(body.encode())

    def shown(self, png: bytes) -> dict[str, Any]:
        """What is told when this picture is held before the camera for a moment, after a pause."""
        decoded = np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR))
        code = cv2.resize(decoded, (220, 220), interpolation=cv2.INTER_AREA)
        hall = np.full((480, 640, 3), 90, np.uint8)
        hall[130:350, 210:430] = code
        self.clock.advance(HELD_S + 1)
        for _ in range(2):
            self.clock.advance(EVERY_S)
            self.ring.write(hall, self.clock.now_s)
            self.watch.round()
        return self.board.read() or {}


def told(rig: Rig) -> None:
    """What the cloud tells gates now."""
    Withdrawals(rig.database, rig.bus, rig.badge_signer, lambda: rig.now_ms).round()


def picture(visitor: httpx.Client, page: str, number: int = 1) -> bytes:
    answer = visitor.get(f"{page}/{number}.png")
    assert answer.status_code == 200, answer.text
    return answer.content


def test_an_appointment_is_kept_to_its_slot_and_a_pass_never_replaces_a_verdict(
    hall: httpx.Client, visitor: httpx.Client, served: Served, tmp_path: Path
) -> None:
    """Q6: slot full -> the next free one is offered; a pass from the cloud is taken once by the gate, and decides nothing."""
    page = booked(visitor, people=3)
    full = choose(visitor, people=1)
    assert full.status_code == 409
    assert "10:00–11:00" in full.text
    offered = re.search(r"name='slot' value='(\d+)'", full.text)
    assert offered is not None
    assert int(offered[1]) == NINE + 3_600_000
    assert booked(visitor, int(offered[1])) != page

    gate = Gate(tmp_path / "one", served.rig)
    pass_ = picture(visitor, page)
    note = gate.shown(pass_)
    assert (note["kind"], note["refused"]) == ("pass", "")
    assert gate.shown(pass_)["why"] == "used"
    assert gate.shown(picture(visitor, page, 2))["kind"] == "pass", "each of them has one of their own"

    entry = Entry(tmp_path)
    entry.badge(holder=note["holder"], kind="pass")
    entry.person(Mask.ABSENT, frames=60)
    assert [(one.verdict, one.visitor_pass) for one in entry.written] == [(Verdict.PUT_ON_MASK, note["holder"])]
    assert entry.opening.openings == 0


def test_a_pass_is_good_from_a_little_before_its_slot_to_a_little_after_it(
    hall: httpx.Client, visitor: httpx.Client, served: Served, tmp_path: Path
) -> None:
    for minutes, why in ((-11, "early"), (-10, None), (69, None), (70, "over")):
        page, gate = booked(visitor), Gate(tmp_path / f"gate{minutes}", served.rig)
        gate.clock.began = datetime.fromtimestamp(NINE / 1000, UTC) + timedelta(minutes=minutes)
        assert gate.shown(picture(visitor, page)).get("why") == why, minutes
        visitor.post(f"{page}/cancel")


def test_a_cancelled_pass_and_one_used_at_another_gate_are_refused_and_written_down(
    hall: httpx.Client, visitor: httpx.Client, served: Served, tmp_path: Path
) -> None:
    rig, one, two = served.rig, Gate(tmp_path / "one", served.rig), Gate(tmp_path / "two", served.rig, "gate-2")
    page, other = booked(visitor), booked(visitor)
    pictures = picture(visitor, page), picture(visitor, other)
    assert visitor.post(f"{page}/cancel").status_code == 303
    told(rig)
    one.hear()
    assert one.shown(pictures[0])["why"] == "withdrawn"
    assert visitor.get(f"{page}/1.png").status_code == 404

    number, rig.now_ms = one.shown(pictures[1])["holder"], rig.now_ms + 1000
    rig.arrive(messages.visit(2, "v2", seen={"visitor_pass": number}))
    told(rig)
    two.hear()
    assert two.shown(pictures[1])["why"] == "withdrawn"
    rig.arrive(messages.visit(3, "v3", seen={"visitor_pass": "p-x", "code_refused": "withdrawn"}))
    seen = {row["visit"]: row["code_refused"] for row in hall.get("/api/visits").json()["visits"]}
    assert (seen["v2"], seen["v3"]) == (None, "withdrawn")


def test_a_pass_that_a_gate_refused_is_still_good_later(hall: httpx.Client, visitor: httpx.Client, served: Served) -> None:
    page, rig = booked(visitor), served.rig
    number = hall.get(f"{HALL}/appointments").json()[0]["reference"].lower()
    rig.arrive(messages.visit(2, "v2", seen={"visitor_pass": f"p-{number}-1", "code_refused": "early"}))
    told(rig)
    assert number not in rig.bus.sent[-1][2]
    assert visitor.get(page).status_code == 200


def test_gates_are_told_what_is_new_and_nothing_twice(hall: httpx.Client, visitor: httpx.Client, served: Served) -> None:
    rig = served.rig
    worker = Withdrawals(rig.database, rig.bus, rig.badge_signer, lambda: rig.now_ms)
    rig.bus.away = True
    assert worker.round() == 0
    rig.bus.away = False
    assert (worker.round(), worker.round()) == (2, 0)
    visitor.post(f"{booked(visitor)}/cancel")
    assert worker.round() == 2
    rig.now_ms += 86_400_000
    assert worker.round() == 2, "once a day, for a broker that has lost what it kept"


def test_a_guard_makes_an_appointment_for_a_caller_sees_who_came_and_cancels(
    hall: httpx.Client, served: Served, visitor: httpx.Client
) -> None:
    offers = hall.get(f"{HALL}/slots").json()
    assert [one["free"] for one in offers] == [3] * 12
    wish = {"begins": offers[0]["begins"], "people": 2}
    made = hall.post(f"{HALL}/appointments", json=wish).json()
    assert (made["by_phone"], len(made["reference"])) == (True, 8)
    refused = hall.post(f"{HALL}/appointments", json=wish)
    assert (refused.status_code, "2026-11-21 10:00" in refused.json()["detail"]) == (409, True)
    passes = hall.get(f"/api/appointments/{made['number']}/passes").json()
    assert len({one["svg"] for one in passes}) == 2
    served.rig.arrive(messages.visit(2, "v2", seen={"visitor_pass": passes[0]["number"]}))
    assert [one["arrived"] for one in hall.get(f"{HALL}/appointments").json()] == [1]
    assert hall.delete(f"/api/appointments/{made['number']}").status_code == 204
    assert hall.get(f"/api/appointments/{made['number']}/passes").status_code == 409
    assert hall.get(f"{HALL}/slots").json()[0]["free"] == 3
    with somebody(served, "guard", "city/north") as other:
        assert other.get(f"{HALL}/appointments").status_code == 404
        assert other.delete(f"/api/appointments/{made['number']}").status_code == 404


def test_two_visitors_at_once_never_take_the_same_place(hall: httpx.Client, visitor: httpx.Client, served: Served) -> None:
    for _ in range(3):
        booked(visitor)
    assert choose(visitor).status_code == 409
    assert len(served.rig.rows(appointment)) == 3


def test_a_form_that_makes_no_sense_or_a_time_that_is_over_makes_no_appointment(
    hall: httpx.Client, visitor: httpx.Client, served: Served
) -> None:
    for form in ({}, {"people": 7, "slot": NINE}, {"people": "x", "slot": NINE}, {"people": 1, "slot": "9" * 30}, {"people": 1}):
        assert visitor.post("/visit/south-hall", data=form).status_code == 303, form
    for begins_ms in (NINE - 3_600_000, NINE + 1, NINE + 2 * 86_400_000):
        assert choose(visitor, begins_ms).status_code == 409, begins_ms
    assert served.rig.rows(appointment) == []


def test_one_network_cannot_take_every_place(hall: httpx.Client, visitor: httpx.Client, served: Served) -> None:
    with somebody(served, "administrator", user="root") as admin:
        admin.put(HALL, json={**PLAN, "capacity": 100})
    assert [choose(visitor).status_code for _ in range(21)] == [303] * 20 + [429]


def test_nothing_about_a_person_is_asked_or_kept_and_a_day_later_nothing_at_all(
    hall: httpx.Client, visitor: httpx.Client, served: Served
) -> None:
    page, rig = booked(visitor), served.rig
    (row,) = rig.rows(appointment)
    assert set(appointment.c.keys()) == {
        "number", "reception", "begins_ms", "ends_ms", "people", "reference", "secret_sha256", "by_phone", "made_ms",
        "cancelled_ms",
    }  # fmt: skip
    assert "127.0.0.1" not in str(row)
    form = visitor.get("/visit/south-hall")
    assert form.headers.get("set-cookie") is None
    assert set(re.findall(r"<input[^>]* name=.(\w+)", form.text)) == {"people"}
    for hours, left in ((25, 1), (26, 0)):  # the slot ends at ten, two hours after now
        rig.now_ms = START_MS + hours * 3_600_000 + 1
        Retention(rig.database, RetentionSettings(), lambda: rig.now_ms).round()
        assert len(rig.rows(appointment)) == left
    assert visitor.get(page).status_code == 404


def test_an_address_that_is_none_says_so_and_too_many_of_them_are_enough(visitor: httpx.Client) -> None:
    links = ("/pass/guess", "/pass/guess/1.svg", "/badge/guess", "/badge/guess/codes")
    addresses = ("/visit/north-hall", "/board/x", "/board/x/now", *links)
    assert [visitor.get(address).status_code for address in addresses] == [404] * 7
    assert visitor.post("/pass/guess/cancel").status_code == 404
    assert [visitor.get("/pass/guess").status_code for _ in range(8)][-1] == 429


def test_a_reception_that_takes_no_appointments_has_no_such_page(
    hall: httpx.Client, visitor: httpx.Client, served: Served
) -> None:
    with somebody(served, "administrator", user="root") as admin:
        admin.put(HALL, json={**PLAN, "appointments": False})
    assert visitor.get("/visit/south-hall").status_code == 404
    assert choose(visitor).status_code == 404


WRONG: Final[tuple[dict[str, Any], ...]] = (
    {"hours": ["09:00-12:00"] * 6},
    {"hours": ["12:00-09:00"] * 7},
    {"hours": ["09:00-12:00 11:00-13:00"] * 7},
    {"hours": ["9-12"] * 7},
    {"timezone": "Mars/Olympus"},
    {"title_en": "a\nb"},
    {"capacity": 0},
)


def test_a_plan_that_cannot_be_is_refused(served: Served) -> None:
    with somebody(served, "administrator", user="root") as admin:
        for wrong in WRONG:
            assert admin.put(HALL, json={**PLAN, **wrong}).status_code == 422, wrong
        assert admin.get("/api/receptions").json() == []


def test_slots_follow_the_clock_of_the_place(served: Served, visitor: httpx.Client) -> None:
    with somebody(served, "administrator", user="root") as admin:
        admin.put(HALL, json={**PLAN, "timezone": "Asia/Shanghai", "hours": ["09:00-10:00"] * 7})
    assert START.hour == 8, "16:00 there: today is over"
    answer = visitor.get("/visit/south-hall?lang=zh")
    assert re.findall(r"<h2>(.+?)</h2>", answer.text) == ["11月22日 周日"]
    assert "09:00" in answer.text
