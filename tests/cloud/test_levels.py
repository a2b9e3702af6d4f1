"""The rules of bins and dispensers, for any history of levels and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cloud.ledger.facility.level_moves import Done, LevelDoubt, LevelReading, LevelStep, after_done, after_reading, awaiting
from cloud.ledger.facility.levels import LATE_MS, LevelKind, LevelLight, LevelRules, LevelState, Scale, level_rules, light_of
from cloud.ledger.facility.rounds import Trust
from cloud.levels import LevelSettings

MINUTE: Final = 60_000
RULES: Final = LevelRules()
BIN: Final = Scale(LevelKind.MASK_BIN, 80.0)
SOAP: Final = Scale(LevelKind.HAND_WASH, 20.0)

SCALES: Final = st.builds(Scale, st.sampled_from(LevelKind), st.floats(1, 99))
VALUES: Final = st.none() | st.floats(0, 100)
TIMES: Final = st.integers(0, 2_000)
"""Minutes."""


class Story:
    """One bin, minute by minute; what was written down stands in `steps`."""

    def __init__(self, scale: Scale = BIN) -> None:
        self.scale, self.state, self.steps = scale, LevelState(), list[LevelStep]()

    def reads(self, minute: float, value: float | None) -> Story:
        trouble = "silent" if value is None else None
        reading = LevelReading(value, trouble, round(minute * MINUTE))
        self.state, step = after_reading(self.state, self.scale, reading, RULES)
        self.steps += [] if step is None else [step]
        return self

    def done(self, minute: float, *, entered: float | None = None, tag: bool | None = None) -> Done:
        now_ms = round((minute if entered is None else entered) * MINUTE)
        self.state, said = after_done(self.state, self.scale, round(minute * MINUTE), now_ms, RULES, tag=tag)
        if said.awaits:
            self.state = awaiting(self.state, 7)
        return said

    def light(self, minute: float) -> LevelLight:
        return light_of(self.state, self.scale, round(minute * MINUTE), RULES)


def test_a_bin_that_swings_about_its_limit_is_one_task_until_it_is_clearly_empty() -> None:
    bin_ = Story().reads(0, 79)
    assert bin_.light(0) is LevelLight.FINE
    for minute, value in enumerate((80, 76, 81, 71, 83), 1):
        bin_.reads(minute, value)
    assert bin_.steps == [LevelStep.BECAME_DUE]
    assert bin_.light(5) is LevelLight.DUE
    bin_.reads(6, 70)
    assert (bin_.steps[-1], bin_.light(6)) == (LevelStep.RETURNED, LevelLight.FINE)


def test_a_dispenser_is_due_when_it_is_low_and_not_when_it_is_full() -> None:
    soap = Story(SOAP).reads(0, 95)
    assert soap.light(0) is LevelLight.FINE
    soap.reads(1, 20)
    assert soap.light(1) is LevelLight.DUE
    soap.reads(2, 29).reads(3, 30)
    assert soap.steps == [LevelStep.BECAME_DUE, LevelStep.RETURNED]
    assert SOAP.good_pct(RULES) == 30


def test_a_pickup_closes_the_task_and_the_sensor_shows_it() -> None:
    bin_ = Story().reads(0, 92)
    said = bin_.done(3, tag=True)
    assert (said, bin_.light(3)) == (Done(Trust.SCANNED, None, awaits=True), LevelLight.TOLD)
    bin_.reads(4, 92).reads(6, 3)
    assert (bin_.steps, bin_.light(6)) == ([LevelStep.BECAME_DUE, LevelStep.SEEN], LevelLight.FINE)


def test_a_pickup_that_the_sensor_has_seen_already_needs_no_tag() -> None:
    bin_ = Story().reads(0, 92).reads(5, 2)
    assert bin_.done(8) == Done(Trust.MEASURED, None, awaits=False)
    assert bin_.light(8) is LevelLight.FINE
    assert Story().reads(0, 92).reads(5, 2).done(30).trust is Trust.UNVERIFIED, "that was another one's"


def test_a_pickup_while_the_sensor_goes_on_saying_full_is_not_believed() -> None:
    bin_ = Story().reads(0, 92)
    bin_.done(10, tag=True)
    bin_.reads(20, 93).reads(25, 93)
    assert bin_.light(25) is LevelLight.TOLD, "it still has time"
    bin_.reads(25.1, 93)
    assert bin_.steps == [LevelStep.BECAME_DUE, LevelStep.CONTRADICTED]
    assert (bin_.light(26), bin_.state.due_ms) == (LevelLight.CONTRADICTED, 0), "open since it was full, not anew"
    bin_.done(30)
    bin_.reads(31, 1)
    assert (bin_.steps[-1], bin_.light(31)) == (LevelStep.SEEN, LevelLight.FINE)


def test_two_pickups_while_nothing_is_seen_are_still_the_same_task() -> None:
    bin_ = Story().reads(0, 92)
    bin_.done(10)
    bin_.done(12)
    bin_.reads(28, 92)
    assert (bin_.light(28), bin_.state.due_ms) == (LevelLight.CONTRADICTED, 0)


def test_what_arrives_late_from_a_gate_does_not_reopen_what_was_done_since() -> None:
    bin_ = Story().reads(0, 60)
    bin_.done(30, tag=True)
    bin_.reads(20, 95)
    assert (bin_.steps, bin_.state.due_ms) == ([], None), "full before it was emptied"
    bin_.reads(31, 2).reads(25, 99)
    assert (bin_.steps, bin_.light(31)) == ([LevelStep.SEEN], LevelLight.FINE)


def test_a_telephone_that_was_offline_does_not_close_what_became_due_since() -> None:
    bin_ = Story().reads(0, 92).reads(10, 3).reads(40, 85)
    said = bin_.done(9, entered=60)
    assert (said.trust, bin_.light(40)) == (Trust.UNVERIFIED, LevelLight.DUE)
    full = Story().reads(0, 92).reads(60, 94)
    said = full.done(10, entered=61, tag=True)
    assert (said.doubt, full.light(61)) == (LevelDoubt.CONTRADICTED, LevelLight.CONTRADICTED)


def test_a_pickup_without_a_tag_or_with_another_ones_is_unverified() -> None:
    assert Story().done(0).doubt is LevelDoubt.NO_EVIDENCE
    assert Story().done(0, tag=False).doubt is LevelDoubt.TAG_UNKNOWN


def test_emptying_what_held_nothing_is_no_contradiction_and_emptying_what_stays_half_full_is_one() -> None:
    bare = Story().reads(0, 4)
    bare.done(1, tag=True)
    assert bare.reads(20, 4).steps == []
    half = Story().reads(0, 50)
    half.done(1, tag=True)
    assert half.reads(20, 50).steps == [LevelStep.CONTRADICTED]
    assert half.light(20) is LevelLight.FINE, "half full is half full"


@pytest.mark.parametrize("minute", [0, 16.1])
def test_what_nobody_has_heard_or_not_for_long_is_unknown(minute: float) -> None:
    assert Story().light(0) is LevelLight.UNKNOWN
    assert Story().reads(0, 10).reads(minute + 0.01, None).light(minute + 0.02) is LevelLight.UNKNOWN
    assert Story().reads(0, 10).light(16.01) is LevelLight.UNKNOWN
    assert Story().reads(0, 10).light(15.99) is LevelLight.FINE


def test_an_open_task_stays_open_while_its_sensor_is_silent() -> None:
    assert Story().reads(0, 92).reads(1, None).light(600) is LevelLight.DUE


def test_how_long_a_level_counts_is_what_its_gate_says() -> None:
    state, _ = after_reading(LevelState(), BIN, LevelReading(10.0, None, 0, fresh_ms=2 * MINUTE), RULES)
    assert light_of(state, BIN, 2 * MINUTE + LATE_MS, RULES) is LevelLight.FINE
    assert light_of(state, BIN, 2 * MINUTE + LATE_MS + 1, RULES) is LevelLight.UNKNOWN


Doing = tuple[int, float | None, bool]
"""A minute, a level, and whether it is a person who says that it was done."""


def played(scale: Scale, doings: Sequence[Doing]) -> Story:
    story = Story(scale)
    for minute, value, by_person in doings:
        if by_person:
            story.done(minute, tag=None)
        else:
            story.reads(minute, value)
    return story


@given(scale=SCALES, doings=st.lists(st.tuples(TIMES, VALUES, st.booleans())), after=st.integers(0, 60 * 24))
def test_nothing_is_fine_that_is_not_freshly_known_to_be_below_its_limit(scale: Scale, doings: list[Doing], after: int) -> None:
    story = played(scale, doings)
    state, now_ms = story.state, ((story.state.taken_ms or 0) // MINUTE + after) * MINUTE
    if light_of(state, scale, now_ms, RULES) is LevelLight.FINE:
        assert state.value is not None
        assert state.taken_ms is not None
        assert state.trouble is None
        assert not scale.is_due(state.value)
        assert now_ms - state.taken_ms <= RULES.fresh_ms + LATE_MS


@given(scale=SCALES, doings=st.lists(st.tuples(TIMES, VALUES, st.booleans()), min_size=1), earlier=st.integers(0, 2_000))
def test_a_reading_older_than_the_newest_changes_nothing(scale: Scale, doings: list[Doing], earlier: int) -> None:
    story = played(scale, doings)
    if story.state.taken_ms is None:
        return
    reading = LevelReading(99.0, None, story.state.taken_ms - earlier)
    assert after_reading(story.state, scale, reading, RULES) == (story.state, None)


@given(scale=SCALES, values=st.lists(VALUES))
def test_a_task_is_opened_once_until_it_is_closed(scale: Scale, values: list[float | None]) -> None:
    story = Story(scale)
    for minute, value in enumerate(values):
        story.reads(minute, value)
    assert story.steps[::2] == [LevelStep.BECAME_DUE] * len(story.steps[::2])
    assert story.steps[1::2] == [LevelStep.RETURNED] * len(story.steps[1::2])
    assert (len(story.steps) % 2 == 1) == (story.state.due_ms is not None)


@given(scale=SCALES, value=st.floats(0, 100))
def test_what_is_good_again_is_never_due(scale: Scale, value: float) -> None:
    assert not (scale.is_good(value, RULES) and scale.is_due(value))


def test_a_level_that_is_no_number_is_never_fine() -> None:
    assert BIN.is_due(float("nan"))
    assert SOAP.is_due(float("nan"))


def test_the_settings_say_minutes_and_a_deadband_nothing_can_leave_is_refused() -> None:
    assert level_rules(LevelSettings()) == LevelRules()
    assert level_rules(LevelSettings(seen_min=5)) == replace(LevelRules(), seen_ms=5 * MINUTE)
    with pytest.raises(ValidationError, match="nothing would ever be good again"):
        LevelSettings(full_pct=30, deadband_pct=40)
