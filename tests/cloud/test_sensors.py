"""What a gate's page shows of its sensors: the newest of each, a failed reading as failed, and of others nothing."""

from __future__ import annotations

from datetime import timedelta

from cloud.store.views.sensors import SensorView, sensors
from contract.messages import SensorData, SensorReading
from contract.topics import Kind
from tests.cloud import messages
from tests.cloud.rig import Rig


def read(rig: Rig, gate: str = "gate-1") -> list[SensorView]:
    with rig.database.reading() as connection:
        return sensors(connection, gate)


def test_the_newest_reading_of_every_sensor_is_shown_and_a_failed_one_as_failed(rig: Rig) -> None:
    door = SensorReading(sensor="bin-1", quantity="fill", value=40.0, unit="%", taken=messages.START + timedelta(hours=1))
    rig.arrive(messages.health(1), messages.sensor(2, [640.0]), messages.sensor(3, [655.0, None]))
    rig.arrive(messages.event(Kind.SENSOR, SensorData(readings=(door,)), 4))
    assert [(one.sensor, one.quantity, one.value) for one in read(rig)] == [("air-1", "co2", None), ("bin-1", "fill", 40.0)]


def test_a_gate_that_was_never_heard_has_no_sensors_and_those_of_another_are_not_its_own(rig: Rig) -> None:
    rig.arrive(messages.health(1), messages.sensor(2, [640.0], gate="gate-2"))
    assert (read(rig), read(rig, "gate-9")) == ([], [])
