"""The folder of a running gate: what its processes say to each other there."""

from __future__ import annotations

from pathlib import Path

import pytest

from edge.app.rundir import RunDir
from edge.config.quantities import QUANTITIES
from edge.config.sensors import ModbusSensor
from edge.sensors.newest import Newest
from edge.sensors.reading import Reading, Trouble
from tests.sim.gates import simulated_gate


class Many:
    """Every quantity there is, of a sensor with the longest name and place."""

    quantities = tuple(QUANTITIES)

    def __init__(self, number: int) -> None:
        told = {"name": f"sensor-{number:03}".ljust(40, "x"), "place": "East hall, second floor, behind the lift".ljust(40)[:40]}
        self.told = ModbusSensor.model_validate({**told, "map": "xy_md02", "host": "192.0.2.1"})


def test_the_screens_of_a_gate_get_thousands_of_readings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.app.rundir.MEMORY", tmp_path)
    rundir, lock = RunDir.create(simulated_gate())
    try:
        sensors = [Many(number) for number in range(150)]
        newest = Newest(sensors, 0.0)
        for one in sensors:
            newest.take([Reading(one.told.name, quantity, None, Trouble.HANGS, 1.0) for quantity in QUANTITIES])
        board = rundir.board("sensors")
        board.post({"readings": newest.board()}, 1.0)
        said = rundir.board("sensors").read()
        assert said is not None
        assert len(said["readings"]) == 150 * len(QUANTITIES) > 4_000
    finally:
        lock.close()
