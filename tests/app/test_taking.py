"""The supervisor hears of new settings: those that cannot be stop no gate, those that fail are taken back, byte for byte."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from edge.app.rundir import RunDir
from edge.app.taking import ARM_S, Taking
from edge.config import GateConfig, load_gate
from edge.config.draft import Draft
from edge.config.effect import ANSWERED, ASKED, Answer, Ask, State
from edge.config.history import Why, formers, keep, undo
from edge.supervisor import Fails
from tests.clocks import FakeClock

SIMULATED = Path(__file__).parents[2] / "firmware_configs" / "gates" / "simulated.toml"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
FAILS = Fails("kiosk ended again and again")


class Asked:
    """A gate's settings file, the boards of its run, and the supervisor's ear; the test is technician and processes."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "gate.toml"
        self.file.write_bytes(SIMULATED.read_bytes())
        self.config = load_gate(self.file)
        self.rundir = RunDir(folder / "run")
        self.rundir.path.mkdir()
        self.rundir._fill(self.config)
        self.clock = FakeClock()
        self.taking = Taking(self.file, self.rundir, self.clock)

    def change(self, key: str, value: object) -> None:
        draft = Draft.of(self.file)
        draft.set(key, value)  # type: ignore[arg-type]
        keep(draft, "technician", NOW)

    def ask(self) -> GateConfig | None:
        Ask.put(self.rundir.board(ASKED), "technician", self.clock.monotonic_s())
        return self.taking.wanted(self.config)

    def answer(self) -> Answer:
        note = self.rundir.board(ANSWERED).read()
        assert note is not None
        return Answer.of(note)


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    return Asked(tmp_path)


def test_nobody_asks_nothing_is_read_again(asked: Asked) -> None:
    asked.change("simulation.seed", 7)
    assert asked.taking.wanted(asked.config) is None
    assert asked.rundir.board(ANSWERED).read() is None


def test_who_asks_gets_what_the_file_says_now_and_hears_that_it_was_taken(asked: Asked) -> None:
    asked.change("simulation.seed", 7)
    wanted = asked.ask()
    assert wanted is not None
    assert wanted.simulation.seed == 7
    assert asked.answer().state is State.STARTING
    assert asked.taking.heard(judged=False) is None
    assert asked.taking.heard(judged=True) is None
    assert asked.answer().state is State.TAKEN
    assert asked.taking.wanted(wanted) is None, "one ask is answered once"


def test_the_loop_is_not_ended_while_somebody_walks_through_and_an_arm_that_stays_up_is_not_waited_for(asked: Asked) -> None:
    gate = asked.rundir.board("gate")
    gate.post({"barrier_open": True}, 1.0)
    asked.change("simulation.seed", 7)
    assert asked.ask() is None
    gate.post({"barrier_open": False}, 2.0)
    assert asked.taking.wanted(asked.config) is not None
    asked.taking.heard(judged=True)
    gate.post({"barrier_open": True}, 3.0)
    asked.change("simulation.seed", 8)
    assert asked.ask() is None
    asked.clock.advance(ARM_S + 0.1)
    assert asked.taking.wanted(asked.config) is not None


def test_settings_the_gate_does_not_come_up_with_are_taken_back_and_kept_beside_as_undone(asked: Asked) -> None:
    asked.change("simulation.seed", 7)
    tried = asked.file.read_bytes()
    asked.ask()
    assert asked.taking.heard(FAILS) == asked.config
    assert (asked.answer().state, asked.answer().why) == (State.BACK, FAILS.why)
    assert asked.file.read_bytes() == SIMULATED.read_bytes()
    assert [(one.why, one.text.encode()) for one in formers(asked.file)] == [(Why.UNDONE, tried)]
    assert asked.taking.heard(FAILS) is None, "the former settings are not on trial"


def test_several_steps_at_once_are_taken_back_together(asked: Asked) -> None:
    for seed in (7, 8, 9):
        asked.change("simulation.seed", seed)
    asked.ask()
    asked.taking.heard(FAILS)
    assert asked.file.read_bytes() == SIMULATED.read_bytes()
    assert [one.why for one in formers(asked.file)] == [Why.UNDONE]


def test_an_undo_that_fails_is_undone(asked: Asked) -> None:
    asked.change("simulation.seed", 7)
    asked.ask()
    asked.taking.heard(judged=True)
    works = asked.file.read_bytes()
    undo(asked.file, "technician", NOW)
    asked.ask()
    asked.taking.heard(FAILS)
    assert asked.file.read_bytes() == works


def test_settings_that_cannot_be_never_stop_the_gate(asked: Asked) -> None:
    asked.file.write_text(SIMULATED.read_text().replace("seed = 1", "seed = true"))
    assert asked.ask() is None
    assert asked.answer().state is State.BACK
    assert "`simulation.seed`" in asked.answer().why
    assert asked.file.read_bytes() == SIMULATED.read_bytes()


def test_what_somebody_else_wrote_meanwhile_is_theirs(asked: Asked) -> None:
    asked.change("simulation.seed", 7)
    asked.ask()
    asked.change("simulation.seed", 11)
    asked.taking.heard(FAILS)
    assert load_gate(asked.file).simulation.seed == 11


def test_a_power_failure_while_new_settings_are_tried_leaves_something_to_go_back_to(asked: Asked) -> None:
    asked.change("simulation.seed", 7)
    asked.ask()
    after = Taking(asked.file, asked.rundir, asked.clock)
    assert load_gate(asked.file).simulation.seed == 7
    former = after.heard(FAILS)
    assert former is not None
    assert former.simulation.seed == 1
    assert asked.file.read_bytes() == SIMULATED.read_bytes()


@pytest.mark.parametrize("judged", [True, FAILS])
def test_what_is_known_is_not_tried_again_at_the_next_start(asked: Asked, judged: Fails | bool) -> None:
    asked.change("simulation.seed", 7)
    asked.ask()
    asked.taking.heard(judged)
    assert Taking(asked.file, asked.rundir, asked.clock).heard(FAILS) is None


def test_an_ask_that_comes_while_another_is_at_work_waits_for_its_turn(asked: Asked) -> None:
    asked.change("simulation.seed", 7)
    asked.ask()
    asked.change("simulation.seed", 8)
    assert asked.ask() is None
    asked.taking.heard(judged=True)
    wanted = asked.taking.wanted(asked.config)
    assert wanted is not None
    assert wanted.simulation.seed == 8


def test_other_settings_leave_the_boards_as_they_are(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.app.rundir.MEMORY", asked.rundir.path.parent)
    config = load_gate(asked.file)
    rundir, lock = RunDir.create(config, asked.file)
    rundir.board("gate").post({"alarms": ["fire"]}, 5.0)
    same, lock = rundir.renewed(config.model_copy(update={"simulation": config.simulation.model_copy(update={"seed": 3})}), lock)
    assert same.board("gate").read() == {"alarms": ["fire"]}
    assert same.config().simulation.seed == 3
    other, lock = same.renewed(config.model_copy(update={"gate": "north-1"}), lock)
    assert (other.path.name, other.settings) == (other.path.name, asked.file.resolve())
    assert other.path != same.path
    assert not same.path.exists()
    assert (other.board("gate").read(), other.board("gate").beat_s) == ({"alarms": ["fire"]}, 5.0)
    lock.close()
