"""Before a key area: who is not on its list stays outside, and every attempt is an entry of the register."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from contract.verdicts import Mask, Reason, Verdict
from edge.actuators.log_barrier import LogBarrier
from edge.gate.entrance import Entrance
from edge.lane.bearer import Bearer
from edge.policy.rule import Limits
from tests.gate.test_entrance import Sensor
from tests.gate.test_register import Entry
from tests.lane.test_staff_only import Canteen, Shown, told

AREA = Limits(mask=True, temperature=True, limit_c=37.3, key_area=True)
LISTED, NOT_LISTED = Bearer(shown=True, listed=True), Bearer(shown=True, staff=True)


def before_the_area(bearer: Bearer | None = None) -> Canteen:
    return Canteen(Shown(there=bearer is not None, bearer=bearer or NOT_LISTED), AREA)


def test_who_is_on_the_list_passes_by_the_rule_that_holds_for_everybody() -> None:
    assert told(before_the_area(LISTED).person(frames=60)) == [(Verdict.PASS, None)]
    assert told(before_the_area(LISTED).person(Mask.ABSENT, frames=60)) == [(Verdict.PUT_ON_MASK, None)]
    assert told(before_the_area(LISTED).person(core_c=38.4, frames=60))[0][0] is Verdict.RECHECK


@pytest.mark.parametrize("bearer", [None, NOT_LISTED])
def test_who_is_not_on_the_list_is_not_admitted_with_the_reason(bearer: Bearer | None) -> None:
    scene = before_the_area(bearer).person(frames=100)
    assert told(scene) == [(Verdict.NOT_ADMITTED, Reason.NOT_LISTED)]
    assert all(step.passing is None for step in scene.steps)


def test_who_may_have_become_somebody_else_is_on_no_list() -> None:
    scene = before_the_area(LISTED).person(frames=60)
    scene.frame(replace(scene.face(), doubted=True))
    scene.person(frames=60)
    assert told(scene)[-1] == (Verdict.NOT_ADMITTED, Reason.NOT_LISTED)
    assert scene.passing is None


def test_an_attempt_with_a_badge_that_is_not_listed_is_written_down_with_its_number(tmp_path: Path) -> None:
    entry = Entry(tmp_path, AREA)
    entry.person(frames=60)
    entry.badge("s-99")
    entry.person(frames=20)
    entry.badge("s-17", listed=True)
    entry.person(frames=40)
    assert [(one.verdict, one.reasons, one.badge) for one in entry.written] == [
        (Verdict.NOT_ADMITTED, (Reason.NOT_LISTED,), None),
        (Verdict.NOT_ADMITTED, (Reason.NOT_LISTED,), "s-99"),
        (Verdict.NOT_ADMITTED, (Reason.NOT_LISTED,), "s-17"),
        (Verdict.PASS, (), "s-17"),
    ]


def test_who_is_not_registered_is_not_admitted_and_entering_all_the_same_is_an_alarm_of_the_area(tmp_path: Path) -> None:
    """L5: not registered -> NOT_ADMITTED with the reason; entry all the same -> alarm, until 10 s after the last of them."""
    entry, sensor = Entry(tmp_path, AREA), Sensor()
    entrance = Entrance(LogBarrier(entry.clock), passage=sensor, key_area=True)

    def said() -> list[tuple[str, str]]:
        entrance.look(entry.now_s)
        return [(change.kind.value, change.state) for change in entrance.changes(entry.opening.openings, entry.now_s)]

    entry.badge("s-99")
    entry.person(frames=60)
    assert [(one.verdict, one.reasons, one.badge) for one in entry.written] == [
        (Verdict.NOT_ADMITTED, (Reason.NOT_LISTED,), "s-99")
    ]
    assert (entry.opening.openings, said()) == (0, [])
    sensor.passed += 1
    assert said() == [("unregistered_entry", "raised")]
    assert entrance.raised == ["unregistered_entry"]
    entry.now_s += 11.0
    assert said() == [("unregistered_entry", "returned")]


def test_who_is_registered_and_goes_in_raises_no_alarm(tmp_path: Path) -> None:
    entry, sensor = Entry(tmp_path, AREA), Sensor()
    arm = LogBarrier(entry.clock)
    entrance = Entrance(arm, passage=sensor, key_area=True)
    entry.badge("s-17", listed=True)
    entry.person(frames=60)
    assert entry.opening.openings == 1
    arm.open_for(3.0)
    sensor.passed += 1
    entrance.look(entry.now_s)
    assert entrance.changes(entry.opening.openings, entry.now_s) == []
