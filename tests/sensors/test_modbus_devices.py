"""Modbus devices over pymodbus's own server: TCP, and RTU over two pseudo terminals tied to each other."""

from __future__ import annotations

import os
import tty
from collections.abc import Iterator
from contextlib import closing

import pytest

from edge.config.register_map import load_map
from edge.config.sensors import ModbusSensor
from edge.errors import BusError
from edge.sensors.devices.modbus import ModbusDevice, ModbusWire
from edge.sensors.reading import Trouble
from tests.actuators.modbus_board import on_a_serial_line, on_the_network


def told(map_name: str, **where: object) -> ModbusSensor:
    return ModbusSensor.model_validate({"name": "hall", "map": map_name, "deadline_s": 1.0} | where)


@pytest.fixture(params=["tcp", "rtu"])
def where(request: pytest.FixtureRequest) -> Iterator[dict[str, object]]:
    if request.param == "tcp":
        with on_the_network() as board:
            yield {"host": "127.0.0.1", "port": board.port}
    else:
        with on_a_serial_line() as board:
            yield {"device": board.device}


def test_a_device_is_read_as_its_map_says(where: dict[str, object]) -> None:
    one = told("xy_md02", **where)
    with closing(ModbusWire(one, one.deadline_s)) as wire:
        wire.client.write_registers(1, [0xFF33, 0x0222], device_id=1)
        assert ModbusDevice(one, load_map("xy_md02")).read(wire) == {"air_c": pytest.approx(-20.5), "humidity_pct": 54.6}


def test_two_words_of_a_float_come_in_the_order_of_the_device(where: dict[str, object]) -> None:
    one = told("vaisala_gmp252", **where)
    with closing(ModbusWire(one, one.deadline_s)) as wire:
        wire.client.write_registers(0, [0xD47A, 0x43E8], device_id=1)
        assert ModbusDevice(one, load_map("vaisala_gmp252")).read(wire) == {"co2_ppm": pytest.approx(465.66, abs=0.01)}


@pytest.mark.parametrize(("status", "said"), [(1, 1.5), (5, Trouble.NOT_MEASURED)])
def test_a_value_counts_only_while_the_device_says_so(status: int, said: float | Trouble) -> None:
    told_so = load_map("xylem_cl500")
    of_holding = told_so.model_copy(
        update={
            "registers": [one.model_copy(update={"kind": "holding"}) for one in told_so.registers],
            "status": [one.model_copy(update={"kind": "holding"}) for one in told_so.status],
        }
    )
    with on_the_network() as board:
        one = told("xylem_cl500", host="127.0.0.1", port=board.port)
        with closing(ModbusWire(one, one.deadline_s)) as wire:
            wire.client.write_registers(0, [0x0000, 0x3FC0], device_id=1)
            wire.client.write_registers(9, [status], device_id=1)
            device = ModbusDevice(one, of_holding)
            assert device.read(wire) == {"chlorine_mg_l": said}
            assert device.patience_s == 2 * one.deadline_s


def test_a_register_that_the_device_does_not_have_is_refused_by_it() -> None:
    with on_the_network() as board:
        one = told("vaisala_gmw80", host="127.0.0.1", port=board.port)
        missing = load_map("vaisala_gmw80").registers[0].model_copy(update={"address": 0x4000})
        registers = load_map("vaisala_gmw80").model_copy(update={"registers": [missing]})
        with closing(ModbusWire(one, one.deadline_s)) as wire:
            assert ModbusDevice(one, registers).read(wire) == {"co2_ppm": Trouble.REFUSED}


def test_a_device_that_says_nothing_does_not_answer() -> None:
    near, far = os.openpty()
    tty.setraw(far)
    one = told("xy_md02", device=os.ttyname(far), deadline_s=0.1)
    try:
        with closing(ModbusWire(one, one.deadline_s)) as wire, pytest.raises(BusError, match="unit 1 does not answer"):
            ModbusDevice(one, load_map("xy_md02")).read(wire)
    finally:
        os.close(near)
        os.close(far)


def test_a_line_that_is_not_there_is_refused_with_the_remedy() -> None:
    one = told("xy_md02", device="/dev/no-such-line")
    with pytest.raises(BusError) as refused:
        ModbusWire(one, 0.2)
    assert "dialout" in str(refused.value.remedy)
