"""What fails how: the rows of the design's table that are not the barrier's, each on a whole gate with all its processes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import partial

import psutil
import pytest
from playwright.sync_api import Browser, expect

from edge.sim.trouble import Trouble
from tests.notified import Notified, notify_socket
from tests.system.alarms import LATE_S, judged_since, one_more_decision, raised, returned, screening_goes_on, stands
from tests.system.arm import Arm
from tests.system.books import agree
from tests.system.gate import Gate
from tests.system.house import House, gate_names, open_house
from tests.system.room import ROOM, Room
from tests.system.settings import ARM, walk_up
from tests.system.until import until

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.timeout(300)]

CAMERA_S, REFERENCE_S = 2.0, 5.0
"""So long after it failed, its alarm has been raised."""
ROOM_S = 1.0
"""So long after somebody came in the lamp is out, and it is told."""
BACK_S = 75.0
"""A gate that found no broker tries again after up to a minute, by chance."""


@pytest.fixture(scope="module")
def manager() -> Iterator[Notified]:
    """The service manager, as the gate hears of it and it hears of the gate."""
    with notify_socket(f"@menshen-{os.getpid()}-what-fails") as listening:
        yield listening


@pytest.fixture(scope="module")
def name() -> str:
    return gate_names(1)[0]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, name: str) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house"), [name]) as house:
        yield house


@pytest.fixture(scope="module")
def gate(house: House, name: str, manager: Notified) -> Gate:
    cameras = walk_up(name).replace('source = "simulated"', 'source = "simulated"\nfps = 10.0', 1)
    gate = house.add_gate(name, f"{cameras.replace('fps = 25.0', 'fps = 10.0')}\ncircuit = true\n", ARM + ROOM)
    gate.settings.write_text(gate.settings.read_text(encoding="utf-8") + 'lane_way = "left"\n', encoding="utf-8")
    gate.program.environment = {"NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "2000000"}
    gate.start()
    return gate


@pytest.fixture
def arm(gate: Gate) -> Iterator[Arm]:
    """Nothing is wrong; afterwards nothing is wrong again."""
    arm = Arm(gate)
    yield arm
    arm.mend()
    until(lambda: not gate.note("gate").get("faults"), LATE_S, "all alarms of the cameras are over")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("colour", "thermal"),
    [
        (Trouble.MISSING, Trouble.MISSING),
        (Trouble.HANGING, Trouble.SILENT),
        (Trouble.FROZEN, Trouble.FROZEN),
        (Trouble.BLACK, Trouble.BLACK),
    ],
)
def test_a_camera_missing_stale_frozen_black_or_nan_measures_nobody_and_is_told_within_two_seconds(
    house: House, gate: Gate, arm: Arm, browser: Browser, colour: Trouble, thermal: Trouble
) -> None:
    loop = gate.pids["gate"]
    hurt_s = arm.do(colour=colour, thermal=thermal)
    for kind in ("colour_camera", "thermal_camera"):
        [after_s, *_] = until(partial(raised, gate, kind, hurt_s), LATE_S, f"{kind} is an alarm")
        assert after_s <= CAMERA_S, kind
        until(partial(stands, house, gate, kind), LATE_S, "the guards know")
    page = browser.new_page()
    page.goto(gate.kiosk)
    expect(page.locator("body")).to_have_attribute("data-verdict", "cannot_measure")
    expect(page.locator("#way")).to_have_attribute("data-way", "left")
    page.close()
    until(lambda: arm.doing == "shut", 10, "the arm is shut")
    assert "pass" not in judged_since(gate, hurt_s + CAMERA_S)
    assert gate.pids["gate"] == loop, "a state, not a restart"
    arm.mend()
    for kind in ("colour_camera", "thermal_camera"):
        until(partial(returned, house, gate, kind), LATE_S, "the alarm returns")


def test_a_camera_that_comes_back_while_the_gate_is_started_again_ends_its_alarm(house: House, gate: Gate, arm: Arm) -> None:
    hurt_s = arm.do(colour=Trouble.BLACK)
    until(lambda: raised(gate, "colour_camera", hurt_s), LATE_S, "it is an alarm")
    gate.kill_part("gate")
    arm.mend()
    until(lambda: stands(house, gate, "colour_camera"), LATE_S, "the guards know")
    until(lambda: not stands(house, gate, "colour_camera"), LATE_S, "the alarm returns")


def test_a_reference_body_lost_for_a_second_gives_no_temperatures_and_is_told_within_five(
    house: House, gate: Gate, arm: Arm
) -> None:
    hurt_s = arm.do(thermal=Trouble.COVERED)
    [after_s, *_] = until(lambda: raised(gate, "reference_lost", hurt_s), LATE_S, "it is an alarm")
    assert after_s <= REFERENCE_S
    until(lambda: stands(house, gate, "reference_lost"), LATE_S, "the guards know")
    told_s = time.monotonic()
    one_more_decision(gate)
    judged = [event.data for event in gate.events("visit") if event.mono_s > told_s]
    assert not [one for one in judged if one["verdict"] == "pass" or one["reading"]]
    arm.mend()
    until(lambda: not stands(house, gate, "reference_lost"), LATE_S, "the alarm returns")
    one_more_decision(gate)


def test_broker_or_cloud_away_and_screening_goes_on_while_events_wait_on_the_disk(house: House, gate: Gate) -> None:
    house.broker.kill()
    one_more_decision(gate)
    assert gate.waiting()
    house.broker.start()
    until(lambda: agree(house, [gate]), BACK_S, lambda: f"the books agree; waiting: {gate.waiting()}")
    house.cloud.kill()
    one_more_decision(gate)
    assert gate.waiting()
    house.start_cloud()
    until(lambda: agree(house, [gate]), BACK_S, lambda: f"the books agree; waiting: {gate.waiting()}")


def test_a_gate_whose_line_is_cut_goes_on_and_the_cloud_says_that_it_is_offline(house: House, gate: Gate) -> None:
    supervisor = psutil.Process(gate.pids["gate"]).parent()
    assert supervisor is not None
    supervisor.suspend()  # so that the line stays cut
    try:
        gate.kill_part("uplink")
        until(lambda: stands(house, gate, "gate_offline"), LATE_S, "the cloud says so")
        screening_goes_on(gate)
    finally:
        supervisor.resume()
    until(lambda: not stands(house, gate, "gate_offline"), BACK_S, "it is back")
    until(lambda: agree(house, [gate]), LATE_S, lambda: f"the books agree; waiting: {gate.waiting()}")


@pytest.mark.parametrize("part", ["gate", "uplink"])
def test_a_loop_writer_or_sender_that_makes_no_rounds_is_started_again(gate: Gate, part: str) -> None:
    restarts, pid = gate.restarts[part], gate.pids[part]
    os.kill(pid, signal.SIGSTOP)
    until(lambda: gate.restarts[part] > restarts and gate.pids[part] not in {0, pid}, LATE_S, f"{part} is started again")
    one_more_decision(gate)


def test_a_supervisor_that_stands_still_feeds_no_watchdog_and_one_that_goes_does(gate: Gate, manager: Notified) -> None:
    fed = manager.fed
    until(lambda: manager.fed > fed, LATE_S, "the watchdog is fed")
    supervisor = psutil.Process(gate.pids["gate"]).parent()
    assert supervisor is not None
    supervisor.suspend()
    manager.listen()
    fed, went_s = manager.fed, gate.note("gate")["now_s"]
    until(lambda: gate.note("gate")["now_s"] > went_s + 3.0, LATE_S, "the loop goes on meanwhile")
    still = manager.fed
    supervisor.resume()
    assert still == fed
    until(lambda: manager.fed > fed, LATE_S, "the watchdog is fed again")


@pytest.fixture
def room(gate: Gate) -> Iterator[Room]:
    """A room whose UV-C lamp is on, with nobody in it; afterwards it is idle and nothing stands."""
    room = Room(gate)
    room.burn()
    yield room
    room.reset()
    until(lambda: not gate.note("room")["alarms"], LATE_S, "its alarms are over")


@pytest.mark.parametrize("what", [{"inside": True}, {"cut": ("motion",)}], ids=["person", "lost sensor"])
def test_a_person_in_a_room_under_uv_c_or_ozone_puts_the_lamp_out_and_is_told_within_a_second(
    house: House, gate: Gate, room: Room, what: dict[str, object]
) -> None:
    came_s = room.do(**what)
    assert room.out_after_s(came_s) < ROOM_S
    [after_s] = until(partial(raised, gate, "room_person", came_s), LATE_S, "it is an alarm")
    assert after_s <= ROOM_S
    until(partial(stands, house, gate, "room_person"), LATE_S, "the guards know")
    room.do(inside=False, cut=())
    until(lambda: set(gate.note("room")["sensors"].values()) == {"nobody"}, LATE_S, "nobody is inside")
    assert (room.state, room.lit) == ("tripped", False), "it waits for a person"
    room.reset()
    until(partial(returned, house, gate, "room_person"), LATE_S, "the alarm returns")


def test_the_room_s_process_dies_and_the_lamp_goes_out_and_the_hard_wire_alone_keeps_it_out(gate: Gate, room: Room) -> None:
    supervisor = psutil.Process(gate.pids["room"]).parent()
    assert supervisor is not None
    supervisor.suspend()  # so that the room's process stays dead
    try:
        died_s = time.monotonic()
        gate.kill_part("room")
        assert room.out_after_s(died_s) < ROOM_S
        with room.asked_by_another():
            until(lambda: room.lit, LATE_S, "whoever pulses the line has the lamp")
            came_s = room.do(door_open=True)
            room.out_after_s(came_s)
        assert not room.lit_since(came_s)
    finally:
        room.do(door_open=False)
        supervisor.resume()
    until(lambda: room.state == "locked", LATE_S, "another one waits for a person")
    assert not room.lit


def test_a_lamp_that_is_on_without_being_asked_is_told_within_a_second(house: House, gate: Gate, room: Room) -> None:
    room.do(key=False)
    until(lambda: room.state == "idle", LATE_S, "the run is over")
    on_s = room.do(welded=True)
    [after_s] = until(partial(raised, gate, "room_lamp", on_s), LATE_S, "it is an alarm")
    assert after_s <= ROOM_S
    until(partial(stands, house, gate, "room_lamp"), LATE_S, "the guards know")
    room.reset()
    until(partial(returned, house, gate, "room_lamp"), LATE_S, "the alarm returns")
