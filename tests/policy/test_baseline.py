"""The adaptive baseline: slow, bounded, and not to be poisoned."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from contract.verdicts import CoreRule, Mask, Region, Verdict
from edge.policy.baseline import FORGET_S, Baseline, BaselineLimits, learn
from edge.policy.core_temperature import SkinToCore
from edge.policy.reading import Reading
from edge.policy.rule import Facts, Limits, decide
from edge.policy.vote import MaskVote

LIMITS = BaselineLimits()
USUAL_C = LIMITS.usual_core_c
GATE = Limits(mask=True, temperature=True, limit_c=37.4)  # delta 0.5
RULE = SkinToCore(CoreRule.BASELINE, dict.fromkeys(Region, 2.0))
VISITORS = st.lists(
    st.tuples(st.floats(33, 42) | st.sampled_from([math.nan, math.inf]), st.booleans(), st.floats(0, 7200)), max_size=60
)


class Day:
    """Visitors one after the other, judged by the gate's own rule and then learnt from."""

    def __init__(self) -> None:
        self.known, self.now_s = Baseline(), 1000.0
        self.verdicts: list[Verdict] = []

    def visitors(self, count: int, prior_core_c: float, every_s: float = 30.0) -> Day:
        for _ in range(count):
            self.now_s += every_s
            verdict = self.verdict(prior_core_c)
            self.verdicts.append(verdict)
            self.known = learn(self.known, prior_core_c, verdict is Verdict.RECHECK, self.now_s, LIMITS)
        return self

    def verdict(self, prior_core_c: float) -> Verdict:
        corrected_c = prior_core_c - 2.0
        core = RULE.at(shift_c={Region.FOREHEAD: self.known.shift_c})
        core_c = core.core_c(corrected_c, Region.FOREHEAD)
        reading = Reading(33.0, corrected_c, core_c, 0.3, Region.FOREHEAD, 0.6, 9, self.now_s, reference_seen=True)
        mask = MaskVote(Mask.WORN, 12, 0.6, self.now_s)
        return decide(Facts(self.now_s, None, 1, near=True, mask=mask, reading=reading, gap_s=0.04, waiting_s=0.0), GATE).verdict


@given(VISITORS)
def test_it_never_leaves_its_reach_nor_moves_faster_than_allowed(visitors: list[tuple[float, bool, float]]) -> None:
    known, now_s = Baseline(), 0.0
    for prior_core_c, flagged, passed_s in visitors:
        now_s += passed_s
        new = learn(known, prior_core_c, flagged, now_s, LIMITS)
        assert abs(new.shift_c) <= LIMITS.reach_c
        seeded = now_s - known.seen_s > FORGET_S
        assert seeded or abs(new.shift_c - known.shift_c) <= LIMITS.drift_c_per_h * passed_s / 3600 + 1e-9
        known = new


@given(VISITORS, st.floats(37.4, 42))
def test_nobody_flagged_moves_it_up(visitors: list[tuple[float, bool, float]], fever_c: float) -> None:
    known, now_s = Baseline(), 0.0
    for prior_core_c, _, passed_s in visitors:
        now_s += passed_s
        known = learn(known, prior_core_c, flagged=False, now_s=now_s, limits=LIMITS)
    above_prior_c = max(known.shift_c, 0.0)
    unseen_s = now_s - known.seen_s if known.visitors else 0.0  # whoever has no reading teaches nothing, and time goes on
    for step in range(1, 21):
        crowd = learn(known, fever_c, flagged=True, now_s=now_s + 60.0 * step, limits=LIMITS)
        if step > 3:
            assert crowd.shift_c <= max(known.shift_c, 0.0)
        known = crowd
    assert known.shift_c <= max(above_prior_c, 0.0) + LIMITS.drift_c_per_h * (180 + unseen_s) / 3600 + 1e-9


def test_the_first_person_is_judged_by_the_site_not_by_nobody() -> None:
    assert Day().visitors(1, 38.2).verdicts == [Verdict.RECHECK]


def test_twenty_feverish_people_in_a_row_are_all_flagged_and_so_is_the_next() -> None:
    day = Day().visitors(30, 36.8).visitors(20, 38.3)
    assert day.verdicts[30:] == [Verdict.RECHECK] * 20
    assert day.verdict(38.0) is Verdict.RECHECK
    assert day.known.shift_c <= 0.0


def test_a_crowd_just_below_the_limit_cannot_make_a_fever_usual() -> None:
    day = Day()
    for _ in range(400):  # three hours and more of people who all read just too little to be flagged
        day.visitors(1, USUAL_C + 0.49 + day.known.shift_c)
    assert day.known.shift_c <= LIMITS.reach_c
    assert day.verdict(USUAL_C + 0.5 + LIMITS.reach_c) is Verdict.RECHECK


def test_nine_visitors_teach_nothing() -> None:
    assert Day().visitors(9, USUAL_C + 0.3).known.shift_c == 0.0
    assert Day().visitors(40, USUAL_C + 0.3).known.shift_c > 0.0


def test_a_hall_where_everybody_reads_a_little_high_is_learnt_within_the_hour() -> None:
    day = Day().visitors(130, USUAL_C + 0.25)
    assert abs(day.known.shift_c - 0.25) < 0.01


def test_a_cold_morning_does_not_keep_noon_waiting_for_ever() -> None:
    morning = Day().visitors(240, USUAL_C - 0.5)
    assert morning.known.shift_c < -0.4
    noon = morning.visitors(400, USUAL_C + 0.1)
    assert noon.verdicts[-1] is Verdict.PASS
    assert noon.known.shift_c >= -0.1


def test_an_empty_hall_saves_up_no_drift() -> None:
    day = Day().visitors(20, USUAL_C)
    before_c = day.known.shift_c
    after = learn(day.known, USUAL_C + 0.4, flagged=False, now_s=day.now_s + 3 * 3600, limits=LIMITS)
    assert after.shift_c - before_c <= 0.3 * 600 / 3600 + 1e-9


def test_yesterday_is_forgotten() -> None:
    day = Day().visitors(200, USUAL_C + 0.4)
    assert day.known.shift_c > 0.3
    assert learn(day.known, USUAL_C, flagged=False, now_s=day.now_s + FORGET_S + 1, limits=LIMITS).shift_c == 0.0


@given(st.sampled_from([math.nan, math.inf, -math.inf]))
def test_who_reads_no_number_teaches_nothing(prior_core_c: float) -> None:
    known = replace(Baseline(), shift_c=0.1, seen_s=50.0)
    assert learn(known, prior_core_c, flagged=False, now_s=60.0, limits=LIMITS) is known
    assert learn(known, 36.9, flagged=False, now_s=math.nan, limits=LIMITS) is known
