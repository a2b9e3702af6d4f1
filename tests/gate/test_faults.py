"""The gate's own faults become alarms once, and return once."""

from __future__ import annotations

from contract.messages.alert import AlertKind
from contract.verdicts import Reason
from edge.gate.faults import Faults

LOST = frozenset({Reason.COLOUR_LOST})
NONE: frozenset[Reason] = frozenset()


def played(moments: list[tuple[frozenset[Reason], float]]) -> list[tuple[AlertKind, str]]:
    faults, now_s = Faults(), 100.0
    said: list[tuple[AlertKind, str]] = []
    for present, seconds in moments:
        for _ in range(round(seconds / 0.1)):
            said += [(change.kind, change.state) for change in faults.see(present, now_s)]
            now_s += 0.1
    return said


def test_a_camera_that_is_lost_is_announced_once() -> None:
    assert played([(LOST, 60)]) == [(AlertKind.COLOUR_CAMERA, "raised")]


def test_a_camera_that_comes_back_returns_once() -> None:
    assert played([(LOST, 5), (NONE, 10)]) == [(AlertKind.COLOUR_CAMERA, "raised"), (AlertKind.COLOUR_CAMERA, "returned")]


def test_a_camera_that_flickers_does_not_chatter() -> None:
    assert played([(LOST, 2), (NONE, 1)] * 20) == [(AlertKind.COLOUR_CAMERA, "raised")]


def test_a_hiccup_is_no_alarm() -> None:
    assert played([(LOST, 0.3), (NONE, 5)]) == []


def test_two_faults_are_two_alarms() -> None:
    both = LOST | {Reason.REFERENCE_LOST}
    assert {kind for kind, _ in played([(both, 2)])} == {AlertKind.COLOUR_CAMERA, AlertKind.REFERENCE_LOST}
