"""The barrier's rows of the design's table, on a whole gate: all its processes, and a circuit that lives beside them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.system.arm import Arm
from tests.system.gate import Gate
from tests.system.house import free_port, gate_names
from tests.system.refusals import edge
from tests.system.settings import circuit
from tests.system.until import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

SHUT_S = 1.0
"""From the death of the gate's process to a shut arm."""


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """One gate for all of them; its broker is away, as its cloud is."""
    folder, [name], port = tmp_path_factory.mktemp("gate"), gate_names(1), free_port()
    gate = Gate(name, folder, circuit(name, folder / f"{name}.db", free_port(), port), port)
    try:
        gate.start()
        yield gate
    finally:
        gate.program.stop()


@pytest.fixture
def arm(gate: Gate) -> Iterator[Arm]:
    """All quiet, arm shut; afterwards nobody has been struck."""
    goes_round(gate)
    arm = Arm(gate)
    arm.do()
    until(lambda: arm.doing == "shut", 30, "the arm is shut")
    yield arm
    assert arm.struck == 0


def goes_round(gate: Gate) -> None:
    """The loop makes its rounds, now."""
    now_s = time.monotonic()
    until(lambda: gate.note("gate").get("now_s", 0.0) > now_s, 60, lambda: f"the loop goes:\n{gate.program.said[-2000:]}")


def alarms(gate: Gate, kind: str) -> list[str]:
    return [event.data["state"] for event in gate.events("alert") if event.data["kind"] == kind]


def test_the_gate_process_dies_while_open_and_the_arm_is_shut_within_a_second(gate: Gate, arm: Arm) -> None:
    arm.open()
    died_s = time.monotonic()
    gate.kill_part("gate")
    assert arm.until_it_is("shut", died_s) < SHUT_S


def test_the_loop_stands_still_while_open_and_the_arm_is_shut_within_a_second(gate: Gate, arm: Arm) -> None:
    arm.open()
    pid, stopped_s = gate.pids["gate"], time.monotonic()
    os.kill(pid, signal.SIGSTOP)
    try:
        assert arm.until_it_is("shut", stopped_s) < SHUT_S
    finally:
        os.kill(pid, signal.SIGCONT)


def test_the_gate_process_dies_while_somebody_stands_under_the_arm_and_it_stays_up(gate: Gate, arm: Arm) -> None:
    arm.open()
    arm.do(person_under=True)
    pid = gate.pids["gate"]
    died_s = time.monotonic()
    gate.kill_part("gate")
    until(lambda: not psutil.pid_exists(pid), 10, "it is dead")
    goes_round(gate)
    assert [doing for _, doing in arm.since(died_s)] == []
    left_s = arm.do(person_under=False)
    arm.until_it_is("shut", left_s)


def test_fire_with_the_gate_process_dead_opens(gate: Gate, arm: Arm) -> None:
    pid = gate.pids["gate"]
    supervisor = psutil.Process(pid).parent()
    assert supervisor is not None
    supervisor.suspend()  # so that the gate's process stays dead
    try:
        gate.kill_part("gate")
        fire_s = arm.do(fire=True)
        assert arm.until_it_is("open", fire_s) < SHUT_S
        assert psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    finally:
        supervisor.resume()
    goes_round(gate)
    assert (gate.note("gate")["verdict"], gate.note("gate")["reason"]) == ("hold", "fire")
    until(lambda: alarms(gate, "fire")[-1:] == ["raised"], 10, "fire is an alarm")
    assert not {"shut", "shutting"} & {doing for _, doing in arm.since(fire_s)}
    over_s = arm.do(fire=False)
    arm.until_it_is("shut", over_s)
    until(lambda: alarms(gate, "fire")[-1:] == ["returned"], 10, "the alarm returns")


@pytest.mark.parametrize("wire", ["loop_cut", "sense_cut"])
def test_a_cut_fire_wire_is_fire(gate: Gate, arm: Arm, wire: str) -> None:
    cut_s = arm.do(**{wire: True})
    arm.until_it_is("open", cut_s)
    until(lambda: alarms(gate, "fire")[-1:] == ["raised"], 10, "it is an alarm")
    whole_s = arm.do(**{wire: False})
    arm.until_it_is("shut", whole_s)
    until(lambda: alarms(gate, "fire")[-1:] == ["returned"], 10, "the alarm returns")


def test_more_people_through_than_passes_is_told(gate: Gate, arm: Arm) -> None:
    arm.open()
    arm.do(passed=20)  # more than the guard can have let in until the arm was up
    until(lambda: alarms(gate, "tailgating")[:1] == ["raised"], 30, "somebody slipped through")


def test_a_hand_at_the_circuit_by_command(gate: Gate, arm: Arm) -> None:
    said = edge("circuit", gate.settings, "--fire")
    assert said.code == 0, said.text
    until(lambda: arm.doing == "open", 10, "the arm is open")
    assert "open" in edge("circuit", gate.settings, "--no-fire").text


def test_a_plain_level_output_is_refused(gate: Gate, tmp_path: Path) -> None:
    settings = tmp_path / "gate.toml"
    settings.write_text(gate.settings.read_text(encoding="utf-8").replace('kind = "pulse"', 'kind = "level"'), encoding="utf-8")
    edge("check", settings).refuses("barrier", "stays as it is", remedy="Correct")
