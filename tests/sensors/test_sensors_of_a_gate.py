"""The process of the sensors on real wires: a Modbus server that speaks, and a line that never does, from settings to records."""

from __future__ import annotations

import json
import os
import threading
import time
import tty
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pymodbus.client import ModbusTcpClient

from contract.errors import MenshenError, SettingsError
from contract.messages.sensor import SensorData, SensorReading
from contract.settings_file import check
from edge.app.probes import PROBES
from edge.app.rundir import RunDir
from edge.app.sensor_probe import refuse_uncalibrated
from edge.app.sensors_part import read_sensors
from edge.clock import SystemClock
from edge.config import GateConfig, load_gate
from edge.config.air import AirLimits
from edge.config.sensors import SensorsConfig
from edge.config.tree import gate_of
from edge.errors import BusError
from edge.sensors.batches import batches
from edge.sensors.borders import borders
from edge.sensors.newest import Newest
from edge.sensors.reading import Reading, Trouble
from tests.actuators.modbus_board import Board, on_the_network
from tests.sim.gates import simulated_gate

SIMULATED = Path(__file__).resolve().parents[2] / "firmware_configs" / "gates" / "simulated.toml"
NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def gate(sensors: dict[str, Any]) -> GateConfig:
    values = json.loads(simulated_gate().model_dump_json())
    return check(values | {"sensors": {"batch_s": 0.1} | sensors, "uplink": {"database": "unused.db"}}, GateConfig, where="gate")


@pytest.fixture
def board() -> Iterator[Board]:
    with on_the_network() as one:
        client = ModbusTcpClient("127.0.0.1", port=one.port)
        assert client.connect()  # type: ignore[no-untyped-call]  # as pymodbus has it
        client.write_registers(1, [215, 480], device_id=1)
        client.close()  # type: ignore[no-untyped-call]  # as pymodbus has it
        yield one


@pytest.fixture
def dead_line() -> Iterator[str]:
    """A line that takes what is written and never says a word."""
    near, far = os.openpty()
    tty.setraw(far)
    yield os.ttyname(far)
    os.close(near)
    os.close(far)


def hall(board: Board) -> dict[str, Any]:
    where = {"host": "127.0.0.1", "port": board.port}
    return {"name": "hall", "place": "Hall", "map": "xy_md02", "every_s": 0.5, **where}


def test_readings_of_a_modbus_device_reach_the_writer_and_a_dead_line_has_no_values(
    tmp_path: Path, board: Board, dead_line: str
) -> None:
    dead = {"name": "lobby", "map": "senseair_s8", "device": dead_line, "every_s": 0.5, "deadline_s": 0.2}
    config = gate({"modbus": [hall(board), dead]})
    rundir, stop, told = RunDir(tmp_path), threading.Event(), list[SensorReading]()
    rundir._fill(config)
    ring = rundir.sensor_records()

    def heard(what: Callable[[], bool]) -> None:
        end_s = time.monotonic() + 30
        while not what():
            assert time.monotonic() < end_s, told
            for record in ring.waiting():
                told.extend(SensorData.model_validate_json(record.data).readings)
                ring.commit(record.number)
            time.sleep(0.02)

    part = threading.Thread(target=read_sensors, args=(rundir.config(), rundir, SystemClock(), stop))
    part.start()
    try:
        heard(lambda: {"hall", "lobby"} <= {one.sensor for one in told})
        heard(lambda: len([one for one in told if one.sensor == "hall"]) >= 4)
    finally:
        stop.set()
        part.join(10)
        ring.close()
    good = {(one.quantity, one.value, one.unit, one.place) for one in told if one.sensor == "hall"}
    assert good == {("air_c", 21.5, "°C", "Hall"), ("humidity_pct", 48.0, "%", "Hall")}
    assert {(one.value, one.trouble) for one in told if one.sensor == "lobby"} == {(None, "silent")}


def test_check_asks_every_sensor_and_names_what_does_not_answer(board: Board, dead_line: str) -> None:
    probe = PROBES["sensors"]
    assert probe(gate({"modbus": [hall(board)]})) == "hall air_c 21.5, humidity_pct 48"
    assert probe(gate({})) is None
    dead = {"name": "lobby", "map": "senseair_s8", "device": dead_line, "deadline_s": 0.1}
    with pytest.raises(BusError, match=r"^lobby: unit 1 does not answer"):
        probe(gate({"modbus": [hall(board), dead]}))


def test_check_names_a_due_calibration_also_of_radio_sensors_and_beside_a_silent_one(board: Board, dead_line: str) -> None:
    probe, due = PROBES["sensors"], {"calibration_due": "2020-05-01"}
    device = {"name": "hall-air", "kind": "esphome", "topic": "air-hall", "quantities": ["co2_ppm"], **due}
    with pytest.raises(MenshenError, match="to be calibrated: hall-air since 2020-05-01"):
        probe(gate({"mqtt": {"devices": [device]}}))
    dead = {"name": "lobby", "map": "senseair_s8", "device": dead_line, "deadline_s": 0.1}
    with pytest.raises(BusError, match=r"^sensors: lobby: unit 1 does not answer.*; to be calibrated: hall since 2020-05-01"):
        probe(gate({"modbus": [hall(board) | due, dead]}))


