"""Settings of a room under UV-C or ozone: an arrangement that could hurt somebody is refused before anything is lit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gpiozero import Device

from contract.errors import MenshenError, SettingsError
from contract.settings_file import check
from edge.app.probes import PROBES
from edge.config import GateConfig
from edge.sim.circuit.lines import Level, Lines
from edge.sim.circuit.pins import SharedFactory
from tests.sim.room_rig import ROOM


def gate(folder: Path, room: dict[str, Any], **more: Any) -> GateConfig:
    """A gate with this room, by the road of a settings file."""
    values = {
        "gate": "south-1",
        "colour": {"source": "v4l2"},
        "thermal": {"source": "none"},
        "screening": {"temperature": False},
        "uplink": {"database": str(folder / "gate.db")},
        "room": room,
    }
    return check(values | more, GateConfig, where="gate.toml")


def without(*keys: str) -> dict[str, Any]:
    return {key: value for key, value in ROOM.items() if key not in keys}


def test_a_room_with_everything_it_needs_is_taken(tmp_path: Path) -> None:
    room = gate(tmp_path, ROOM).room
    assert room is not None
    assert (room.agent, room.enable, room.presence is not None) == ("uvc", "pulse", True)


@pytest.mark.parametrize("missing", ["feedback_line", "door", "motion", "key_line", "reset_line", "sign_line", "agent"])
def test_a_room_without_a_part_of_its_interlock_is_refused(tmp_path: Path, missing: str) -> None:
    with pytest.raises(SettingsError, match=missing):
        gate(tmp_path, without(missing))


@pytest.mark.parametrize("enable", ["level", "gpio", "relay"])
def test_a_plain_level_is_refused_with_what_to_take_instead(tmp_path: Path, enable: str) -> None:
    with pytest.raises(SettingsError, match=r"would hold the lamp on.*retriggerable timer"):
        gate(tmp_path, ROOM | {"enable": enable})


def test_ozone_without_a_time_to_clear_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="stays in the room"):
        gate(tmp_path, ROOM | {"agent": "ozone"})
    assert gate(tmp_path, ROOM | {"agent": "ozone", "clear_s": 1800.0}).room is not None


def test_an_ozone_meter_is_a_sensor_of_this_gate_that_measures_ozone_often_enough(tmp_path: Path) -> None:
    ozone = ROOM | {"agent": "ozone", "clear_s": 1800.0, "ozone_meter": {"sensor": "ward-ozone"}}
    air = {"name": "ward-ozone", "kind": "esphome", "topic": "ward", "quantities": ["ozone_ppm"]}
    assert gate(tmp_path, ozone, sensors={"mqtt": {"devices": [air]}}).room is not None
    with pytest.raises(SettingsError, match="no sensor of that name measures ozone"):
        gate(tmp_path, ozone, sensors={"mqtt": {"devices": [air | {"quantities": ["co2_ppm"]}]}})
    wired = {"name": "ward-ozone", "map": "xy_md02", "host": "meter", "every_s": 60.0}
    with pytest.raises(SettingsError, match="fresh_s is shorter than its sensor's every_s"):
        gate(tmp_path, ozone, sensors={"modbus": [wired]})
    with pytest.raises(SettingsError, match="ozone_meter measures what"):
        gate(tmp_path, ozone | {"agent": "uvc"}, sensors={"mqtt": {"devices": [air]}})


def test_a_wire_of_the_room_is_no_other_wire(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"inputs.fire_line and room.door.second_line are both GPIO line 20"):
        gate(tmp_path, ROOM, inputs={"fire_line": 20})
    with pytest.raises(SettingsError, match=r"room.enable_line and room.motion.line"):
        gate(tmp_path, ROOM | {"motion": {"line": 5}})


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Lines]:
    before, lines = Device.pin_factory, Lines.create(tmp_path / "lines")
    Device.pin_factory = SharedFactory(lines)
    yield lines
    Device.pin_factory = before


def test_check_says_whether_the_lamp_is_off(tmp_path: Path, lines: Lines) -> None:
    config = gate(tmp_path, ROOM)
    lines.set_input(ROOM["feedback_line"], Level.LOW)
    assert PROBES["room"](config) == "ward-3, UV-C, the lamp is off"
    lines.set_input(ROOM["feedback_line"], Level.OPEN)
    with pytest.raises(MenshenError, match="the lamp is on, or its feedback is lost"):
        PROBES["room"](config)
    assert not lines.output(ROOM["enable_line"])
