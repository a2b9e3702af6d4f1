"""The dose of UV-C: what was measured, never more, and `reached` or `short` only where nothing unknown could change it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.policy.dose import Dose, Exposure, Meter, Outcome, Sample, ended, judged

METER = Meter(off_share=0.1, full_uw_cm2=10_000.0, gap_s=10.0)
IRRADIANCE = st.floats(0.0, 9_000.0)
STEPS = st.lists(st.tuples(st.floats(0.1, 20.0), IRRADIANCE), min_size=1, max_size=30)
TARGETS = st.floats(0.01, 500.0)


def samples_of(steps: Sequence[tuple[float, float]]) -> list[Sample]:
    at_s, found = 0.0, [Sample(0.0, steps[0][1])]
    for step_s, uw_cm2 in steps:
        at_s += step_s
        found.append(Sample(at_s, uw_cm2))
    return found


def counted(samples: Sequence[Sample], meter: Meter = METER) -> Exposure:
    exposure = Exposure(began_s=samples[0].at_s)
    for one in samples:
        exposure = exposure.seen(one, meter)
    return exposure


def dose_of(samples: Sequence[Sample], meter: Meter = METER) -> Dose:
    return ended(counted(samples, meter), samples[-1].at_s, meter)


def test_a_steady_lamp_of_100_uw_cm2_gives_in_three_minutes_18_mj_cm2() -> None:
    dose = dose_of([Sample(float(at_s), 100.0) for at_s in range(181)])
    assert dose.mj_cm2 == pytest.approx(18.0)
    assert (dose.mean_uw_cm2, dose.peak_uw_cm2, dose.lit_s, dose.covered) == pytest.approx((100.0, 100.0, 180.0, 1.0))
    assert (dose.sensor_mj_cm2, dose.sampling_mj_cm2) == pytest.approx((1.8, 0.0))


@given(STEPS, st.data())
def test_the_dose_of_two_parts_is_the_sum_of_both(steps: list[tuple[float, float]], data: st.DataObject) -> None:
    samples = samples_of(steps)
    at = data.draw(st.integers(0, len(samples) - 1))
    whole, first, second = counted(samples), counted(samples[: at + 1]), counted(samples[at:])
    assert whole.uj_cm2 == pytest.approx(first.uj_cm2 + second.uj_cm2)
    assert whole.covered_s == pytest.approx(first.covered_s + second.covered_s)


@given(STEPS)
def test_a_dose_is_never_negative_and_never_more_than_the_brightest_reading_all_the_time(
    steps: list[tuple[float, float]],
) -> None:
    dose = dose_of(samples_of(steps))
    assert 0.0 <= dose.mj_cm2 <= (dose.peak_uw_cm2 or 0.0) * dose.lit_s / 1000.0 * (1 + 1e-9)
    assert 0.0 <= dose.covered <= 1.0
    assert dose.most_mj_cm2 >= dose.mj_cm2


@given(STEPS, st.floats(0.01, 0.99))
def test_how_finely_the_same_light_is_sampled_does_not_change_its_dose(steps: list[tuple[float, float]], where: float) -> None:
    samples = samples_of([(min(step_s, METER.gap_s), uw_cm2) for step_s, uw_cm2 in steps])
    finer = [samples[0]]
    for before, after in pairwise(samples):
        at_s = before.at_s + where * (after.at_s - before.at_s)
        between = before.uw_cm2 + (at_s - before.at_s) / (after.at_s - before.at_s) * (after.uw_cm2 - before.uw_cm2)
        finer += [Sample(at_s, between), after]
    gapless = Meter(METER.off_share, METER.full_uw_cm2, math.inf)
    assert dose_of(finer, gapless).mj_cm2 == pytest.approx(dose_of(samples, gapless).mj_cm2, abs=1e-9)


@given(STEPS, st.floats(1.0, 3.0))
def test_more_light_is_never_a_smaller_dose(steps: list[tuple[float, float]], brighter: float) -> None:
    samples = samples_of(steps)
    assert dose_of([Sample(at_s, uw_cm2 * brighter) for at_s, uw_cm2 in samples]).mj_cm2 >= dose_of(samples).mj_cm2


@given(STEPS, TARGETS, st.lists(st.booleans(), min_size=31, max_size=31))
def test_whatever_is_left_out_of_a_run_never_makes_a_short_dose_reached(
    steps: list[tuple[float, float]], target: float, heard: list[bool]
) -> None:
    exposure = Exposure(began_s=0.0)
    samples = samples_of(steps)
    for one, is_heard in zip(samples, heard, strict=False):
        exposure = exposure.seen(one, METER) if is_heard else exposure.failed()
    less = ended(exposure, samples[-1].at_s, METER)
    assert less.mj_cm2 <= dose_of(samples).mj_cm2 * (1 + 1e-9) + 1e-9
    if judged(less, target) is Outcome.REACHED:
        assert less.mj_cm2 >= target


@given(STEPS, TARGETS, TARGETS)
def test_a_lower_target_is_never_harder(steps: list[tuple[float, float]], one: float, other: float) -> None:
    dose = dose_of(samples_of(steps))
    low, high = sorted((one, other))
    if judged(dose, high) is Outcome.REACHED:
        assert judged(dose, low) is Outcome.REACHED
    if judged(dose, low) is Outcome.SHORT:
        assert judged(dose, high) is Outcome.SHORT


def test_nothing_is_counted_over_a_gap_and_the_rest_is_a_lower_bound() -> None:
    samples = [Sample(float(at_s), 100.0) for at_s in (*range(60), *range(120, 181))]
    dose = dose_of(samples)
    assert dose.mj_cm2 == pytest.approx(0.1 * (59 + 60))
    assert dose.covered == pytest.approx(119 / 180)
    assert dose.most_mj_cm2 == math.inf
    assert judged(dose, 10.0) is Outcome.REACHED
    assert judged(dose, 18.0) is Outcome.UNKNOWN


def test_nothing_is_counted_around_a_reading_that_failed() -> None:
    exposure = counted([Sample(0.0, 100.0), Sample(1.0, 100.0)]).failed().seen(Sample(2.0, 100.0), METER)
    assert exposure.seen(Sample(3.0, 100.0), METER).covered_s == pytest.approx(2.0)


def test_a_run_that_nobody_measured_is_unknown_and_not_short() -> None:
    dose = ended(Exposure(began_s=5.0), 305.0, METER)
    assert (dose.known, dose.mean_uw_cm2, dose.peak_uw_cm2, dose.covered) == (False, None, None, 0.0)
    assert judged(dose, 3.7) is Outcome.UNKNOWN


def test_a_run_that_was_cut_short_is_short() -> None:
    dose = dose_of([Sample(float(at_s), 100.0) for at_s in range(31)])
    assert judged(dose, 16.9) is Outcome.SHORT


def test_a_saturated_sensor_cannot_make_a_run_short() -> None:
    dose = dose_of([Sample(float(at_s), METER.full_uw_cm2) for at_s in range(3)])
    assert judged(dose, 15.0) is Outcome.REACHED
    assert judged(dose, 100.0) is Outcome.UNKNOWN


def test_within_its_uncertainty_a_dose_decides_nothing() -> None:
    dose = dose_of([Sample(float(at_s), 100.0) for at_s in range(181)])
    assert [judged(dose, target) for target in (16.0, 17.0, 19.0, 20.0)] == [
        Outcome.REACHED,
        Outcome.UNKNOWN,
        Outcome.UNKNOWN,
        Outcome.SHORT,
    ]


def test_a_reading_that_comes_late_or_twice_is_not_counted_again() -> None:
    exposure = counted([Sample(0.0, 100.0), Sample(1.0, 100.0)])
    assert exposure.seen(Sample(1.0, 900.0), METER) == exposure
    assert exposure.seen(Sample(0.5, 900.0), METER) == exposure
