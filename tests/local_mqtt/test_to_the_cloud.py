"""What the sensors' process hands over goes the same way as a decision: to disk, to the broker, acknowledged."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind
from demo.broker import Broker
from edge.app.rundir import RunDir
from edge.clock import SystemClock
from edge.config import GateConfig
from edge.uplink.process import run_uplink
from tests.fixtures_broker import MakeCloud, wait_for

pytestmark = pytest.mark.broker


def test_a_reading_reaches_the_cloud_and_its_record_is_done_with(tmp_path: Path, broker: Broker, make_cloud: MakeCloud) -> None:
    cloud, stop = make_cloud(), threading.Event()
    config = GateConfig.model_validate(
        {
            "gate": "gate-1",
            "colour": {"source": "simulated"},
            "thermal": {"source": "none"},
            "screening": {"temperature": False},
            "uplink": {
                "database": tmp_path / "gate.db",
                "clock": "wall",
                "broker": {"port": broker.port, "password_file": broker.password_file("gate-1")},
            },
        }
    )
    rundir = RunDir(tmp_path)
    rundir._fill(config)
    ring, clock = rundir.sensor_records(), SystemClock()
    rings = (rundir.records(), rundir.board("uplink"), "0.1.0", clock, stop, None, rundir.room_records(), rundir.sensor_records())
    uplink = threading.Thread(target=run_uplink, args=(config, *rings))
    uplink.start()
    try:
        told = SensorReading(
            sensor="hall-air", quantity="co2_ppm", value=812.0, unit="ppm", taken=datetime.now(UTC), place="大厅"
        )
        body = SensorData(readings=(told,)).model_dump_json().encode()
        assert ring.put(Kind.SENSOR, body, clock.wall().timestamp(), clock.monotonic_s()) == 1
        wait_for(lambda: cloud.of("sensor"), "the reading is in the cloud")
        (said,) = cloud.of("sensor")[0]["data"]["readings"]
        assert (said["sensor"], said["value"], said["place"]) == ("hall-air", 812.0, "大厅")
        wait_for(lambda: ring.committed == 1, "its record is done with")
    finally:
        stop.set()
        uplink.join(15)
    assert not uplink.is_alive()
