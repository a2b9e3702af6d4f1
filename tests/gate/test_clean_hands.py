"""A dispenser's counter and a press on the kiosk become clean hands of one person; the whole gate writes it down."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contract.verdicts import Hands
from edge.board import Board
from edge.config import GateConfig
from edge.gate.clean_hands import CleanHands
from edge.sensors.dispensers import Dispensers
from edge.sensors.reading import Reading, Trouble
from tests.gate.fed import Fed, Seen, Tick

NOW_S = 1000.0


class Wall:
    """A dispenser on the wall, the kiosk beside it, and what the gate makes of both."""

    def __init__(self, folder: Path, within_s: float = 60.0) -> None:
        self.uses, self.said = Board.create(folder / "dispensers"), Board.create(folder / "washed")
        self.counter = Dispensers(["canteen"], self.uses)
        self.hands = CleanHands(self.uses, self.said, within_s)

    def counts(self, value: float | None, at_s: float = NOW_S, sensor: str = "canteen", quantity: str = "count") -> None:
        self.counter.take([Reading(sensor, quantity, value, None if value is not None else Trouble.OFFLINE, at_s)])
        self.hands.look()

    def press(self, visit: str) -> None:
        self.said.post({"visit": visit, "pressed_s": NOW_S}, NOW_S)
        self.hands.look()


@pytest.fixture
def wall(tmp_path: Path) -> Wall:
    return Wall(tmp_path)


def test_one_use_is_one_persons(wall: Wall) -> None:
    wall.counts(41.0)
    wall.counts(42.0)
    assert [wall.hands.of(visit, NOW_S + 1) for visit in ("v1", "v2")] == [Hands.DISPENSER, Hands.NONE]
    assert wall.hands.take_news() == ["v1"]


def test_a_use_of_long_ago_is_nobodys(wall: Wall) -> None:
    wall.counts(41.0)
    wall.counts(42.0)
    assert wall.hands.of("v1", NOW_S + 61) is Hands.NONE


def test_a_first_value_and_one_after_a_silence_say_nothing_of_when_it_rose(wall: Wall) -> None:
    wall.counts(41.0)
    assert wall.hands.of("v1", NOW_S) is Hands.NONE
    wall.counts(None)
    wall.counts(57.0)
    assert wall.hands.of("v1", NOW_S) is Hands.NONE
    wall.counts(3.0)  # its device was started again
    assert wall.hands.of("v1", NOW_S) is Hands.NONE
    wall.counts(4.0)
    assert wall.hands.of("v1", NOW_S) is Hands.DISPENSER


def test_another_sensor_and_another_quantity_are_no_use(wall: Wall) -> None:
    for value in (1.0, 2.0):
        wall.counts(value, sensor="toilet")
        wall.counts(value, quantity="level_pct")
    assert wall.hands.of("v1", NOW_S) is Hands.NONE


def test_a_press_is_of_the_visit_that_was_asked_and_counts_once(wall: Wall) -> None:
    wall.press("v2")
    assert [wall.hands.of(visit, NOW_S) for visit in ("v1", "v2", "v2")] == [Hands.NONE, Hands.CONFIRMED, Hands.NONE]


def test_uses_and_presses_from_before_the_gate_began_are_nobodys(wall: Wall) -> None:
    wall.counts(41.0)
    wall.counts(42.0)
    wall.press("v1")
    assert CleanHands(wall.uses, wall.said, 60.0).of("v1", NOW_S) is Hands.NONE


def test_a_process_of_sensors_that_begins_anew_is_counted_from_nothing(wall: Wall) -> None:
    for value in (1.0, 2.0, 3.0):
        wall.counts(value)
    assert [wall.hands.of(visit, NOW_S) for visit in ("v1", "v2", "v3")] == [Hands.DISPENSER, Hands.DISPENSER, Hands.NONE]
    wall.counter = Dispensers(["canteen"], wall.uses)
    wall.counts(3.0)
    wall.counts(4.0)
    assert [wall.hands.of(visit, NOW_S) for visit in ("v4", "v5")] == [Hands.DISPENSER, Hands.NONE]


@given(steps=st.lists(st.integers(0, 3), max_size=12), asked=st.lists(st.integers(0, 3), max_size=12))
def test_there_are_never_more_clean_hands_than_uses(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int], asked: list[int]
) -> None:
    wall, value, clean = Wall(tmp_path_factory.mktemp("wall")), 0.0, 0
    wall.counts(value)
    for index, (step, people) in enumerate(zip(steps, asked, strict=False)):
        value += step
        wall.counts(value)
        clean += sum(wall.hands.of(f"v{index}-{one}", NOW_S) is Hands.DISPENSER for one in range(people))
    assert clean <= value


def board(folder: Path, name: str) -> Board:
    """As the process that writes on it has it."""
    return Board(folder / f"{name}.board")


def told(fed: Fed) -> list[tuple[str, str | None]]:
    return [(visit["verdict"], visit["hands"]) for visit in fed.visits]


def test_an_entry_without_clean_hands_is_asked_let_in_and_written_down_and_so_is_the_word_after_it(tmp_path: Path) -> None:
    """Q5: an entry without a hand-disinfection event is prompted and counted."""
    fed = Fed(tmp_path, hands={"mode": "ask"})
    opened = [one for _ in range(20) for one in fed.round(Tick())]
    assert opened[-1].open
    note = fed.board.read() or {}
    assert (note["verdict"], note["hands"]) == ("pass", {"visit": fed.visits[0]["visit"], "hands": "none"})
    assert told(fed) == [("pass", "none")]
    board(tmp_path, "washed").post({"visit": fed.visits[0]["visit"], "pressed_s": 1.0}, 1.0)
    fed.round(Tick())
    assert told(fed) == [("pass", "none"), ("pass", "confirmed")]
    assert [visit["revision"] for visit in fed.visits] == [0, 1]


def test_where_hands_are_required_the_barrier_waits_for_the_dispenser_and_for_nothing_else(tmp_path: Path) -> None:
    fed = Fed(tmp_path, hands={"mode": "require", "within_s": 30})
    waited = [one for _ in range(30) for one in fed.round(Tick())]
    note = fed.board.read() or {}
    assert (note["verdict"], note["reason"]) == ("wait", "wash_hands")
    assert not any(one.open or one.announced for one in waited)
    now_s = fed.clock.monotonic_s()
    board(tmp_path, "dispensers").post({"uses": 1, "used_s": now_s}, now_s)
    went = [one for _ in range(8) for one in fed.round(Tick())]
    assert went[-1].open
    assert told(fed) == [("pass", "dispenser")]


def test_a_use_does_not_let_in_who_wears_no_mask(tmp_path: Path) -> None:
    fed = Fed(tmp_path, hands={"mode": "require"})
    now_s = fed.clock.monotonic_s()
    board(tmp_path, "dispensers").post({"uses": 1, "used_s": now_s}, now_s)
    went = [one for _ in range(40) for one in fed.round(Tick(faces=(Seen(mask="absent"),)))]
    assert not any(one.open for one in went)
    assert told(fed) == [("put_on_mask", "dispenser")]


def test_who_names_a_dispenser_that_does_not_count_is_told(tmp_path: Path) -> None:
    tree = {"gate": "g", "colour": {"source": "simulated"}, "thermal": {"source": "none"}, "screening": {"temperature": False}}
    with pytest.raises(ValidationError, match="give it the quantity `count`"):
        GateConfig.model_validate({**tree, "hands": {"dispensers": ["canteen"]}, "uplink": {"database": tmp_path / "x.db"}})
