"""ESPHome's messages as its documentation shows them, and anything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.sensors.local_mqtt.esphome import read, topics
from edge.sensors.local_mqtt.said import Available, Described, Told, Wrong

HA = "homeassistant"


def said(topic: str, body: bytes) -> tuple[object, ...]:
    return read("air-1", HA, topic, body)


def test_the_gate_listens_to_this_node_s_topics_alone() -> None:
    for topic in topics("air-1", HA):
        assert topic.startswith("air-1/") or "/air-1/" in topic


@pytest.mark.parametrize(
    ("topic", "body", "expected"),
    [
        ("air-1/sensor/co2/state", b"812", Told("co2", 812.0)),
        ("air-1/sensor/temperature/state", b"21.5", Told("temperature", 21.5)),
        ("air-1/sensor/co2/state", b"nan", Told("co2", None)),
        ("air-1/sensor/co2/state", b"None", Told("co2", None)),
        ("air-1/binary_sensor/lid/state", b"ON", Told("lid", 1.0)),
        ("air-1/binary_sensor/lid/state", b"OFF", Told("lid", 0.0)),
        ("air-1/status", b"online", Available(there=True)),
        ("air-1/status", b"offline", Available(there=False)),
    ],
)
def test_values_and_presence(topic: str, body: bytes, expected: object) -> None:
    assert said(topic, body) == (expected,)


@pytest.mark.parametrize("body", [b"", b"warm", b"inf", b"1e999", b"\xff\xfe", b"21,5"])
def test_what_is_no_number_is_wrong_and_not_a_reading(body: bytes) -> None:
    (found,) = said("air-1/sensor/co2/state", body)
    assert isinstance(found, Wrong)


def test_discovery_says_what_a_value_is_in_short_and_in_full_keys() -> None:
    full = {
        "device_class": "carbon_dioxide",
        "unit_of_measurement": "ppm",
        "state_class": "measurement",
        "name": "CO2",
        "state_topic": "air-1/sensor/co2/state",
        "availability_topic": "air-1/status",
        "unique_id": "ESPsensorco2",
        "device": {"identifiers": "aabbccddeeff", "name": "air-1", "sw_version": "2026.10.0", "manufacturer": "Espressif"},
    }
    short = {"dev_cla": "carbon_dioxide", "unit_of_meas": "ppm", "~": "air-1/sensor/co2", "stat_t": "~/state"}
    for body in (full, short):
        found = said(f"{HA}/sensor/air-1/co2/config", json.dumps(body).encode())
        assert found == (Described("co2", "carbon_dioxide", "ppm"),)


def test_discovery_of_a_topic_that_is_not_the_node_s_own_says_nothing() -> None:
    body = json.dumps({"stat_t": "bin-7/sensor/level/state", "unit_of_meas": "%"}).encode()
    assert said(f"{HA}/sensor/air-1/level/config", body) == ()
    assert said(f"{HA}/sensor/air-1/level/config", b"") == (), "an entity that was taken away"


@pytest.mark.parametrize("topic", ["bin-7/sensor/level/state", "air-1/switch/lamp/state", "air-1/debug", "air-1"])
def test_other_topics_say_nothing(topic: str) -> None:
    assert said(topic, b"1") == ()


@given(topic=st.sampled_from([one.replace("+", "x") for one in topics("air-1", HA)]), body=st.binary(max_size=200))
def test_any_bytes_are_read_or_wrong_and_never_more(topic: str, body: bytes) -> None:
    for one in said(topic, body):
        assert not isinstance(one, Told) or one.value is None or abs(one.value) < float("inf")


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["~", "stat_t", "dev_cla", "unit_of_meas", "x"]), inner),
    )
)
def test_any_json_as_discovery(body: object) -> None:
    for one in said(f"{HA}/sensor/air-1/co2/config", json.dumps(body).encode()):
        assert isinstance(one, Described | Wrong)
