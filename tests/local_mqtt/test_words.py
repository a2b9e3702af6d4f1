"""Every quantity and every trouble has a word for people, and the shipped nodes speak words the gate knows."""

from __future__ import annotations

import re

import pytest

from demo.broker import REPOSITORY
from edge.config import load_gate
from edge.config.quantities import QUANTITIES
from edge.sensors.local_mqtt.listener import matches
from edge.sensors.local_mqtt.words import CLASSES, ESPHOME, TASMOTA, ZIGBEE2MQTT
from edge.sensors.reading import Trouble

SCREEN = (REPOSITORY / "cloud" / "web" / "src" / "gates" / "sensor_words.ts").read_text(encoding="utf-8")
PAGE = (REPOSITORY / "docs" / "how-to" / "connect-esphome-zigbee-tasmota.md").read_text(encoding="utf-8")
NODES = REPOSITORY / "firmware_configs" / "esphome"


@pytest.mark.parametrize("name", [*QUANTITIES, *(trouble.value for trouble in Trouble)])
def test_the_guard_screen_has_a_word_in_both_languages(name: str) -> None:
    assert re.search(rf"^  {name}: {{ zh: \"[^\"]+\", en: \"[^\"]+\" }},$", SCREEN, re.MULTILINE)


@pytest.mark.parametrize("name", QUANTITIES)
def test_every_quantity_stands_on_the_page_with_its_unit(name: str) -> None:
    assert f"| `{name}` | {QUANTITIES[name].unit or '-'} |" in PAGE


def test_every_word_of_a_device_means_a_quantity_there_is() -> None:
    for table in (CLASSES, ESPHOME, TASMOTA, ZIGBEE2MQTT):
        assert {word.quantity for word in table.values()} <= QUANTITIES.keys()


def said_by(node: str) -> set[str]:
    """The names under which ESPHome publishes what a file calls its values: small letters, `_` for a space."""
    names = re.findall(r'^ +name: "(.+)"$', (NODES / f"{node}.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    return {name.lower().replace(" ", "_") for name in names}


@pytest.mark.parametrize("node", ["air", "uvc", "dispenser", "bin"])
def test_what_a_shipped_node_says_the_gate_understands(node: str) -> None:
    keys = said_by(node)
    assert keys - ESPHOME.keys() <= {"lamp"}, "what the contactor says has no quantity of its own yet"
    assert keys & ESPHOME.keys()


def test_the_shipped_gate_asks_each_shipped_node_for_what_it_says() -> None:
    gate = load_gate(REPOSITORY / "firmware_configs" / "gates" / "facility_nodes.toml")
    for device in gate.sensors.mqtt.devices:
        keys = said_by(device.topic.removesuffix("-1"))
        assert {ESPHOME[key].quantity for key in keys & ESPHOME.keys()} == set(device.quantities), device.name
    assert len(gate.sensors.mqtt.devices) == 4


@pytest.mark.parametrize(
    ("asked", "topic", "is_it"),
    [
        ("air-1/sensor/+/state", "air-1/sensor/co2/state", True),
        ("air-1/sensor/+/state", "air-1/sensor/co2/x/state", False),
        ("air-1/status", "air-1/status", True),
        ("air-1/status", "air-10/status", False),
        ("zigbee2mqtt/hall/door", "zigbee2mqtt/hall", False),
    ],
)
def test_a_topic_is_asked_for_or_not(asked: str, topic: str, is_it: bool) -> None:
    assert matches(asked, topic) is is_it
