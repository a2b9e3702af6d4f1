"""Whoever asks a running gate to take its settings hears what came of it, also when the gate has another name with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from contract.errors import MenshenError
from edge.app.asking import PATIENCE_S, take_effect
from edge.app.rundir import RunDir
from edge.config.effect import ANSWERED, ASKED, Answer, Ask, State
from tests.clocks import FakeClock
from tests.sim.gates import simulated_gate


def run_of(gate: str) -> RunDir:
    rundir, lock = RunDir.create(simulated_gate().model_copy(update={"gate": gate}))
    lock.close()
    return rundir


def answering(place: RunDir, asked: RunDir, clock: FakeClock, *states: State) -> Callable[[float], None]:
    """The supervisor, one state after the other while the asker waits."""
    waiting = list(states)

    def pause(seconds: float) -> None:
        clock.advance(seconds)
        note = asked.board(ASKED).read()
        if note is not None and waiting:
            place.board(ANSWERED).post(Answer(Ask.of(note).name, waiting.pop(0), "", 0.0).note(), 0.0)

    return pause


@pytest.fixture(autouse=True)
def _memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.app.rundir.MEMORY", tmp_path)


def test_the_answer_is_waited_for_until_it_is_settled() -> None:
    clock, gate = FakeClock(), run_of("south-1")
    pause = answering(gate, gate, clock, State.STARTING, State.STARTING, State.BACK)
    assert take_effect(gate, "a test", clock, "south-1", pause).state is State.BACK


def test_a_gate_that_takes_another_name_answers_from_its_new_folder() -> None:
    clock, gate, other = FakeClock(), run_of("south-1"), run_of("north-1")
    pause = answering(other, gate, clock, State.STARTING, State.TAKEN)
    assert take_effect(gate, "a test", clock, "north-1", pause).state is State.TAKEN


def test_an_answer_to_somebody_else_is_none_and_silence_is_told() -> None:
    clock, gate = FakeClock(), run_of("south-1")
    gate.board(ANSWERED).post(Answer("another", State.TAKEN, "", 0.0).note(), 0.0)
    began_s = clock.monotonic_s()
    with pytest.raises(MenshenError, match="does not answer"):
        take_effect(gate, "a test", clock, "south-1", clock.advance)
    assert clock.monotonic_s() - began_s >= PATIENCE_S
