"""What Home Assistant is told a gate is: one device with its entities, in the form of its MQTT device discovery.

Keys are the full ones of https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload and of its platforms
`sensor` and `binary_sensor`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from contract.verdicts import Verdict

ONLINE: Final = b"online"
OFFLINE: Final = b"offline"
BIRTH: Final = b"online"
"""What Home Assistant says on its status topic when it begins, unless somebody has changed that there."""
IDLE: Final = "idle"
UNKNOWN: Final = "unknown"
ROOT: Final = "menshen/local"


@dataclass(frozen=True, slots=True)
class Device:
    """The gate as it is told.

    Attributes:
        gate: its id; prefix: Home Assistant's discovery prefix; name: for people; version: of the software.
        counts_passages, counts_inside: whether somebody counts who goes in, and how many are inside.
        replay: whether it shows recorded or simulated pictures.
    """

    gate: str
    prefix: str
    name: str
    version: str
    counts_passages: bool = False
    counts_inside: bool = False
    replay: bool = False

    @property
    def config_topic(self) -> str:
        return f"{self.prefix}/device/menshen_{self.gate}/config"

    @property
    def status_topic(self) -> str:
        """Where Home Assistant says that it begins."""
        return f"{self.prefix}/status"

    @property
    def state_topic(self) -> str:
        return f"{ROOT}/{self.gate}/state"

    @property
    def availability_topic(self) -> str:
        return f"{ROOT}/{self.gate}/availability"


def discovery(device: Device) -> dict[str, Any]:
    """The retained message on `config_topic`."""
    return {
        "device": {
            "identifiers": [f"menshen_{device.gate}"],
            "name": device.name,
            "manufacturer": "Menshen",
            "model": "gate, replay: not live" if device.replay else "gate",
            "sw_version": device.version,
        },
        "origin": {"name": "menshen", "sw_version": device.version},
        "availability": [
            {
                "topic": device.availability_topic,
                "payload_available": ONLINE.decode(),
                "payload_not_available": OFFLINE.decode(),
            }
        ],
        "state_topic": device.state_topic,
        "qos": 1,
        "components": {
            name: {**component, "unique_id": f"menshen_{device.gate}_{name}"} for name, component in _components(device).items()
        },
    }


def _components(device: Device) -> dict[str, dict[str, Any]]:
    passages = {"people_gone_in": _count("People gone in", "people_gone_in")} if device.counts_passages else {}
    inside = {"people_inside": _inside()} if device.counts_inside else {}
    return {
        "verdict": {
            "platform": "sensor",
            "name": "Verdict",
            "device_class": "enum",
            "options": [*Verdict, IDLE, UNKNOWN],
            "icon": "mdi:gate",
            "value_template": "{{ value_json.verdict }}",
        },
        "people_let_in": _count("People let in", "people_let_in"),
        **passages,
        **inside,
        "barrier": {
            "platform": "binary_sensor",
            "name": "Barrier",
            "device_class": "opening",
            "value_template": "{{ 'ON' if value_json.barrier_open else 'OFF' }}",
        },
        "problem": {
            "platform": "binary_sensor",
            "name": "Problem",
            "device_class": "problem",
            "entity_category": "diagnostic",
            "value_template": "{{ 'ON' if value_json.problems else 'OFF' }}",
            "json_attributes_topic": device.state_topic,
            "json_attributes_template": "{{ {'problems': value_json.problems} | tojson }}",
        },
    }


def _count(name: str, key: str) -> dict[str, Any]:
    """Counts since the gate's process began; `total_increasing` knows that a count may begin anew."""
    return {
        "platform": "sensor",
        "name": name,
        "state_class": "total_increasing",
        "unit_of_measurement": "people",
        "icon": "mdi:account-arrow-right",
        "value_template": f"{{{{ value_json.{key} }}}}",
    }


def _inside() -> dict[str, Any]:
    """`None` is what Home Assistant takes for not known."""
    return {
        "platform": "sensor",
        "name": "People inside",
        "state_class": "measurement",
        "unit_of_measurement": "people",
        "icon": "mdi:account-group",
        "value_template": "{{ value_json.people_inside }}",
    }
