"""From people before the lane to the guard who is wanted for one of them."""

from __future__ import annotations

from contract.messages.alert import AlertKind
from contract.verdicts import Mask, Reason
from edge.gate.announce import WallTime
from edge.gate.guard_calls import GuardCalls
from tests.clocks import FakeClock
from tests.lane.scene import FRAME_S, Scene


def said(scene: Scene) -> list[tuple[str, str, str]]:
    """Kind, state and subject of all that the gate tells about these rounds."""
    clock = FakeClock(now_s=scene.now_s)
    calls = GuardCalls(WallTime(clock))
    alerts = [alert for step in scene.steps for alert in calls.see(step, clock.now_s)]
    assert all(alert.kind is AlertKind.GUARD_NEEDED for alert in alerts)
    return [(alert.state, alert.subject, alert.detail) for alert in alerts]


def frames(seconds: float) -> int:
    return round(seconds / FRAME_S)


def test_who_stays_without_a_mask_is_told_to_a_guard_once_and_no_more_when_gone() -> None:
    alerts = said(Scene().person(Mask.ABSENT, frames=frames(50.0)).empty(frames(2.0)))
    assert [state for state, _, _ in alerts] == ["raised", "returned"]
    assert {subject for _, subject, _ in alerts} == {"v0"}
    assert "again and again (told: put_on_mask)" in alerts[0][2]


def test_who_cannot_be_measured_and_stays_is_told_to_a_guard_until_let_in() -> None:
    scene = Scene().person(frames=frames(25.0), why=Reason.COLD_SKIN).person(frames=frames(2.0))
    assert [state for state, _, _ in said(scene)] == ["raised", "returned"]


def test_two_people_who_are_stuck_are_two_calls() -> None:
    scene = Scene()
    for _ in range(frames(25.0)):
        scene.frame(scene.face(), scene.face(track=2, box=(100.0, 120.0, 220.0, 270.0)))
    assert sorted(subject for _, subject, _ in said(scene)) == ["v0", "v1"]


def test_a_poster_wants_nobody() -> None:
    assert said(Scene().person(frames=frames(60.0), why=Reason.NO_WARM_FACE)) == []


def test_who_passes_wants_nobody() -> None:
    assert said(Scene().person(frames=frames(60.0))) == []
