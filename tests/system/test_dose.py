"""A room under UV-C, from the key to the cloud: the dose told is what the lamp gave, and an intruder makes it short."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from demo.child import console_command
from edge.policy.lamp import Lamp
from edge.policy.room import State
from edge.sensors.lamp_book import read_page
from edge.sim.lamp import dose_mj_cm2
from tests.system.alarms import LATE_S, raised, returned, stands
from tests.system.gate import Gate
from tests.system.house import House, gate_names, open_house
from tests.system.room import ROOM, Room
from tests.system.settings import ARM, walk_up
from tests.system.until import until

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.timeout(300)]

RUN_S, MIDDLE_S, TARGET_MJ_CM2 = 12.0, 2.5, 0.5
"""The simulated lamp gives 0.9 mJ/cm² in a run, and reaches the target after 8 s."""
UVC = f"""
[[sensors.i2c]]
name = "ward-3-eye"
driver = "ads1115_uvc"
uw_cm2_per_v = 100.0
every_s = 0.5

[[uvc.doses]]
name = "ward-3-bed"
place = "Ward 3, bed"
of = "ward-3-eye"
off_pct = 5.0
target_mj_cm2 = {TARGET_MJ_CM2}
target_source = "made up for this test"

[[uvc.lamps]]
name = "ward-3-lamp"
of = "ward-3-eye"
warm_up_s = 5.0
"""


@pytest.fixture(scope="module")
def name() -> str:
    return gate_names(1)[0]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, name: str) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house"), [name]) as house:
        yield house


@pytest.fixture(scope="module")
def gate(house: House, name: str) -> Iterator[Gate]:
    room = ROOM.replace("run_s = 600.0", f"run_s = {RUN_S}")
    cameras = walk_up(name).replace("fps = 25.0", "fps = 10.0")
    gate = house.add_gate(name, f"{cameras}\ncircuit = true\nsensors = true\n", ARM + room + UVC)
    gate.start()
    yield gate
    gate.stop()


def run_of(gate: Gate, number: int) -> dict[str, Any]:
    """The readings of a run of the lamp, by quantity; empty before its end. The first is number 1."""
    readings = [one for event in gate.events("sensor") for one in event.data["readings"] if one["sensor"] == "ward-3-bed"]
    ends = sorted({one["taken"] for one in readings if one["quantity"] == "uvc_lit_s" and one.get("value") is not None})
    if len(ends) < number:
        return {}
    return {one["quantity"]: one.get("value") for one in readings if one["taken"] == ends[number - 1]}


def truth_mj_cm2(gate: Gate) -> float:
    """Of the newest time that the simulated lamp was on."""
    [*_, (on_s, on), (off_s, still_on)] = gate.note("circuit")["room"]["history"]
    assert (on, still_on) == (True, False)
    return dose_mj_cm2(off_s - on_s)


def has_been_on(gate: Gate, for_s: float) -> bool:
    on_s, on = gate.note("circuit")["room"]["history"][-1]
    return bool(on) and time.monotonic() - on_s >= for_s


def is_true(told: dict[str, Any], truth: float) -> bool:
    """Whether the truth lies between what was measured and what it can have been at most beside that."""
    unseen_s = told["uvc_lit_s"] * (1.0 - told["uvc_covered_pct"] / 100.0)
    most = told["uvc_dose_mj_cm2"] + told["uvc_dose_off_mj_cm2"] + told["uvc_peak_uw_cm2"] * unseen_s / 1000.0
    return bool(told["uvc_dose_mj_cm2"] - told["uvc_dose_off_mj_cm2"] <= truth <= most)


def test_a_run_gives_its_dose_and_an_intruder_makes_the_next_one_short(house: House, gate: Gate) -> None:
    room = Room(gate)
    room.burn()
    until(lambda: room.state == State.IDLE, LATE_S, "the run is over by its time")
    told = until(partial(run_of, gate, 1), LATE_S, "the dose of the first run is told")
    assert is_true(told, truth_mj_cm2(gate)), (told, truth_mj_cm2(gate))
    assert told["uvc_reached"] == 1.0
    assert told["uvc_covered_pct"] > 75.0
    assert raised(gate, "uvc_dose_short") == []

    room.burn()
    until(partial(has_been_on, gate, MIDDLE_S), LATE_S, "the lamp has been on for a while")
    came_s = room.do(door_open=True, inside=True)
    told = until(partial(run_of, gate, 2), LATE_S, "the dose of the second run is told")
    assert is_true(told, truth_mj_cm2(gate)), (told, truth_mj_cm2(gate))
    assert told["uvc_reached"] == 0.0
    for kind in ("room_person", "uvc_dose_short"):
        until(partial(raised, gate, kind, came_s), LATE_S, f"{kind} is told")
        until(partial(stands, house, gate, kind), LATE_S, f"the guards know of {kind}")

    room.burn()
    told = until(partial(run_of, gate, 3), LATE_S, "the dose of the third run is told")
    assert told["uvc_reached"] == 1.0
    until(partial(returned, house, gate, "uvc_dose_short"), LATE_S, "enough light ends the alarm")
    said = [one for event in gate.events("sensor") for one in event.data["readings"] if one["sensor"] == "ward-3-lamp"]
    lamp = {one["quantity"]: one.get("value") for one in said}
    assert lamp["lamp_starts"] == 3.0
    assert 24.0 < lamp["lamp_h"] * 3600.0 < 3 * (RUN_S + 5.0)
    room.reset()

    command = [console_command("menshen-edge"), "lamp", str(gate.settings), "new"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "3 starts" in answer.stdout, "it says what the old one had"
    page = read_page(gate.database.with_suffix(".lamp.json"))
    assert (page.lamp, bool(page.put_in)) == (Lamp(), True)
