"""What fails how: nobody is at the manual lane and the network is down. A drawn visitor stands before a whole gate and stays."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest

from edge.sim.circuit.lines import Lines
from edge.sim.trouble import Trouble
from tests.system.arm import Arm
from tests.system.drawn import drawn_visitors
from tests.system.gate import Gate
from tests.system.house import free_port, gate_names
from tests.system.settings import ARM, text, walk_up
from tests.system.until import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

LAMP, BUZZER = 22, 23


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    folder, [name], port = tmp_path_factory.mktemp("lane"), gate_names(1), free_port()
    database = folder / "events.db"
    scene = f'scene = "photographs"\nmanifest = {text(drawn_visitors(folder, name, [36.6]))}\nhold_s = 60.0\ncircuit = true\n'
    settings = (
        walk_up(name).replace('scene = "walk_up"', scene).replace('source = "simulated"', 'source = "simulated"\nfps = 8.0', 1)
    )
    uplink = f"[uplink]\ndatabase = {text(database)}\n\n[uplink.broker]\nport = {free_port()}\n"
    gate = Gate(name, folder, f"{settings}\n{ARM}\n{uplink}\n[kiosk]\nport = {port}\n", port, database)
    try:
        gate.start()
        yield gate
    finally:
        gate.program.stop()


def calls(gate: Gate) -> list[tuple[str, float]]:
    """Whom a guard was called for, and when."""
    told = [event for event in gate.events("alert") if event.data["kind"] == "guard_needed"]
    return [(event.data["subject"], event.mono_s) for event in told if event.data["state"] == "raised"]


def test_nobody_at_the_manual_lane_a_guard_is_called_after_20_s_by_lamp_and_buzzer_where_the_network_is_down(
    gate: Gate,
) -> None:
    hurt_s = Arm(gate).do(thermal=Trouble.MISSING)
    until(lambda: gate.note("gate")["verdict"] == "cannot_measure", 30, "the visitor cannot be measured")
    [(_, called_s), *_] = until(lambda: calls(gate), 60, "a guard is called")
    assert 19.0 <= called_s - hurt_s <= 30.0
    assert gate.note("gate")["guard_called"]
    lines = Lines(gate.rundir.lines_path)
    until(lambda: {LAMP, BUZZER} <= {edge.line for edge in lines.edges(0)}, 10, "lamp and buzzer go")
    lines.close()


def test_the_help_button_calls_a_guard_at_once(gate: Gate) -> None:
    pressed_s = time.monotonic()
    assert httpx.post(f"{gate.kiosk}/help", headers={"x-menshen": "1"}).status_code == httpx.codes.ACCEPTED
    until(lambda: [who for who, at_s in calls(gate) if who.startswith("help-") and at_s > pressed_s], 10, "a guard is called")
