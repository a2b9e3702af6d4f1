"""Tasmota's messages as its documentation shows them, and anything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.sensors.local_mqtt.said import Available, Misplaced, Said, Told, Wrong
from edge.sensors.local_mqtt.tasmota import read, topics

SCD40 = {
    "Time": "2024-01-01T10:31:09",
    "SCD40": {"CarbonDioxide": 1204, "eCO2": 1235, "Temperature": 28.8, "Humidity": 47.5, "DewPoint": 16.5},
    "TempUnit": "C",
}
CONFIG = {"ip": "192.0.2.9", "dn": "Hall", "t": "hall-air", "ft": "%prefix%/%topic%/", "tp": ["cmnd", "stat", "tele"], "ver": 1}


def said(topic: str, body: object) -> tuple[Said, ...]:
    return read("hall-air", topic, body if isinstance(body, bytes) else json.dumps(body).encode())


def test_nested_values_are_named_by_their_way_down_and_the_unit_is_the_device_s() -> None:
    found = said("tele/hall-air/SENSOR", SCD40)
    assert Told("SCD40.CarbonDioxide", 1204.0) in found
    assert Told("SCD40.Temperature", 28.8, "C") in found
    assert "Time" not in [one.key for one in found if isinstance(one, Told)]


def test_a_device_set_to_fahrenheit_says_so() -> None:
    body = {"AM2301": {"Temperature": 83.8, "Humidity": 47.5}, "TempUnit": "F"}
    assert Told("AM2301.Temperature", 83.8, "F") in said("tele/hall-air/SENSOR", body)


def test_null_is_not_measured_and_a_switch_is_yes_or_no() -> None:
    body = {"SI7021": {"Temperature": None, "Humidity": None}, "Switch1": "ON", "TempUnit": "C"}
    assert said("tele/hall-air/SENSOR", body) == (
        Told("SI7021.Temperature", None, "C"),
        Told("SI7021.Humidity", None),
        Told("Switch1", 1.0),
    )


def test_the_last_will_in_words() -> None:
    assert said("tele/hall-air/LWT", b"Online") == (Available(there=True),)
    assert said("tele/hall-air/LWT", b"Offline") == (Available(there=False),)
    assert isinstance(said("tele/hall-air/LWT", b"asleep")[0], Wrong)


def test_a_device_that_speaks_elsewhere_says_so_by_its_discovery() -> None:
    assert said("tasmota/discovery/49A3BC000001/config", CONFIG) == (Misplaced(""),)
    moved = {**CONFIG, "ft": "home/%prefix%/%topic%/"}
    (found,) = said("tasmota/discovery/49A3BC000001/config", moved)
    assert isinstance(found, Misplaced)
    assert "home/%prefix%" in found.why
    assert said("tasmota/discovery/49A3BC000001/config", {**moved, "t": "another"}) == ()
    assert said("tasmota/discovery/49A3BC000001/config", b"") == ()


@pytest.mark.parametrize("topic", ["tele/other/SENSOR", "stat/hall-air/RESULT", "tele/hall-air/INFO1"])
def test_other_topics_say_nothing(topic: str) -> None:
    assert said(topic, SCD40) == ()


def test_the_deeply_nested_is_not_followed() -> None:
    body: dict[str, object] = {"x": 1}
    for _ in range(200):
        body = {"a": body}
    assert said("tele/hall-air/SENSOR", body) == ()


@given(topic=st.sampled_from([one.replace("+", "x") for one in topics("hall-air")]), body=st.binary(max_size=200))
def test_any_bytes(topic: str, body: bytes) -> None:
    said(topic, body)


@given(
    topic=st.sampled_from([one.replace("+", "x") for one in topics("hall-air")]),
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["SCD40", "t", "ft", "tp", "TempUnit"]), inner),
    ),
)
def test_any_json(topic: str, body: object) -> None:
    for one in said(topic, body):
        assert not isinstance(one, Told) or one.value is None or abs(one.value) < float("inf")
