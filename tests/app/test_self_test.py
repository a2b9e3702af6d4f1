"""The self-test of a gate that runs: what works is said to work, what does not says what to do, and nothing in use is touched."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from edge.app.probes import Outcome
from edge.app.technician.live import LIVE_PROBES, Live
from edge.app.technician.self_test import findings, told
from edge.config import GateConfig
from edge.config.barrier_lines import PulseBarrier
from edge.config.room import RoomConfig
from edge.config.sensors import SensorsConfig
from edge.config.tree import BrokerConfig
from edge.kiosk.technician.page import PAGES
from tests.sim.gates import simulated_gate
from tests.sim.room_rig import ROOM

HEARD = {"sensor": "hall-air", "place": "Hall", "quantity": "co2_ppm", "value": 812.0, "trouble": None}
DEVICE = {"name": "hall-air", "kind": "esphome", "topic": "air-1", "quantities": ["co2_ppm"]}
SENSORS = SensorsConfig.model_validate({"mqtt": {"devices": [DEVICE]}})
FINE: dict[str, dict[str, Any]] = {
    "supervisor": {"parts": {"colour": "up", "gate": "up"}, "restarts": {"colour": 0}},
    "colour": {"state": "live", "fps": 24.8, "replay": True},
    "thermal": {"state": "live", "fps": 24.9, "replay": True},
    "gate": {"alarms": [], "faults": [], "fire": False, "barrier_open": False, "arm_clear": True},
    "room": {"state": "idle", "lamp": "off", "alarms": [], "why": None, "sensors": {"door": "nobody"}},
    "health": {"loop_p50_ms": 4.1, "loop_p99_ms": 9.0, "frames_skipped": 2},
    "uplink": {"connected": True, "outbox_rows": 0, "disk": None, "clock_ok": True, "certificate_days": 60.0},
    "sensors": {"readings": [HEARD]},
    "home_assistant": {"trouble": ""},
}


def config_in(folder: Path) -> GateConfig:
    config = simulated_gate()
    uplink = config.uplink.model_copy(
        update={"database": folder / "gate.db", "broker": BrokerConfig(cert_file=folder / "gate.pem")}
    )
    wired: dict[str, Any] = {
        "barrier": PulseBarrier(kind="pulse", line=17),
        "inputs": config.inputs.model_copy(update={"fire_line": 24}),
        "room": RoomConfig.model_validate(ROOM),
    }
    (folder / "allowed.json").write_text('{"badges": ["s-17"]}', encoding="utf-8")
    area = config.admission.model_copy(update={"key_area": True, "allow_list": folder / "allowed.json"})
    home = config.home_assistant.model_copy(update={"enabled": True})
    return config.model_copy(update={"uplink": uplink, "admission": area, "home_assistant": home, "sensors": SENSORS, **wired})


@pytest.fixture
def fine(tmp_path: Path) -> Live:
    return Live(config_in(tmp_path), FINE, dict.fromkeys(FINE, 0.1))


def found(live: Live, part: str) -> tuple[Outcome, str, str | None]:
    (one,) = [one for one in findings(live) if one.part == part]
    return one.outcome, one.detail, one.refusal.remedy if one.refusal else None


def test_a_gate_of_which_everything_works_says_so(fine: Live) -> None:
    outcomes = {one.part: one.outcome for one in findings(fine)}
    assert outcomes == dict.fromkeys(LIVE_PROBES, Outcome.WORKS)
    assert found(fine, "barrier")[1] == "pulse, shut, nobody under the arm"


WRONG: list[tuple[str, str, dict[str, Any], str]] = [
    ("processes", "supervisor", {"parts": {"qr": "down"}}, "qr does not run"),
    (
        "colour camera",
        "colour",
        {"state": "missing", "detail": "there is no such camera", "remedy": "Plug it in."},
        "no such camera",
    ),
    ("colour camera", "gate", {"faults": ["colour_camera"]}, "late, frozen or black"),
    ("thermal camera", "thermal", {"state": "live", "fps": 3.0}, "3.0 pictures a second, the settings ask for 25"),
    ("room", "room", {"alarms": ["room_lamp"], "state": "faulty", "why": "the lamp is dark"}, "faulty: the lamp is dark"),
    ("reference body", "gate", {"faults": ["reference_lost"]}, "not seen"),
    ("barrier", "gate", {"alarms": ["barrier"]}, "drive does not answer"),
    ("fire contact", "gate", {"fire": True}, "fire, or a broken wire"),
    ("disk", "uplink", {"disk": "database or disk is full"}, "takes no events"),
    ("clock", "uplink", {"clock_ok": False}, "nothing keeps it right"),
    ("broker", "uplink", {"connected": False, "away": "Connection refused", "outbox_rows": 412}, "refused; 412 events wait"),
    ("certificate", "uplink", {"certificate_days": 3.0}, "good for 3 more days"),
    ("sensors", "sensors", {"readings": [HEARD, HEARD | {"value": None, "trouble": "stale"}]}, "Hall: co2_ppm stale"),
    ("sensors", "sensors", {"readings": [], "crowded": True}, "too many to be judged here"),
    ("sensors", "sensors", {"readings": []}, "nothing was said yet"),
    ("home assistant", "home_assistant", {"trouble": "cannot be reached"}, "cannot be reached"),
]


@pytest.mark.parametrize(("part", "board", "note", "says"), WRONG, ids=[f"{part} by {board}" for part, board, *_ in WRONG])
def test_what_does_not_work_is_named_with_what_to_do(fine: Live, part: str, board: str, note: dict[str, Any], says: str) -> None:
    ill = replace(fine, notes={**FINE, board: FINE[board] | note})
    probe = LIVE_PROBES[part]
    with pytest.raises(Exception, match=says) as refusal:
        probe(ill)
    assert getattr(refusal.value, "remedy", None)


def test_a_loop_that_makes_no_round_is_named(fine: Live) -> None:
    with pytest.raises(Exception, match="no round for 12 s"):
        LIVE_PROBES["loop"](replace(fine, silent_s={**fine.silent_s, "gate": 12.0}))


def test_what_a_gate_does_not_have_is_not_used(fine: Live) -> None:
    plain = replace(fine, config=simulated_gate())
    assert LIVE_PROBES["fire contact"](plain) is None
    assert LIVE_PROBES["certificate"](plain) is None
    assert LIVE_PROBES["sensors"](plain) is None
    assert LIVE_PROBES["home assistant"](plain) is None
    assert LIVE_PROBES["allow list"](plain) is None


def test_every_part_has_a_name_in_both_languages_and_no_password_leaves(fine: Live) -> None:
    words = json.loads((PAGES / "static" / "parts.json").read_text(encoding="utf-8"))
    assert words.keys() == LIVE_PROBES.keys()
    (one,) = [one for one in findings(fine) if one.part == "clock"]
    assert "•••" in told(replace(one, detail="rtsp://admin:s3cret@10.0.0.7/"))["detail"]
