"""A gate that the site has closed for good: whoever comes in there is told at once, and nobody else is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import audit
from tests.cloud import messages
from tests.cloud.people import somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve


@pytest.fixture
def served(rig: Rig, tmp_path: Path) -> Iterator[Served]:
    rig.arrive(messages.health(1), messages.health(1, gate="gate-2"))
    series = SqliteSeries(tmp_path / "series.db")
    with serve(rig, series, tmp_path / "dist") as running:
        yield running
    series.close()


def alarms(rig: Rig) -> list[tuple[str, str, int, int]]:
    return [(one.kind, one.gate, one.priority, one.count) for one in rig.look().queue if one.kind == "unexpected_entry"]


def test_somebody_at_a_gate_that_is_closed_for_good_is_an_unexpected_entry(served: Served) -> None:
    """G1: a person event from a gate marked closed raises the alarm `unexpected_entry`."""
    rig = served.rig
    later = datetime.fromtimestamp(rig.now_ms / 1000, UTC) + timedelta(seconds=5)
    with somebody(served, "administrator") as admin:
        said = {"closed": True, "why": "the south gate is the only entrance"}
        assert admin.put("/api/gates/gate-1/closed", json=said).status_code == 204
        assert rig.look().gates[0].closed_since is not None
        rig.arrive(messages.visit(2, "before"), messages.visit(2, "elsewhere", at=later, gate="gate-2"))
        assert alarms(rig) == []
        rig.arrive(messages.visit(3, "v3", at=later), messages.visit(4, "v3", 1, at=later))
        assert alarms(rig) == [("unexpected_entry", "gate-1", 1, 1)]
        rig.arrive(messages.visit(5, "v5", at=later))
        assert alarms(rig)[0][3] == 2
        assert admin.put("/api/gates/gate-1/closed", json={"closed": False, "why": "an entrance again"}).status_code == 204
        rig.arrive(messages.visit(6, "v6", at=later))
        assert alarms(rig)[0][3] == 2
        assert rig.look().gates[0].closed_since is None
    assert [row for row in rig.rows(audit, "action", "subject") if row[0].startswith("gate ")] == [
        ("gate closed", "gate-1"),
        ("gate reopened", "gate-1"),
    ]


def test_a_guard_closes_no_gate_for_good(served: Served) -> None:
    with somebody(served) as guard:
        assert guard.put("/api/gates/gate-1/closed", json={"closed": True, "why": "tired"}).status_code == 403
