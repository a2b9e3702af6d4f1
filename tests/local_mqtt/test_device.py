"""A device over hours of a fake clock: news is told, what is old is not, silence has a name, nothing is guessed."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from edge.config.quantities import QUANTITIES
from edge.config.sensors import LocalMqttConfig, MqttSensor
from edge.sensors.local_mqtt.device import AGAIN_S, AWAY_S, MOST_KEYS, STARTING_S, Device
from edge.sensors.reading import Reading, Trouble

BROKER = LocalMqttConfig()
WALL_MS = 1_795_248_930_000


class Talk:
    """A device and the seconds since it was first listened to."""

    def __init__(self, kind: str, topic: str, quantities: list[str], **more: object) -> None:
        told = {"name": "hall-air", "kind": kind, "topic": topic, "place": "Hall", "quantities": quantities, **more}
        self.device = Device(MqttSensor.model_validate(told), BROKER, 0.0)
        self.now_s = 0.0

    def say(self, topic: str, body: object, *, after_s: float = 0.0, retained: bool = False) -> list[tuple[str, object]]:
        self.now_s += after_s
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        wall_ms = WALL_MS + int(self.now_s * 1000)
        return _short(self.device.take(topic, raw, retained=retained, now_s=self.now_s, wall_ms=wall_ms))

    def wait(self, seconds: float) -> list[tuple[str, object]]:
        self.now_s += seconds
        return _short(self.device.due(self.now_s))


def _short(readings: list[Reading]) -> list[tuple[str, object]]:
    for one in readings:
        assert (one.value is None) is (one.trouble is not None)
    return [(one.quantity, one.value if one.trouble is None else one.trouble) for one in readings]


def esphome(**more: object) -> Talk:
    return Talk("esphome", "air-1", ["co2_ppm", "air_c"], **more)


def test_a_value_is_told_and_again_at_most_every_so_often_the_newest_one() -> None:
    talk = esphome(every_s=10.0)
    assert talk.say("air-1/sensor/co2/state", b"800") == [("co2_ppm", 800.0)]
    assert talk.say("air-1/sensor/co2/state", b"810", after_s=3) == []
    assert talk.say("air-1/sensor/co2/state", b"820", after_s=3) == []
    assert talk.wait(3) == []
    assert talk.wait(1) == [("co2_ppm", 820.0)]
    assert talk.wait(60) == [], "the same value is not told twice"


def test_what_the_broker_had_kept_is_no_reading() -> None:
    talk = esphome()
    assert talk.say("air-1/sensor/co2/state", b"800", retained=True) == []
    assert talk.device.old == 1
    assert talk.wait(901) == [("co2_ppm", Trouble.STALE), ("air_c", Trouble.STALE)]


def test_silence_is_stale_told_once_and_again_after_minutes_and_over_with_the_next_value() -> None:
    talk = esphome(stale_s=60.0)
    talk.say("air-1/sensor/co2/state", b"800")
    talk.say("air-1/sensor/temperature/state", b"21")
    assert talk.wait(60) == []
    assert talk.wait(1) == [("co2_ppm", Trouble.STALE), ("air_c", Trouble.STALE)]
    assert talk.wait(AGAIN_S - 1) == []
    assert len(talk.wait(1)) == 2
    assert talk.say("air-1/sensor/co2/state", b"800") == [("co2_ppm", 800.0)]


def test_a_last_will_is_offline_at_once_and_being_there_again_is_no_value() -> None:
    talk = esphome()
    talk.say("air-1/sensor/co2/state", b"800")
    assert talk.say("air-1/status", b"offline", after_s=1) == []
    assert talk.wait(0) == [("co2_ppm", Trouble.OFFLINE), ("air_c", Trouble.OFFLINE)]
    assert talk.say("air-1/status", b"online", after_s=1) == []
    assert talk.wait(1) == []
    assert talk.say("air-1/sensor/co2/state", b"790", after_s=1) == [("co2_ppm", 790.0)]


def test_what_was_waiting_when_a_device_went_is_not_told_as_if_it_were_now() -> None:
    talk = esphome(every_s=10.0)
    talk.say("air-1/sensor/co2/state", b"800")
    talk.say("air-1/sensor/co2/state", b"900", after_s=1)
    talk.say("air-1/status", b"offline")
    assert ("co2_ppm", Trouble.OFFLINE) in talk.wait(1)
    assert ("co2_ppm", 900.0) not in talk.wait(20)


def test_a_device_that_could_not_measure_says_so_at_once() -> None:
    talk = esphome()
    talk.say("air-1/sensor/co2/state", b"800")
    assert talk.say("air-1/sensor/co2/state", b"nan", after_s=1) == [("co2_ppm", Trouble.NOT_MEASURED)]


def test_a_value_that_cannot_be_is_a_trouble_and_not_the_nearest_that_can() -> None:
    assert esphome().say("air-1/sensor/co2/state", b"-5") == [("co2_ppm", Trouble.OUT_OF_RANGE)]
    assert esphome().say("air-1/sensor/temperature/state", b"400") == [("air_c", Trouble.OUT_OF_RANGE)]


def test_units_are_the_device_s_own_by_discovery_and_one_that_does_not_fit_is_told() -> None:
    talk = esphome()
    config = {"dev_cla": "temperature", "unit_of_meas": "°F", "stat_t": "air-1/sensor/temperature/state"}
    talk.say("homeassistant/sensor/air-1/temperature/config", config, retained=True)
    assert talk.say("air-1/sensor/temperature/state", b"68") == [("air_c", 20.0)]
    talk.say("homeassistant/sensor/air-1/temperature/config", config | {"unit_of_meas": "lx"})
    assert talk.say("air-1/sensor/temperature/state", b"68", after_s=20) == [("air_c", Trouble.WRONG_UNIT)]


def test_a_node_of_one_s_own_is_understood_by_its_device_class() -> None:
    talk = esphome()
    config = {"device_class": "carbon_dioxide", "unit_of_measurement": "ppm", "state_topic": "air-1/sensor/hall_gas/state"}
    talk.say("homeassistant/sensor/air-1/hall_gas/config", config, retained=True)
    assert talk.say("air-1/sensor/hall_gas/state", b"700") == [("co2_ppm", 700.0)]


def test_what_nobody_asked_for_is_not_kept_and_its_name_is_shown() -> None:
    talk = esphome()
    for number in range(200):
        assert talk.say(f"air-1/sensor/made_up_{number}/state", b"1") == []
    assert len(talk.device.unnamed) == MOST_KEYS
    assert talk.say("air-1/sensor/humidity/state", b"40") == [], "it gives humidity, but nobody asked"


def test_wrong_payloads_are_counted_and_the_value_goes_stale() -> None:
    talk = esphome(stale_s=60.0)
    talk.say("air-1/sensor/co2/state", b"800")
    for _ in range(10):
        assert talk.say("air-1/sensor/co2/state", b"\xff\x00", after_s=10) == []
    assert talk.device.wrong == 10
    assert ("co2_ppm", Trouble.STALE) in talk.wait(0)


def test_a_broker_that_is_away_is_named_and_a_short_break_is_none() -> None:
    talk = esphome()
    talk.say("air-1/sensor/co2/state", b"800")
    talk.device.lost(talk.now_s)
    assert talk.wait(AWAY_S) == []
    talk.device.connected()
    assert talk.wait(AWAY_S) == []
    talk.device.lost(talk.now_s)
    assert talk.wait(AWAY_S + 1) == [("co2_ppm", Trouble.BROKER_AWAY), ("air_c", Trouble.BROKER_AWAY)]


def zigbee(**more: object) -> Talk:
    return Talk("zigbee2mqtt", "hall/door", ["contact", "battery_pct"], **more)


def test_a_door_contact_is_told_at_once_and_closed_is_nought() -> None:
    talk = zigbee(every_s=60.0)
    assert talk.say("zigbee2mqtt/hall/door", {"contact": True, "battery": 97}) == [("contact", 0.0), ("battery_pct", 97.0)]
    assert talk.say("zigbee2mqtt/hall/door", {"contact": False, "battery": 97}, after_s=1) == [("contact", 1.0)]
    assert talk.say("zigbee2mqtt/hall/door", {"contact": True, "battery": 96}, after_s=1) == [("contact", 0.0)]


def test_what_the_bridge_remembers_from_long_ago_is_no_reading() -> None:
    talk = zigbee(stale_s=3600.0)
    old = {"contact": False, "battery": 97, "last_seen": "2026-11-20T08:00:00Z"}
    assert talk.say("zigbee2mqtt/hall/door", old) == []
    assert talk.say("zigbee2mqtt/hall/door", old | {"last_seen": WALL_MS - 5_000}) != []


def test_without_last_seen_what_comes_when_the_bridge_starts_is_not_believed() -> None:
    talk = zigbee()
    talk.say("zigbee2mqtt/bridge/state", b"online", retained=True)
    assert talk.say("zigbee2mqtt/hall/door", {"contact": True}) != [], "it ran before we came"
    talk.say("zigbee2mqtt/bridge/state", {"state": "offline"}, after_s=10)
    assert talk.wait(0) == [("contact", Trouble.BRIDGE_OFFLINE), ("battery_pct", Trouble.BRIDGE_OFFLINE)]
    talk.say("zigbee2mqtt/bridge/state", {"state": "online"}, after_s=10)
    assert talk.say("zigbee2mqtt/hall/door", {"contact": True}, after_s=2) == []
    assert talk.say("zigbee2mqtt/hall/door", {"contact": True}, after_s=STARTING_S) == [("contact", 0.0)]


def test_a_name_the_bridge_does_not_know_is_told_as_that() -> None:
    talk = zigbee(stale_s=60.0)
    talk.say("zigbee2mqtt/bridge/devices", [{"friendly_name": "hall/window", "ieee_address": "0x1"}], retained=True)
    assert talk.wait(61) == [("contact", Trouble.UNKNOWN_DEVICE), ("battery_pct", Trouble.UNKNOWN_DEVICE)]


TASMOTA = {"SCD40": {"CarbonDioxide": 1204, "eCO2": 1235, "Temperature": 28.8}, "SHT4X": {"Temperature": 24.1}, "TempUnit": "C"}


def test_two_values_for_one_quantity_are_neither_until_somebody_names_one() -> None:
    quantities = ["co2_ppm", "air_c"]
    talk = Talk("tasmota", "hall-air", quantities)
    assert talk.say("tele/hall-air/SENSOR", TASMOTA) == [("co2_ppm", 1204.0), ("air_c", Trouble.AMBIGUOUS)]
    named = Talk("tasmota", "hall-air", quantities, keys={"air_c": "SHT4X.Temperature"})
    assert named.say("tele/hall-air/SENSOR", TASMOTA) == [("co2_ppm", 1204.0), ("air_c", 24.1)]


def test_a_tasmota_in_fahrenheit_is_told_in_celsius() -> None:
    talk = Talk("tasmota", "hall-air", ["air_c"])
    assert talk.say("tele/hall-air/SENSOR", {"AM2301": {"Temperature": 68.0}, "TempUnit": "F"}) == [("air_c", 20.0)]


def test_a_tasmota_that_speaks_elsewhere_is_told_as_that() -> None:
    talk = Talk("tasmota", "hall-air", ["air_c"], stale_s=60.0)
    talk.say("tasmota/discovery/1/config", {"t": "hall-air", "ft": "x/%prefix%/%topic%/", "tp": ["cmnd", "stat", "tele"]})
    assert talk.wait(61) == [("air_c", Trouble.ELSEWHERE)]
    assert talk.device.misplaced == "FullTopic is x/%prefix%/%topic%/, Prefix3 tele"


CONFIG = "homeassistant/sensor/air-1/co2/config"
TOPICS = ["air-1/sensor/co2/state", "air-1/sensor/temperature/state", "air-1/status", CONFIG]
DESCRIPTION = b'{"stat_t":"air-1/sensor/co2/state","unit_of_meas":"lx"}'
BODIES = [b"800", b"nan", b"-1", b"x", b"online", b"offline", DESCRIPTION]
MESSAGES = st.tuples(st.sampled_from(TOPICS), st.sampled_from(BODIES), st.booleans(), st.floats(min_value=0, max_value=2000))


@given(st.lists(MESSAGES, max_size=40))
def test_whatever_comes_a_reading_is_in_range_or_has_a_reason_and_none_is_older_than_its_time(
    messages: list[tuple[str, bytes, bool, float]],
) -> None:
    device = esphome(stale_s=100.0).device
    now_s, heard_s, newest = 0.0, dict[str, float](), dict[str, Reading]()
    for topic, body, retained, after_s in messages:
        now_s += after_s
        for made in (*device.take(topic, body, retained=retained, now_s=now_s, wall_ms=WALL_MS), *device.due(now_s)):
            newest[made.quantity] = made
            if made.value is not None:
                told = QUANTITIES[made.quantity]
                assert told.least <= made.value <= told.most
                heard_s[made.quantity] = made.taken_s
        for quantity, made in newest.items():
            assert made.value is None or now_s - heard_s[quantity] <= 100.0, quantity
