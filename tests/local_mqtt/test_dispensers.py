"""A use of a real node's dispenser, over a real broker, becomes the clean hands of whoever stands at the gate."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.verdicts import Hands
from demo.broker import Broker
from edge.config import GateConfig
from edge.gate.clean_hands import CleanHands
from tests.demo.test_broker_facility import FacilityBroker
from tests.local_mqtt.test_sensors_part import ACCOUNTS, Node, Running

pytestmark = pytest.mark.broker
DISPENSER = {"name": "canteen", "kind": "esphome", "topic": "bin-7", "quantities": ["count"], "every_s": 0.5}


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Broker]:
    with FacilityBroker(tmp_path / "broker", ACCOUNTS, "unused") as broker:
        yield broker


def settings(folder: Path, broker: Broker) -> GateConfig:
    (folder / "password").write_text("gate-secret", encoding="utf-8")
    return GateConfig.model_validate(
        {
            "gate": "hall-1",
            "colour": {"source": "simulated"},
            "thermal": {"source": "none"},
            "screening": {"temperature": False},
            "uplink": {"database": folder / "gate.db"},
            "hands": {"mode": "ask", "dispensers": ["canteen"]},
            "sensors": {"mqtt": {"port": broker.port, "password_file": folder / "password", "devices": [DISPENSER]}},
        }
    )


def test_a_use_of_the_dispenser_is_the_clean_hands_of_one_person(tmp_path: Path, local: Broker) -> None:
    with Running(tmp_path, settings(tmp_path, local)) as running, Node(local, "bin-7") as node:
        hands = CleanHands(running.rundir.board("dispensers"), running.rundir.board("washed"), 60.0)
        node.say("bin-7/status", b"online", retain=True)
        node.say("bin-7/sensor/uses/state", b"41")
        running.until(lambda: any(one["value"] == 41.0 for one in running.note["readings"]), "the counter as it was")
        hands.look()
        assert hands.of("v1", time.monotonic()) is Hands.NONE
        node.say("bin-7/sensor/uses/state", b"42")
        running.until(lambda: (running.rundir.board("dispensers").read() or {}).get("uses") == 1, "one use")
        hands.look()
        assert [hands.of(visit, time.monotonic()) for visit in ("v1", "v2")] == [Hands.DISPENSER, Hands.NONE]
