"""What fails how: the clock. A whole gate on a machine that boots in 1970 and is set right later."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.system.alarms import LATE_S, one_more_decision
from tests.system.books import agree
from tests.system.house import gate_names, open_house
from tests.system.settings import walk_up
from tests.system.until import until

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.timeout(180)]
HERE = Path(__file__).parent


def test_clock_wrong_screening_goes_on_and_its_events_come_once_with_their_true_time(tmp_path: Path) -> None:
    [name], told = gate_names(1), tmp_path / "clock"
    told.write_text(repr(-time.time()), encoding="ascii")
    with open_house(tmp_path, [name]) as house:
        gate = house.add_gate(name, walk_up(name), uplink='clock = "wall"')
        gate.program.environment = {"PYTHONPATH": str(HERE / "set_clock"), "MENSHEN_TEST_CLOCK": str(told)}
        gate.start()
        began_s = time.time()
        until(lambda: "pass" in [one.data["verdict"] for one in gate.events("visit")], LATE_S, "somebody passes in 1970")
        assert {datetime.fromtimestamp(one.wall_s, UTC).year for one in gate.events()} == {1970}
        assert [one.data["clock_ok"] for one in gate.events("health")] == [False] * len(gate.events("health"))
        until(lambda: gate.note("uplink").get("clock_ok") is False, LATE_S, "the gate knows")
        told.write_text("0.0", encoding="ascii")
        one_more_decision(gate)
        until(lambda: agree(house, [gate]), LATE_S, lambda: f"the books agree; waiting: {gate.waiting()}")
        times_s = [
            ms / 1000.0 for (ms,) in house.ledger("SELECT coalesce(corrected_ms, time_ms) FROM event WHERE kind = 'visit'")
        ]
        assert len(times_s) > 1
        assert all(began_s - 20.0 < one_s < time.time() for one_s in times_s), "their true times"
