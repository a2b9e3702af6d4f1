"""The gate and Home Assistant on a real mosquitto with the listener's own configuration and access list."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from demo.broker import HOST, Broker
from edge.app.generation import parts_of
from edge.app.home_assistant_part import tell_home_assistant
from edge.app.probes import PROBES
from edge.app.rundir import RunDir
from edge.clock import SystemClock
from edge.config import GateConfig
from edge.errors import BrokerError
from tests.demo.test_broker_facility import FacilityBroker
from tests.fixtures_broker import wait_for
from tests.home_assistant.documented import faults

pytestmark = pytest.mark.broker

GATE = "hall-1"
CONFIG = f"homeassistant/device/menshen_{GATE}/config"
STATE, THERE = f"menshen/local/{GATE}/state", f"menshen/local/{GATE}/availability"


class HomeAssistant:
    """Hears everything it may, as Home Assistant's own account."""

    def __init__(self, broker: Broker) -> None:
        self.heard: list[tuple[str, Any, bool]] = []
        ready = threading.Event()
        self._client = paho.Client(CallbackAPIVersion.VERSION2, "home-assistant", protocol=paho.MQTTv5)
        self._client.username_pw_set("homeassistant", "ha-secret")
        self._client.on_connect = lambda client, *_: client.subscribe("#", qos=1)
        self._client.on_subscribe = lambda *_: ready.set()
        self._client.on_message = lambda _c, _d, one: self.heard.append((one.topic, _said(bytes(one.payload)), bool(one.retain)))
        self._client.connect(HOST, broker.port)
        self._client.loop_start()
        assert ready.wait(10)

    def of(self, topic: str) -> list[Any]:
        return [said for name, said, _ in self.heard if name == topic]

    def begin(self) -> None:
        """The birth message."""
        self._client.publish("homeassistant/status", b"online", qos=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.disconnect()
        self._client.loop_stop()


def _said(payload: bytes) -> Any:
    try:
        return json.loads(payload)
    except ValueError:
        return payload.decode()


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    accounts = {"gate": "gate-secret", "homeassistant": "ha-secret"}
    with FacilityBroker(tmp_path_factory.mktemp("local"), accounts, "unused") as broker:
        yield broker


def settings(folder: Path, broker: Broker, password: str = "gate-secret", **more: object) -> GateConfig:
    (folder / "password").write_text(password, encoding="utf-8")
    told = {"enabled": True, "port": broker.port, "password_file": folder / "password", "name": "Hall"}
    return GateConfig.model_validate(
        {
            "gate": GATE,
            "colour": {"source": "simulated"},
            "thermal": {"source": "none"},
            "screening": {"temperature": False},
            "uplink": {"database": folder / "gate.db"},
            "home_assistant": {**told, **more},
        }
    )


class Running:
    """The process's own function, with boards that the test writes."""

    def __init__(self, folder: Path, config: GateConfig) -> None:
        self.rundir, self.stop = RunDir(folder), threading.Event()
        self.rundir._fill(config)
        self.gate, self.own = self.rundir.board("gate"), self.rundir.board("home_assistant")
        self.rundir.board("uplink").post({"connected": True}, time.monotonic())
        self.say("idle")
        self._thread = threading.Thread(target=tell_home_assistant, args=(config, self.rundir, SystemClock(), self.stop))
        self._thread.start()

    def say(self, verdict: str, **more: object) -> None:
        note = {"verdict": verdict, "let_in": 3, "barrier_open": False, "alarms": [], "faults": [], **more}
        self.gate.post(note, time.monotonic())

    def until(self, fact: Callable[[], object], what: str) -> None:
        """The gate's rounds go on meanwhile."""

        def looked() -> object:
            self.gate.beat(time.monotonic())
            return fact()

        wait_for(looked, what)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._thread.join(10)
        assert not self._thread.is_alive()


def test_home_assistant_learns_who_the_gate_is_how_it_is_and_when_it_goes(tmp_path: Path, local: Broker) -> None:
    config = settings(tmp_path, local)
    with HomeAssistant(local) as home:
        with Running(tmp_path, config) as running:
            running.until(lambda: home.of(STATE), "the first state")
            (told,) = home.of(CONFIG)
            assert faults(told) == []
            assert (told["device"]["name"], told["state_topic"]) == ("Hall", STATE)
            assert home.of(THERE) == ["online"]
            running.say("recheck", barrier_open=True, alarms=["tailgating"])
            running.until(lambda: home.of(STATE)[-1]["verdict"] == "recheck", "the verdict")
            assert home.of(STATE)[-1]["problems"] == ["tailgating"]
            home.begin()
            running.until(lambda: len(home.of(CONFIG)) == 2, "the gate introduces itself again")
            running.until(lambda: home.of(STATE)[-2:] == [home.of(STATE)[-1]] * 2, "and says again how it is")
            assert running.own.read() == {"trouble": ""}
        wait_for(lambda: home.of(THERE)[-1] == "offline", "the last word")
    with HomeAssistant(local) as late:
        wait_for(lambda: late.of(CONFIG) and late.of(STATE) and late.of(THERE), "who comes later finds it there")
        assert all(retained for topic, _, retained in late.heard if topic in {CONFIG, STATE, THERE})


def test_a_gate_whose_loop_stands_still_is_a_problem_and_unknown(tmp_path: Path, local: Broker) -> None:
    with HomeAssistant(local) as home, Running(tmp_path, settings(tmp_path, local)) as running:
        running.say("pass")
        running.until(lambda: home.of(STATE) and home.of(STATE)[-1]["verdict"] == "pass", "the verdict")
        wait_for(lambda: home.of(STATE)[-1]["verdict"] == "unknown", "silence")
        assert home.of(STATE)[-1]["problems"] == ["gate_silent"]


def test_a_wrong_password_is_told_and_nothing_ends(tmp_path: Path, local: Broker) -> None:
    config = settings(tmp_path, local, "wrong")
    with Running(tmp_path, config) as running:
        running.until(lambda: "password" in (running.own.read() or {}).get("trouble", ""), "why not")
    with pytest.raises(BrokerError, match="home_assistant"):
        PROBES["home assistant"](config)
    assert PROBES["home assistant"](settings(tmp_path, local)) is not None


def test_the_process_runs_only_where_somebody_wants_it(tmp_path: Path, local: Broker) -> None:
    for enabled in (False, True):
        config = settings(tmp_path, local, enabled=enabled)
        rundir = RunDir(tmp_path)
        rundir._fill(config)
        assert ("home_assistant" in [part.name for part in parts_of(config, rundir)]) is enabled
