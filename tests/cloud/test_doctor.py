from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cloud.commands import app
from cloud.ledger.condition import Condition, GateCondition
from cloud.ledger.doctor import Need, diagnose
from cloud.ledger.gates import GateState
from cloud.store.views.condition import condition_of
from contract.messages.envelope import read_event
from contract.messages.health import HealthData
from contract.topics import Kind
from tests.cloud.messages import START, START_MS, alert, health, state, visit
from tests.cloud.rig import Rig
from tests.cloud.running import write_settings

HOUR_MS = 3_600_000
SAID = read_event(Kind.HEALTH, health(7))[1]
assert isinstance(SAID, HealthData)
FINE = GateCondition("gate-1", GateState.LIVE, START_MS, SAID.model_copy(update={"restarts": {}}), START_MS)


def findings(gate: GateCondition) -> dict[str, tuple[Need, str]]:
    return {one.about: (one.need, one.words) for one in diagnose(Condition(START_MS, (gate,)))}


def with_health(**said: object) -> GateCondition:
    assert isinstance(SAID, HealthData)
    return replace(FINE, health=SAID.model_copy(update={"restarts": {}, **said}))


def test_a_gate_with_nothing_wrong_is_said_to_be_fine() -> None:
    assert [one.need for one in diagnose(Condition(START_MS, (FINE,)))] == [Need.NOTHING]


@pytest.mark.parametrize(
    ("gate", "about", "need", "words"),
    [
        (replace(FINE, state=GateState.OFFLINE, heard_ms=START_MS - 3 * HOUR_MS), "heard", Need.PERSON, "last heard 3 hours ago"),
        (replace(FINE, state=GateState.STALE, heard_ms=START_MS - 45_000), "heard", Need.PERSON, "nothing for 45 seconds"),
        (replace(FINE, disk="disk I/O error; 12 events"), "disk", Need.PERSON, "disk I/O error"),
        (with_health(outbox_rows=5212, oldest_unacked=9, last_seq=5300), "lag", Need.PATIENCE, "5212 events waited on the gate"),
        (replace(FINE, missing=3), "gaps", Need.PERSON, "3 of its events never came"),
        (replace(FINE, dropped=40), "gaps", Need.PATIENCE, "gave up 40 events"),
        (replace(FINE, dead_letters=2), "dead letters", Need.PERSON, "2 of its messages"),
        (with_health(certificate_days=9.4), "certificate", Need.PERSON, "ends in 9 days"),
        (with_health(certificate_days=-1.0), "certificate", Need.PERSON, "has ended"),
        (with_health(clock_ok=False, uptime_s=60.0), "clock", Need.PATIENCE, "nothing keeps its clock right"),
        (with_health(clock_ok=False, uptime_s=7200.0), "clock", Need.PERSON, "started 2 hours ago"),
        (replace(FINE, ahead_ms=5_000), "clock", Need.PATIENCE, "5 seconds before the cloud's"),
        (replace(FINE, ahead_ms=8 * HOUR_MS), "clock", Need.PERSON, "8 hours before the cloud's"),
        (replace(FINE, behind_ms=8 * HOUR_MS), "clock", Need.PERSON, "8 hours behind the cloud's"),
        (with_health(parts={"kiosk": "down", "thermal_camera": "fault"}), "parts", Need.PERSON, "kiosk, thermal_camera"),
        (with_health(restarts={"colour": 2}), "restarts", Need.PATIENCE, "colour 2x"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words_with_what_to_do(gate: GateCondition, about: str, need: Need, words: str) -> None:
    found = findings(gate)
    assert found.keys() == {about}
    assert (found[about][0], words in found[about][1]) == (need, True), found
    assert all(one.remedy for one in diagnose(Condition(START_MS, (gate,))))


def test_a_backlog_is_no_wrong_clock() -> None:
    late = replace(with_health(outbox_rows=5000), behind_ms=8 * HOUR_MS)
    assert findings(late).keys() == {"lag"}


def test_series_that_wait_are_a_matter_of_patience_for_five_minutes() -> None:
    for waits_ms, need in ((60_000, Need.PATIENCE), (HOUR_MS, Need.PERSON)):
        found = diagnose(Condition(START_MS, (FINE,), series_waiting=9, series_since_ms=START_MS - waits_ms))
        assert (found[0].about, found[0].need) == ("series", need)


def test_the_facts_are_those_of_the_ledger(rig: Rig) -> None:
    rig.arrive(visit(1), alert(2), health(7))
    rig.arrive_state(state(online=True, disk="read-only", in_memory=3))
    rig.put(("menshen/v1/gate-1/visit", b"{", None), ("menshen/v1/stranger/visit", b"{", None))
    rig.now_ms += 1_000
    condition = condition_of(rig.database, rig.now_ms)
    (gate,) = condition.gates
    assert (gate.gate, gate.state, gate.dead_letters, condition.unnamed_dead_letters) == ("gate-1", GateState.LIVE, 1, 1)
    assert gate.disk == "read-only; 3 events wait in memory"
    assert gate.health is not None
    assert (gate.health.outbox_rows, gate.behind_ms, gate.ahead_ms) == (2, 500, 0)
    assert (condition.series_waiting, condition.series_since_ms) == (3, START_MS + 500)


def test_a_clock_that_goes_before_the_cloud_s_is_seen(rig: Rig) -> None:
    rig.now_ms = START_MS - 70_000
    rig.arrive(visit(1, at=START), health(2))
    assert condition_of(rig.database, rig.now_ms).gates[0].ahead_ms == 70_000


def test_the_command_ends_with_2_when_something_needs_a_person_and_speaks_json(tmp_path: Path) -> None:
    settings = write_settings(tmp_path, 9)
    nothing = CliRunner().invoke(app, ["doctor", str(settings)])
    assert (nothing.exit_code, "no gate was ever heard" in nothing.output) == (0, True)
    rig = Rig.open(tmp_path / "ledger.db")
    rig.arrive(health(1))
    rig.put(("menshen/v1/gate-1/alert", b"{", None))
    rig.database.close()
    said = CliRunner().invoke(app, ["doctor", str(settings)])
    assert said.exit_code == 2
    assert "gate-1: 1 of its messages could not be taken" in said.output
    found = json.loads(CliRunner().invoke(app, ["doctor", str(settings), "--json"]).output)
    assert {"gate": "gate-1", "need": "person", "about": "dead letters"}.items() <= found[-1].items() or len(found) > 1
