"""What a gate's page shows of its sensors: the newest of each, a failed reading as failed, and of others nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from cloud.store.views.sensors import SensorView, sensors
from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind
from tests.cloud import messages
from tests.cloud.rig import Rig

SOON = messages.START + timedelta(seconds=30)


def read(rig: Rig, gate: str = "gate-1", now: datetime = SOON) -> list[SensorView]:
    with rig.database.reading() as connection:
        return sensors(connection, gate, now)


def reading(value: float | None, *, after_s: float = 0.0, **more: object) -> SensorReading:
    taken = messages.START + timedelta(seconds=after_s)
    return SensorReading.model_validate(
        {"sensor": "air-1", "quantity": "co2_ppm", "value": value, "unit": "ppm", "taken": taken, **more}
    )


def test_the_newest_reading_of_every_sensor_is_shown_and_a_failed_one_as_failed(rig: Rig) -> None:
    door = SensorReading(sensor="bin-1", quantity="fill", value=40.0, unit="%", taken=messages.START + timedelta(hours=1))
    rig.arrive(messages.health(1), messages.sensor(2, [640.0]), messages.sensor(3, [655.0, None]))
    rig.arrive(messages.event(Kind.SENSOR, SensorData(readings=(door,)), 4))
    assert [(one.sensor, one.quantity, one.value) for one in read(rig)] == [("air-1", "co2", None), ("bin-1", "fill", 40.0)]


def test_a_gate_that_was_never_heard_has_no_sensors_and_those_of_another_are_not_its_own(rig: Rig) -> None:
    rig.arrive(messages.health(1), messages.sensor(2, [640.0], gate="gate-2"))
    assert (read(rig), read(rig, "gate-9")) == ([], [])


def test_place_and_trouble_come_through_and_an_older_gate_says_neither(rig: Rig) -> None:
    told = reading(None, trouble="offline", place="大厅", fresh_s=60.0)
    rig.arrive(messages.health(1), messages.event(Kind.SENSOR, SensorData(readings=(told,)), 2), messages.sensor(3, [640.0]))
    older, told_view = read(rig)
    assert (told_view.place, told_view.trouble, told_view.value) == ("大厅", "offline", None)
    assert (older.place, older.trouble) == ("", None)


def test_a_reading_older_than_its_sensor_s_time_is_stale(rig: Rig) -> None:
    rig.arrive(messages.health(1), messages.event(Kind.SENSOR, SensorData(readings=(reading(640.0, fresh_s=120.0),)), 2))
    received = read(rig)[0].received_at
    for seconds, stale in ((0, False), (179, False), (181, True)):
        now = min(messages.START, received) + timedelta(seconds=seconds)
        assert read(rig, now=now)[0].stale is stale, seconds


def test_where_the_gate_gives_no_time_a_quarter_of_an_hour_is_taken(rig: Rig) -> None:
    rig.arrive(messages.health(1), messages.event(Kind.SENSOR, SensorData(readings=(reading(640.0),)), 2))
    begun = min(messages.START, read(rig)[0].received_at)
    assert not read(rig, now=begun + timedelta(minutes=15))[0].stale
    assert read(rig, now=begun + timedelta(minutes=17))[0].stale


def test_a_gate_whose_clock_is_ahead_does_not_keep_its_readings_fresh(rig: Rig) -> None:
    ahead = reading(640.0, after_s=86_400, fresh_s=120.0)
    rig.arrive(messages.health(1), messages.event(Kind.SENSOR, SensorData(readings=(ahead,)), 2))
    received = read(rig)[0].received_at
    assert read(rig, now=received + timedelta(seconds=200))[0].stale
