"""Zigbee2MQTT's messages as its documentation shows them, and anything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.sensors.local_mqtt.said import Available, BridgeThere, Listed, Said, Told, Wrong
from edge.sensors.local_mqtt.zigbee2mqtt import read, topics

NAME = "hall/air"
DEVICES = [
    {"ieee_address": "0x00124b00120144ae", "type": "Coordinator", "friendly_name": "Coordinator", "definition": None},
    {
        "ieee_address": "0x00158d00018255df",
        "type": "EndDevice",
        "friendly_name": "hall/air",
        "definition": {"model": "WSDCGQ01LM", "vendor": "Xiaomi", "exposes": [{"type": "numeric", "property": "temperature"}]},
    },
]


def said(topic: str, body: object) -> tuple[Said, ...]:
    return read(NAME, topic, body if isinstance(body, bytes) else json.dumps(body).encode())


def test_a_message_holds_every_value_and_words_are_no_readings() -> None:
    found = said(
        f"zigbee2mqtt/{NAME}", {"temperature": 27.34, "humidity": 44.72, "battery": 97, "linkquality": 120, "action": "single"}
    )
    assert found == (Told("temperature", 27.34), Told("humidity", 44.72), Told("battery", 97.0), Told("linkquality", 120.0))


def test_yes_and_no_are_one_and_nought_and_null_is_not_measured() -> None:
    found = said(f"zigbee2mqtt/{NAME}", {"contact": False, "occupancy": True, "co2": None, "update": {"state": "idle"}})
    assert found == (Told("contact", 0.0), Told("occupancy", 1.0), Told("co2", None))


@pytest.mark.parametrize(
    ("last_seen", "heard_ms"),
    [
        ("2026-11-21T08:15:30.250Z", 1_795_248_930_250),
        ("2026-11-21T16:15:30+08:00", 1_795_248_930_000),
        (1_795_248_930_250, 1_795_248_930_250),
        ("2026-11-21T08:15:30", None),
        ("yesterday", None),
        ("0001-01-01T00:00:00+14:00", -62_135_647_200_000),
        (True, None),
    ],
)
def test_when_the_device_was_heard_by_radio(last_seen: object, heard_ms: int | None) -> None:
    assert said(f"zigbee2mqtt/{NAME}", {"co2": 812, "last_seen": last_seen}) == (Told("co2", 812.0, heard_ms=heard_ms),)


@pytest.mark.parametrize("body", [b"online", {"state": "online"}])
def test_presence_in_the_old_and_the_new_form(body: object) -> None:
    assert said(f"zigbee2mqtt/{NAME}/availability", body) == (Available(there=True),)
    assert said("zigbee2mqtt/bridge/state", body) == (BridgeThere(there=True),)
    assert isinstance(said("zigbee2mqtt/bridge/state", b"perhaps")[0], Wrong)


def test_a_device_the_bridge_does_not_know_is_told() -> None:
    assert said("zigbee2mqtt/bridge/devices", DEVICES) == (Listed(known=True),)
    assert read("hall/door", "zigbee2mqtt/bridge/devices", json.dumps(DEVICES).encode()) == (Listed(known=False),)
    assert read("0x00158d00018255df", "zigbee2mqtt/bridge/devices", json.dumps(DEVICES).encode()) == (Listed(known=True),)
    assert isinstance(said("zigbee2mqtt/bridge/devices", {"no": "list"})[0], Wrong)


@pytest.mark.parametrize("topic", ["zigbee2mqtt/hall", f"zigbee2mqtt/{NAME}/set", "zigbee2mqtt/other", "zigbee2mqtt/bridge/info"])
def test_other_topics_say_nothing(topic: str) -> None:
    assert said(topic, {"temperature": 20}) == ()


@pytest.mark.parametrize(
    "body", [b"", b"[1]", b"21.5", b'{"co2": NaN}', b'{"co2": 1' + b"0" * 5000 + b"}", b"[" * 60_000, b"x" * 70_000]
)
def test_what_is_no_object_is_wrong(body: bytes) -> None:
    assert [type(one) for one in said(f"zigbee2mqtt/{NAME}", body)] == [Wrong]


@given(topic=st.sampled_from(topics(NAME)), body=st.binary(max_size=200))
def test_any_bytes(topic: str, body: bytes) -> None:
    said(topic, body)


@given(
    topic=st.sampled_from(topics(NAME)),
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["co2", "last_seen", "state", "friendly_name"]), inner),
    ),
)
def test_any_json(topic: str, body: object) -> None:
    for one in said(topic, body):
        assert not isinstance(one, Told) or one.value is None or abs(one.value) < float("inf")
