"""What Home Assistant is told of a gate: in its documented form, and nothing about a person."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contract.verdicts import Verdict
from edge.app.home_assistant_part import device_of
from edge.home_assistant.discovery import Device, discovery
from edge.home_assistant.state import SILENT_S, state
from tests.home_assistant.documented import faults
from tests.sim.gates import simulated_gate

BARE = Device("south-1", "homeassistant", "South gate", "0.1.0")
FULL = Device("south-1", "homeassistant", "South gate", "0.1.0", counts_passages=True, counts_inside=True, replay=True)
NOTE: dict[str, Any] = {
    "verdict": "pass",
    "reason": None,
    "let_in": 41,
    "passed": 40,
    "barrier_open": True,
    "alarms": ["tailgating"],
    "faults": [],
    "occupancy": {"people": 12, "limit": 50},
    "staff": {"visit": "v-secret", "duty": "on"},
    "person": [1.0, 2.0, 3.0, 4.0],
    "faces": [[1.0, 2.0, 3.0, 4.0]],
    "message": {"zh": "secret", "en": "secret"},
}


@pytest.mark.parametrize("device", [BARE, FULL])
def test_the_message_is_as_home_assistant_documents_it(device: Device) -> None:
    made = discovery(device)
    assert faults(made) == []
    assert len(json.dumps(made)) < 10_000
    assert device.config_topic == "homeassistant/device/menshen_south-1/config"
    uniques = [one["unique_id"] for one in made["components"].values()]
    assert len(set(uniques)) == len(uniques)


def test_a_message_with_a_key_nobody_knows_would_be_found() -> None:
    made = discovery(FULL)
    made["components"]["verdict"]["topic_state"] = "x"
    del made["origin"]["name"]
    assert faults(made) == ["the origin needs a name", "verdict: unknown topic_state"]


def test_every_verdict_is_an_option_and_what_nobody_counts_is_no_entity() -> None:
    made = discovery(BARE)["components"]
    assert set(made["verdict"]["options"]) == {*Verdict, "idle", "unknown"}
    assert set(made) == {"verdict", "people_let_in", "barrier", "problem"}
    assert set(discovery(FULL)["components"]) - set(made) == {"people_gone_in", "people_inside"}


def test_the_settings_say_what_is_told() -> None:
    config = simulated_gate()
    assert not config.home_assistant.enabled, "off, unless somebody wants it"
    device = device_of(config)
    assert (device.replay, device.counts_inside, device.name) == (True, False, f"Gate {config.gate}")


def test_the_state_tells_verdict_counts_barrier_and_problems_and_nothing_about_a_person() -> None:
    told = state(NOTE, {"connected": False, "disk": "full"}, 0.1)
    assert told == {
        "verdict": "pass",
        "people_let_in": 41,
        "people_gone_in": 40,
        "people_inside": 12,
        "barrier_open": True,
        "problems": ["disk", "network", "tailgating"],
    }
    assert "secret" not in json.dumps(told)


def test_an_alarm_of_the_room_is_a_problem_whether_the_gate_speaks_or_not() -> None:
    room = {"alarms": ["room_person"]}
    assert state(NOTE, {"connected": True}, 0.1, room)["problems"] == ["room_person", "tailgating"]
    assert state(NOTE, {"connected": True}, SILENT_S + 0.1, room)["problems"] == ["gate_silent", "room_person"]


@pytest.mark.parametrize("silent_s", [SILENT_S + 0.1, -5.0])
def test_a_gate_that_says_nothing_any_more_is_unknown_and_a_problem(silent_s: float) -> None:
    told = state(NOTE, {"connected": True}, silent_s)
    assert (told["verdict"], told["barrier_open"], told["people_inside"]) == ("unknown", False, None)
    assert told["problems"] == ["gate_silent"]
    assert state({}, {}, 0.0)["verdict"] == "unknown"
