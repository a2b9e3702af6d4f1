"""Kill -9 of every process while people walk up: nothing is lost, nothing comes twice, and the gate goes on by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.system.books import agree, decisions_at, decisions_in_ledger, nothing_lost_before_the_disk
from tests.system.gate import Gate
from tests.system.house import House, gate_names, open_house
from tests.system.settings import walk_up
from tests.system.until import until

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.timeout(420)]

DECISION_S = 30.0
BACK_S = 75.0
"""A gate that found no broker tries again after up to a minute, by chance: ten thousand gates must not come back at once."""


def test_whatever_is_killed_nothing_is_lost_and_nothing_comes_twice(tmp_path: Path) -> None:
    [name] = gate_names(1)
    with open_house(tmp_path, [name]) as house:
        gate = house.add_gate(name, walk_up(name))
        gate.start()
        _one_more_decision(gate)
        for part in ("colour", "thermal"):
            _kill_part(gate, part)
        for part in ("gate", "uplink"):
            _kill_part(gate, part)
            _one_more_decision(gate)
        _kill_broker(house, gate)
        _kill_cloud(house, gate)
        _kill_supervisor(house, gate)
        _one_more_decision(gate)
        until(lambda: agree(house, [gate]), 30, lambda: f"the books agree; waiting: {gate.waiting()}")
        decided = decisions_at(gate)
        assert len(set(decided)) == len(decided)
        assert sorted(decisions_in_ledger(house, gate)) == sorted(decided)
        assert nothing_lost_before_the_disk(gate)
        assert gate.ready


def _one_more_decision(gate: Gate) -> None:
    """The gate judges somebody it has not judged before."""
    before = len(decisions_at(gate))
    until(lambda: len(decisions_at(gate)) > before, DECISION_S, "somebody is judged")


def _kill_part(gate: Gate, part: str) -> None:
    """It comes back under another pid."""
    before = gate.restarts[part]
    killed = gate.kill_part(part)
    until(lambda: gate.restarts[part] > before and gate.pids[part] not in {0, killed}, 10, f"{part} is started again")


def _kill_broker(house: House, gate: Gate) -> None:
    """Screening goes on, and what was decided waits on disk until the broker is back."""
    house.broker.kill()
    _one_more_decision(gate)
    assert gate.waiting() > 0
    house.broker.start()
    until(lambda: gate.waiting() == 0, BACK_S, "what waited has gone out")


def _kill_cloud(house: House, gate: Gate) -> None:
    """The same with nobody behind the broker."""
    house.cloud.kill()
    _one_more_decision(gate)
    assert gate.waiting() > 0
    house.start_cloud()
    until(lambda: gate.waiting() == 0, BACK_S, "what waited has gone out")


def _kill_supervisor(house: House, gate: Gate) -> None:
    """Its processes end with it, and a new one takes up what they left."""
    gate.program.kill()
    rundir = str(gate.rundir.path)
    until(lambda: not any(rundir in one.cmdline() for one in house.processes()), 10, "the parts end with their supervisor")
    gate.start()
