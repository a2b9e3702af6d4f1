"""What the wires around the arm say becomes alarms, once, and returns once."""

from __future__ import annotations

from contract.messages.alert import AlertKind
from edge.actuators.log_barrier import LogBarrier
from edge.gate.entrance import Entrance
from tests.clocks import FakeClock

TICK_S = 0.04


class Arm(LogBarrier):
    """A drive that may be away."""

    def __init__(self) -> None:
        super().__init__(FakeClock())
        self.trouble: str | None = None


class Contact:
    def __init__(self) -> None:
        self.fire = False


class Sensor:
    trouble: str | None = None

    def __init__(self) -> None:
        self.passed = 0

    def look(self, now_s: float) -> int:
        del now_s
        return self.passed


class Around:
    """An entrance and the time that passes there."""

    def __init__(self) -> None:
        self.arm, self.contact, self.sensor = Arm(), Contact(), Sensor()
        self.now_s, self.said = 100.0, list[tuple[str, str]]()
        self.begin()

    def begin(self, *standing: str) -> None:
        self.entrance = Entrance(self.arm, self.contact, self.sensor)
        self.entrance.assume(standing, self.now_s)

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds / TICK_S)):
            self.now_s += TICK_S
            self.entrance.look(self.now_s)
            self.said += [(change.kind.value, change.state) for change in self.entrance.changes(0, self.now_s)]


def test_a_drive_that_does_not_answer_is_told_with_what_it_said() -> None:
    around = Around()
    around.arm.trouble = "the relay does not answer (late)"
    around.run(2.0)
    assert around.said == [("barrier", "raised")]
    assert around.entrance.why(AlertKind.BARRIER) == "the relay does not answer (late)"
    assert around.entrance.why(AlertKind.FIRE) == ""
    around.arm.trouble = None
    around.run(3.0)
    assert around.said == [("barrier", "raised"), ("barrier", "returned")]


def test_a_process_that_begins_in_a_fire_knows_it_at_the_first_look() -> None:
    around = Around()
    around.contact.fire = True
    assert around.entrance.look(around.now_s)


def test_alarms_of_the_process_before_are_over_once_and_not_raised_twice() -> None:
    around = Around()
    around.contact.fire = True
    around.begin("fire", "barrier", "tailgating", "recheck")
    around.run(15.0)
    assert sorted(around.said) == [("barrier", "returned"), ("tailgating", "returned")]
    assert around.entrance.raised == ["fire"]


def test_a_key_areas_alarm_of_the_process_before_returns_under_its_own_name() -> None:
    around = Around()
    around.entrance = Entrance(around.arm, around.contact, around.sensor, key_area=True)
    around.entrance.assume(["unregistered_entry", "tailgating"], around.now_s)
    around.run(15.0)
    assert around.said == [("unregistered_entry", "returned")]


def test_a_gate_without_wires_says_nothing() -> None:
    entrance = Entrance(Arm())
    assert not entrance.look(1.0)
    assert entrance.changes(5, 1.0) == []
    assert entrance.passed is None
