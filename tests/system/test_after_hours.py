"""A whole gate one minute after closing time. A drawn visitor with a mask stands before it, and somebody leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.system.arm import Arm
from tests.system.drawn import drawn_visitors
from tests.system.gate import Gate
from tests.system.house import free_port, gate_names
from tests.system.settings import ARM, text, walk_up
from tests.system.until import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

DOORS = """
[admission]
time_zone = "UTC"
opening_hours = ["mon-sun {opens}-{closes}"]

[occupancy]
limit = 50

[occupancy.exit]
source = "contact"
line = 26
"""


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    [name], port = gate_names(1), free_port()
    database = tmp_path / "events.db"
    manifest = drawn_visitors(tmp_path, name, [36.6])
    scene = f'scene = "photographs"\nmanifest = {text(manifest)}\nhold_s = 60.0\ncircuit = true\n'
    cameras = walk_up(name).replace('scene = "walk_up"', scene)
    now = datetime.now(UTC)
    doors = DOORS.format(opens=f"{now - timedelta(hours=2):%H:%M}", closes=f"{now - timedelta(minutes=1):%H:%M}")
    uplink = f"[uplink]\ndatabase = {text(database)}\n\n[uplink.broker]\nport = {free_port()}\n"
    gate = Gate(name, tmp_path, f"{cameras}\n{ARM}\n{doors}\n{uplink}\n[kiosk]\nport = {port}\n", port, database)
    try:
        gate.start()
        yield gate
    finally:
        gate.program.stop()


def test_a_minute_after_closing_time_a_visitor_is_told_the_hours_the_barrier_is_shut_and_who_leaves_is_not_held(
    gate: Gate,
) -> None:
    """G8: one minute after closing time: HOLD, barrier shut, the kiosk shows the hours, the way out never held."""
    [said] = until(lambda: [one.data for one in gate.events("visit")][:1], 60, "the visitor is told")
    assert (said["verdict"], said["reasons"]) == ("hold", ["closed"])
    arm = Arm(gate)
    assert _shown(gate)["verdict"] == "hold"
    assert _shown(gate)["hours"]
    arm.do(left=1)
    until(lambda: gate.note("gate")["occupancy"]["clipped"] == 1, 20, lambda: f"who left is seen: {gate.note('gate')}")
    assert [doing for _, doing in arm.since(0.0) if doing != "shut"] == []


def _shown(gate: Gate) -> dict[str, Any]:
    """What the kiosk shows now."""
    with httpx.stream("GET", f"{gate.kiosk}/state", timeout=5) as states:
        line = next(line for line in states.iter_lines() if line.startswith("data: "))
    found: dict[str, Any] = json.loads(line.removeprefix("data: "))
    return found
