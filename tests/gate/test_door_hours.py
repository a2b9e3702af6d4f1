"""A gate outside its hours: shut for those who come, and open to whoever is on duty."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from contract.verdicts import Mask, Reason, Verdict
from edge.config.admission import AdmissionConfig
from edge.config.hours import Hours
from edge.gate.door_hours import CLOSED, DoorHours
from tests.clocks import FakeClock
from tests.lane.scene import Scene

SHANGHAI = ZoneInfo("Asia/Shanghai")
HALF_PAST_FIVE = datetime(2026, 11, 23, 17, 30, tzinfo=SHANGHAI)


class At(FakeClock):
    """A clock that shows what the test says."""

    shown: datetime = HALF_PAST_FIVE

    def wall(self) -> datetime:
        return self.shown


def hours(clock: At) -> DoorHours:
    return DoorHours(Hours.of(["mon-fri 08:30-17:30"]), SHANGHAI, clock)


def test_a_minute_before_closing_time_it_is_open_and_at_closing_time_closed() -> None:
    clock = At()
    door = hours(clock)
    clock.shown = (HALF_PAST_FIVE - timedelta(minutes=1)).astimezone(UTC)
    assert not door.closed(10.0)
    clock.shown = HALF_PAST_FIVE.astimezone(UTC)
    assert door.closed(11.5)


def test_a_clock_that_boots_in_1970_closes_nothing() -> None:
    clock = At()
    clock.shown = datetime(1970, 1, 1, tzinfo=UTC)
    assert not hours(clock).closed(10.0)


def test_after_hours_everybody_is_told_so_and_a_pass_that_was_alive_is_not_any_more() -> None:
    scene = Scene().person(frames=60)
    assert scene.passing is not None
    step = scene.lane.step(scene.now_s + 0.04, [scene.face()], None, hold=CLOSED)
    assert step.passing is None
    assert step.screen.decision == CLOSED
    assert CLOSED.verdict is Verdict.HOLD
    assert CLOSED.reason is Reason.CLOSED


def test_nobody_is_let_in_after_hours() -> None:
    scene = Scene()
    for _ in range(100):
        scene.now_s += 0.04
        scene.steps.append(scene.lane.step(scene.now_s, [scene.face(Mask.WORN)], None, hold=CLOSED))
    assert all(step.passing is None for step in scene.steps)
    said = [one.decision.verdict for step in scene.steps for one in step.announced]
    assert said == [Verdict.HOLD]


def test_settings_that_nobody_can_read_are_refused() -> None:
    with pytest.raises(ValidationError, match="no opening time"):
        AdmissionConfig.model_validate({"opening_hours": ["weekdays"]})
    with pytest.raises(ValidationError, match="no time zone"):
        AdmissionConfig.model_validate({"time_zone": "Asia/Nowhere"})
