"""The simulated hall's air is read by the real drivers, bytes and checksums in between."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.errors import SettingsError
from contract.settings_file import check
from edge.app.sensor_buses import i2c_opener
from edge.config import GateConfig
from edge.config.i2c_exchange import load_exchange
from edge.config.sensors import I2cSensor
from edge.errors import BusError
from edge.sensors.devices.crc8_words import crc8
from edge.sensors.devices.i2c_device import I2cDevice
from edge.sim.wire.air import SimulatedAirBus, _crc8
from edge.sim.wire.uvc import SimulatedUvcBus
from tests.clocks import FakeClock
from tests.sim.gates import simulated_gate


def i2c(driver: str) -> I2cDevice:
    told = I2cSensor.model_validate({"name": "hall", "driver": driver, "every_s": 5.0})
    return I2cDevice(told, load_exchange(driver))


def gate(**changes: Any) -> GateConfig:
    values = json.loads(simulated_gate().model_dump_json()) | {"uplink": {"database": "unused.db"}}
    return check(values | changes, GateConfig, where="gate")


def test_the_co2_of_a_hall_that_fills_rises_and_is_read_once_a_measurement() -> None:
    clock, read = FakeClock(now_s=0.0), list[float]()
    bus, sensor = SimulatedAirBus(clock.monotonic_s, 22.0), i2c("scd4x")
    for _ in range(200):
        said = sensor.read(bus)
        read += [value for key, value in said.items() if key == "co2_ppm" and isinstance(value, float)]
        clock.advance(2.5)
    assert 95 <= len(read) <= 100
    assert read == sorted(read)
    assert 420.0 <= read[0] < read[-1] <= 800.0


def test_warmth_and_humidity_are_those_of_the_simulated_room() -> None:
    said = i2c("sht4x").read(SimulatedAirBus(lambda: 0.0, 22.0))
    assert said == {"air_c": pytest.approx(22.0, abs=0.01), "humidity_pct": pytest.approx(45.0, abs=0.01)}


def test_nobody_else_is_on_that_bus() -> None:
    with pytest.raises(BusError):
        SimulatedAirBus(lambda: 0.0, 22.0).write(0x48, b"\x01")


@given(data=st.binary(min_size=2, max_size=2))
def test_both_ways_to_the_checksum_agree(data: bytes) -> None:
    assert _crc8(data) == crc8(data)


def test_the_air_is_simulated_only_where_it_is_said_and_never_beside_live_cameras() -> None:
    simulated = gate(simulation={"sensors": True})
    assert isinstance(i2c_opener(simulated, FakeClock())(1), SimulatedUvcBus)
    live = {"colour": {"source": "v4l2"}, "thermal": {"source": "lepton_uvc"}, "simulation": {"sensors": True}}
    with pytest.raises(SettingsError, match="invents the air"):
        gate(**live)