def test_a_sensor_is_to_be_calibrated_from_the_day_after(board: Board) -> None:
    told = SensorsConfig.model_validate({"modbus": [hall(board) | {"calibration_due": "2026-11-20"}]})
    refuse_uncalibrated(told, datetime(2026, 11, 20, tzinfo=UTC).date())
    with pytest.raises(MenshenError, match="hall since 2026-11-20"):
        refuse_uncalibrated(told, NOW.date())


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('[[sensors.modbus]]\nname = "a"\nmap = "xy_md02"', "name either host"),
        ('[[sensors.modbus]]\nname = "a"\nmap = "nothing"\nhost = "h"', "no register map 'nothing'"),
        ('[[sensors.i2c]]\nname = "a"\ndriver = "ads1115_uvc"', "uw_cm2_per_v"),
        ('[[sensors.i2c]]\nname = "a"\ndriver = "sht4x"\n[[sensors.gpio]]\nname = "a"\nline = 3', "two sensors are called 'a'"),
        ('[[sensors.gpio]]\nname = "a"\nline = 3\n[[sensors.gpio]]\nname = "b"\nline = 3', "both GPIO line 3"),
        ('[[sensors.gpio]]\nname = "a"\nline = 3\nrange = {co2 = [0.0, 1.0]}', "no such quantity"),
        ('[[sensors.gpio]]\nname = "a"\nlin = 3', "Did you mean `line`"),
    ],
)
def test_settings_that_cannot_be_are_refused(table: str, words: str) -> None:
    text = SIMULATED.read_text(encoding="utf-8") + "\n" + table
    with pytest.raises(SettingsError) as refused:
        gate_of(text, SIMULATED)
    assert words in f"{refused.value} {refused.value.remedy}"


def test_the_example_of_the_how_to_is_taken(tmp_path: Path) -> None:
    page = SIMULATED.parents[2] / "docs" / "how-to" / "connect-sensors.md"
    lines = [line[8:] for line in page.read_text(encoding="utf-8").splitlines() if line.startswith(" " * 8) or not line]
    file = tmp_path / "gate.toml"
    file.write_text(SIMULATED.read_text(encoding="utf-8") + "\n" + "\n".join(lines), encoding="utf-8")
    assert len(load_gate(file).sensors.every) == 6


def newest(board: Board) -> Newest:
    more = {"range": {"air_c": [0.0, 40.0]}, "calibration_due": "2027-03-31"}
    told = SensorsConfig.model_validate({"modbus": [hall(board) | more]}).modbus[0]

    class Sensor:
        quantities = ("air_c",)

        def __init__(self) -> None:
            self.told = told

    return Newest([Sensor()], 0.0)


def test_a_sensor_that_falls_silent_has_no_value_and_never_its_old_one(board: Board) -> None:
    now = newest(board)
    assert [one.value for one in now.take([Reading("hall", "air_c", 21.5, None, 1.0)])] == [21.5]
    assert now.stale(2.0, {}) == []
    (silent,) = now.stale(4.0, {"hall": Trouble.HANGS})
    assert (silent.value, silent.trouble) == (None, Trouble.HANGS)
    assert now.board()[0]["value"] is None
    assert now.stale(4.5, {}) == []
    assert [one.trouble for one in now.stale(7.0, {})] == [Trouble.STALE]


def test_a_value_that_cannot_be_or_of_nobody_is_no_value(board: Board) -> None:
    now = newest(board)
    assert now.take([Reading("stranger", "air_c", 20.0, None, 1.0), Reading("hall", "co2_ppm", 500.0, None, 1.0)]) == []
    (hot,) = now.take([Reading("hall", "air_c", 41.0, None, 2.0)])
    assert (hot.value, hot.trouble) == (None, Trouble.OUT_OF_RANGE)


def test_many_readings_make_few_messages_that_fit_each_with_its_own_time(board: Board) -> None:
    told = newest(board).told
    readings = [Reading("hall", "air_c", 20.0 + number / 10, None, float(number)) for number in range(300)]
    messages = [SensorData.model_validate_json(one) for one in batches(readings, told, NOW, 300.0)]
    said = [one for message in messages for one in message.readings]
    assert len(said) == 300
    assert len(messages) <= 300 // 15
    assert [one.taken for one in said] == [NOW - timedelta(seconds=300 - number) for number in range(300)]
    assert {(one.fresh_s, one.calibration_due) for one in said} == {(2.5, date(2027, 3, 31))}


def test_a_reading_says_by_which_limits_it_is_watched_and_none_where_nobody_is_told(board: Board) -> None:
    limits = borders(AirLimits.model_validate({"air_c_most": {"raise_at": 28, "clear_at": 27, "watched": True}}))
    readings = [Reading("hall", "co2_ppm", 900.0, None, 1.0), Reading("hall", "air_c", 20.0, None, 1.0)]
    (message,) = batches(readings, newest(board).told, NOW, 1.0, limits)
    said = [(one.least, one.most) for one in SensorData.model_validate_json(message).readings]
    assert said == [(None, 1000.0), (None, 28.0)]
    assert "humidity_pct" not in limits, "its limits are not watched unless told"
