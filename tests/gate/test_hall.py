"""A building that may hold so many, its two doors, and who waits outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from gpiozero import Device
from gpiozero.pins.mock import MockFactory
from pydantic import ValidationError

from contract.messages.alert import AlertKind
from contract.verdicts import Reason, Verdict
from edge.actuators.log_barrier import LogBarrier
from edge.actuators.passage_sensor import STUCK_S, PassageSensor
from edge.app.arm import wires_of
from edge.app.gate_part import entrance_of
from edge.app.rundir import RunDir
from edge.board import Board
from edge.config import GateConfig
from edge.config.occupancy import ExitContact, OccupancyConfig
from edge.gate.entrance import Entrance
from edge.gate.hall import FULL, Hall, kept
from edge.sim.circuit.circuit import Circuit
from edge.sim.circuit.lines import Lines
from edge.sim.circuit.pins import SharedFactory
from edge.sim.circuit.wiring import drive_of, wiring_of
from edge.sim.hand import Hand
from tests.clocks import FakeClock
from tests.gate.fed import Fed, Tick
from tests.lane.scene import Scene

CONFIG = OccupancyConfig(limit=3, resume_fewer=2, exit=ExitContact(source="contact", line=22))
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class Door:
    """Counts whoever the test says."""

    passed: int = 0
    trouble: str | None = None

    def look(self, now_s: float) -> int:
        assert now_s > 0
        return self.passed


@dataclass
class Wires:
    fire: bool = False


@dataclass
class House:
    """An entrance with both doors, as the loop asks it; `restart` is a new process of the gate."""

    folder: Path
    config: OccupancyConfig = CONFIG
    clock: FakeClock = field(default_factory=FakeClock)
    contact: Wires = field(default_factory=Wires)

    def __post_init__(self) -> None:
        self.board, self.heads = Board.create(self.folder / "gate"), Board.create(self.folder / "heads")
        self.said: list[tuple[str, str]] = []
        self.restart()

    def restart(self) -> None:
        self.into, self.out = Door(), Door()
        now_s = self.clock.now_s
        self.hall = Hall(self.config, self.out, self.heads, SHANGHAI, self.clock, kept(self.board, now_s))
        self.entrance = Entrance(LogBarrier(self.clock), self.contact, self.into, self.hall)
        self.entrance.assume((self.board.read() or {}).get("alarms", ()), now_s)

    def run(self, seconds: float, into: int = 0, out: int = 0) -> House:
        """So many go in and out, and then time passes."""
        self.into.passed += into
        self.out.passed += out
        for _ in range(max(1, min(200, round(seconds / 0.04)))):
            self.clock.advance(max(0.04, seconds / 200))
            now_s = self.clock.now_s
            self.entrance.look(now_s)
            changes = self.entrance.changes(100_000, now_s)
            self.said += [(change.kind.value, change.state) for change in changes if change.kind is AlertKind.OCCUPANCY]
            self.board.post({"occupancy": self.hall.note, "alarms": self.entrance.raised}, now_s)
        return self

    @property
    def people(self) -> int | None:
        return self.hall.data.people


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_newcomers_wait_while_it_is_full_and_until_enough_have_left(house: House) -> None:
    house.run(1.0, into=3)
    assert (house.people, house.entrance.full) == (3, True)
    house.run(1.0, out=1)
    assert house.entrance.full, "one who leaves is not enough"
    house.run(1.0, out=1)
    assert (house.people, house.entrance.full, house.said) == (1, False, [])


def test_who_goes_out_unseen_coming_in_is_drift_and_no_negative_number(house: House) -> None:
    house.run(1.0, into=1).run(1.0, out=3)
    assert (house.people, house.hall.data.clipped) == (0, 2)


def test_a_new_process_of_the_gate_knows_who_is_inside(house: House) -> None:
    house.run(1.0, into=3)
    house.restart()
    house.run(1.0)
    assert (house.people, house.entrance.full) == (3, True)
    house.restart()
    house.run(1.0, out=2)
    assert (house.people, house.entrance.full) == (1, False)


def test_a_process_that_ended_in_the_middle_of_its_note_is_no_empty_building(house: House) -> None:
    house.run(1.0, into=3)
    house.board._marks[0] |= 1
    house.restart()
    house.run(3.0)
    assert (house.people, house.entrance.full, house.said) == (None, False, [("occupancy", "raised")])


def test_at_three_at_night_of_the_site_the_building_is_empty_and_what_was_left_over_is_told(tmp_path: Path) -> None:
    clock = FakeClock(began=datetime(2026, 11, 21, 18, 58, tzinfo=UTC))  # 02:58 in Shanghai
    house = House(tmp_path, clock=clock).run(60.0, into=3)
    assert house.people == 3
    house.restart()
    house.run(90.0)
    assert (house.people, house.hall.data.left_over, house.entrance.full) == (0, 3, False)
    house.run(3600.0, into=2)
    assert house.people == 2, "once a day"


def test_a_clock_that_boots_in_1970_begins_no_day_and_nor_does_its_correction(tmp_path: Path) -> None:
    clock = FakeClock(began=datetime(1970, 1, 1, tzinfo=UTC))
    house = House(tmp_path, clock=clock).run(3.0, into=2)
    clock.began = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
    assert house.run(3.0).people == 2


def test_when_nobody_counts_the_exits_nobody_is_held_and_it_is_said(house: House) -> None:
    house.run(1.0, into=3)
    house.out.trouble = "the contact has been closed for 60 s"
    house.run(3.0)
    assert (house.people, house.entrance.full, house.said) == (None, False, [("occupancy", "raised")])
    assert house.entrance.why(AlertKind.OCCUPANCY) == "the contact has been closed for 60 s"
    house.out.trouble = None
    house.run(5.0)
    assert (house.entrance.full, house.said[-1]) == (True, ("occupancy", "returned"))


def test_an_exit_that_is_silent_for_hours_is_not_believed_until_somebody_goes_out(house: House) -> None:
    house.run(1.0, into=3).run(3600 * CONFIG.silent_h + 5.0)
    assert (house.people, house.entrance.full) == (None, False)
    house.run(1.0, out=1)
    assert house.people == 2
    quiet = house.run(1.0, out=2).run(3600 * CONFIG.silent_h + 5.0)
    assert quiet.people == 0, "an empty building is quiet"


def test_after_a_fire_alarm_nobody_knows_until_somebody_has_counted(house: House) -> None:
    house.run(1.0, into=3)
    house.contact.fire = True
    house.run(5.0, out=1)
    house.contact.fire = False
    house.run(5.0)
    assert (house.people, house.entrance.full) == (None, False)
    house.heads.post({"people": 7, "told_s": house.clock.now_s}, house.clock.now_s)
    house.run(1.0)
    assert (house.people, house.entrance.full) == (7, True)
    house.restart()
    assert house.run(1.0, out=1).people == 6, "a head count is taken in once"


def test_without_a_sensor_at_the_way_in_the_openings_are_the_entries(tmp_path: Path) -> None:
    clock, board, heads = FakeClock(), Board.create(tmp_path / "gate"), Board.create(tmp_path / "heads")
    hall = Hall(CONFIG, Door(), heads, None, clock, kept(board, clock.now_s))
    entrance = Entrance(LogBarrier(clock), hall=hall)
    for openings in (1, 2, 3):
        entrance.changes(openings, clock.now_s + openings)
    assert (hall.data.people, entrance.full) == (3, True)


def test_a_full_house_is_a_hold_with_its_reason_and_no_pass_holds_in_it() -> None:
    scene = Scene()
    for _ in range(60):
        step = scene.lane.step(scene.now_s, [scene.face()], None, hold=FULL)
        scene.now_s += 0.04
        assert step.passing is None
    assert (FULL.verdict, FULL.reason) == (Verdict.HOLD, Reason.FULL)


def test_the_last_one_to_be_let_in_goes_in_and_the_next_one_waits(tmp_path: Path) -> None:
    fed = Fed(tmp_path)
    heads = Board.create(tmp_path / "heads.test")
    one = CONFIG.model_copy(update={"limit": 1, "resume_fewer": 1})
    fed.loop._entrance.hall = Hall(one, Door(), heads, None, fed.clock, kept(fed.board, fed.clock.now_s))
    first = [told for _ in range(30) for told in fed.round(Tick())]
    passed = next(index for index, told in enumerate(first) if told.announced)
    opened = next(index for index, told in enumerate(first) if told.open)
    assert all(told.open for told in first[opened:][:20]), "the arm stays up for who was let in, although it is full by now"
    assert opened - passed < 5
    for _ in range(40):
        fed.round(Tick(faces=()))
    second = [told for _ in range(30) for told in fed.round(Tick())]
    assert not any(told.announced or told.open for told in second)
    note = fed.board.read() or {}
    assert (note["verdict"], note["reason"], note["occupancy"]["people"]) == ("hold", "full", 1)


def test_two_contacts_on_real_lines_count_those_who_go_in_and_out(tmp_path: Path) -> None:
    tree = {
        "gate": "hall",
        "colour": {"source": "simulated"},
        "thermal": {"source": "none"},
        "screening": {"temperature": False},
        "uplink": {"database": tmp_path / "gate.db"},
        "inputs": {"passage_line": 25},
        "occupancy": {"limit": 3, "exit": {"source": "contact", "line": 22}},
        "simulation": {"circuit": True},
    }
    config, clock, before = GateConfig.model_validate(tree), FakeClock(), Device.pin_factory
    rundir, lines = RunDir(tmp_path), Lines.create(tmp_path / "lines.test")
    rundir._fill(config)
    circuit = Circuit(wiring_of(config), drive_of(config), lines, clock.now_s)
    Device.pin_factory = SharedFactory(lines, clock.monotonic_s)
    try:
        wires = wires_of(config, clock)
        entrance = entrance_of(config, wires, rundir, clock)
        for hand in (Hand(passed=3), Hand(passed=3, left=2)):
            for _ in range(60):
                clock.advance(0.04)
                circuit.advance(clock.now_s, hand)
                entrance.look(clock.now_s)
                entrance.changes(0, clock.now_s)
            assert entrance.inside is not None
            assert (entrance.inside.people, entrance.full) == (3 - hand.left, not hand.left)
        wires.close()
    finally:
        Device.pin_factory = before


def test_a_contact_that_stays_closed_counts_one_and_is_not_believed() -> None:
    before, Device.pin_factory = Device.pin_factory, MockFactory()
    try:
        sensor, pin = PassageSensor(22, 0.2, "occupancy.exit.line"), Device.pin_factory.pin(22)
        assert sensor.look(1.0) == 0
        pin.drive_low()
        assert [sensor.look(2.0 + second) for second in range(round(STUCK_S) + 1)][-1] == 1
        assert sensor.trouble is not None
        assert "occupancy.exit.line" in sensor.trouble
        pin.drive_high()
        assert sensor.look(100.0) == 1
        assert not sensor.trouble
    finally:
        Device.pin_factory.reset()
        Device.pin_factory = before


@pytest.mark.parametrize(
    ("occupancy", "wrong"),
    [
        ({"limit": 50}, "occupancy.exit"),
        ({"limit": 2, "resume_fewer": 3, "exit": {"source": "contact", "line": 22}}, "never open again"),
        ({"zero_at": "24:00"}, "no time of a day"),
        ({"exit": {"source": "contact", "line": 25}}, "both GPIO line 25"),
    ],
)
def test_a_limit_that_cannot_work_is_refused(occupancy: dict[str, object], wrong: str) -> None:
    tree = {
        "gate": "hall",
        "colour": {"source": "simulated"},
        "thermal": {"source": "none"},
        "screening": {"temperature": False},
        "uplink": {"database": "/tmp/gate.db"},
        "inputs": {"passage_line": 25},
        "occupancy": occupancy,
    }
    with pytest.raises(ValidationError, match=wrong):
        GateConfig.model_validate(tree)
