"""The process of the sensors on a real Modbus server: what it computes leaves too, and the room's meter has its board."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pymodbus.client import ModbusTcpClient

from contract.messages.sensor import SensorData
from contract.settings_file import check
from contract.topics import Kind
from edge.app.rundir import RunDir
from edge.app.sensors_part import read_sensors
from edge.clock import SystemClock
from edge.config import GateConfig
from edge.policy.room_facts import Gas
from edge.room.gas_meter import GasMeter
from tests.actuators.modbus_board import Board, on_the_network
from tests.sim.gates import simulated_gate
from tests.sim.room_rig import ROOM

SOON_S = 30.0
MAP = """
device = "A meter of this test"
source = "nobody's manual: this test"

[[registers]]
quantity = "ozone_ppm"
kind = "holding"
address = 1
type = "uint16"
scale = 0.001
unit = "ppm"

[[registers]]
quantity = "co2_ppm"
kind = "holding"
address = 2
type = "uint16"
unit = "ppm"
"""


@pytest.fixture
def meter() -> Iterator[Board]:
    with on_the_network() as one:
        client = ModbusTcpClient("127.0.0.1", port=one.port)
        assert client.connect()  # type: ignore[no-untyped-call]  # as pymodbus has it
        client.write_registers(1, [30, 900], device_id=1)
        client.close()  # type: ignore[no-untyped-call]  # as pymodbus has it
        yield one


def settings(folder: Path, port: int) -> GateConfig:
    (folder / "meter.toml").write_text(MAP, encoding="utf-8")
    wired = {
        "name": "ward-air",
        "place": "Ward",
        "map": str(folder / "meter.toml"),
        "host": "127.0.0.1",
        "port": port,
        "every_s": 0.5,
    }
    more: dict[str, Any] = {
        "sensors": {
            "batch_s": 0.1,
            "modbus": [wired],
            "air_changes": [{"name": "ward-changes", "place": "Ward", "of": "ward-air"}],
        },
        "room": ROOM | {"agent": "ozone", "clear_s": 60.0, "ozone_meter": {"sensor": "ward-air"}},
        "uplink": {"database": "unused.db"},
    }
    values = json.loads(simulated_gate().model_dump_json())
    return check(values | more, GateConfig, where="gate")


def test_air_changes_leave_with_their_reason_and_the_room_s_meter_is_on_its_board(tmp_path: Path, meter: Board) -> None:
    config = settings(tmp_path, meter.port)
    rundir, stop = RunDir(tmp_path), threading.Event()
    rundir._fill(config)
    ring, told = rundir.sensor_records(), dict[tuple[str, str], tuple[float | None, str | None]]()
    assert config.room is not None
    assert config.room.ozone_meter is not None
    gas, clock = GasMeter(config.room.ozone_meter, rundir.board("gas")), SystemClock()

    def until(what: Callable[[], bool]) -> None:
        end_s = time.monotonic() + SOON_S
        while not what():
            assert time.monotonic() < end_s, told
            for record in ring.waiting():
                if record.kind is Kind.SENSOR:
                    for one in SensorData.model_validate_json(record.data).readings:
                        told[one.sensor, one.quantity] = one.value, one.trouble
                ring.commit(record.number)
            time.sleep(0.02)

    assert gas.look(clock.monotonic_s()).gas is Gas.LOST
    part = threading.Thread(target=read_sensors, args=(rundir.config(), rundir, clock, stop))
    part.start()
    try:
        until(lambda: ("ward-air", "ozone_ppm") in told and ("ward-changes", "air_changes_off") in told)
        assert told["ward-air", "ozone_ppm"] == (0.03, None)
        value, why = told["ward-changes", "air_changes"]
        assert value is None
        assert why in {"not_measured", "no_decay"}, "one reading is no decay"
        until(lambda: gas.look(clock.monotonic_s()).gas is Gas.LOW)
    finally:
        stop.set()
        part.join(10)
        ring.close()
    assert gas.look(clock.monotonic_s() + config.room.ozone_meter.fresh_s + 1.0).gas is Gas.LOST, "nobody reads it any more"
