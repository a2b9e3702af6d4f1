"""The figures mean what their definitions say."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.evaluation.answers import answers, confusion, faces_of, found_share, rate, unsure_share
from models.evaluation.bands import EVERYBODY, SIZES, Band
from models.evaluation.interval import MAIN_RATES, draws, of_precision, of_rates, resampled_precision
from models.evaluation.judged import Judged
from models.evaluation.metrics import BOX_IOU, average_precision, ranked
from models.evaluation.summary import everything, faces_only, false_alarms, plain
from tests.models.judged import ABSENT, FACE, OTHER, SMALL, WORN, WRONG, judged, missed, one


def table_of(pictures: list[Judged], worn_probability: float | None = None) -> NDArray[np.int64]:
    faces = faces_of(pictures)
    return confusion(faces, answers(faces, worn_probability))


def test_a_face_found_and_read_right_scores_one() -> None:
    assert average_precision([judged([(FACE, WORN)], [(FACE, 0.9, WORN)])], WORN, 0.5) == 1.0


def test_a_wrongly_read_face_costs_both_states() -> None:
    pictures = [
        judged([(FACE, WRONG)], [(FACE, 0.9, WORN)]),
        judged([(FACE, WORN)], [(FACE, 0.8, WORN)]),
        judged([(FACE, WRONG)], [(FACE, 0.7, WRONG)]),
    ]
    assert average_precision(pictures, WORN, 0.5) == 0.5
    assert average_precision(pictures, WRONG, 0.5) == 0.5
    assert average_precision(pictures, None, 0.5) == 1.0


def test_a_second_box_on_the_same_face_is_a_false_alarm_only_after_the_first() -> None:
    one_face = [judged([(FACE, WORN), (OTHER, WORN)], [(FACE, 0.9, WORN), (FACE, 0.8, WORN), (OTHER, 0.7, WORN)])]
    assert average_precision(one_face, WORN, 0.5) == pytest.approx(0.5 + 0.5 * 2 / 3)


def test_small_faces_count_neither_way() -> None:
    picture = [judged([(FACE, WORN), (SMALL, WORN)], [(SMALL, 0.95, WORN), (FACE, 0.9, WORN), ((10, 10, 30, 35), 0.92, WORN)])]
    assert average_precision(picture, WORN, 0.5) == 1.0
    assert table_of(picture).sum() == 1


def test_small_faces_count_when_all_sizes_are_asked_for() -> None:
    picture = [judged([(FACE, WORN), (SMALL, WORN)], [(FACE, 0.9, WORN)])]
    assert average_precision(picture, WORN, 0.5, EVERYBODY) == 0.5


def test_a_large_box_on_a_small_face_is_no_false_alarm() -> None:
    small = (300, 300, 340, 346)  # 9.6 % of the height
    picture = [judged([(FACE, WORN), (small, WORN)], [((300, 300, 340, 352), 0.95, WORN), (FACE, 0.9, WORN)])]
    assert average_precision(picture, WORN, 0.5) == 1.0


def test_every_face_is_in_one_size_band() -> None:
    tall = np.array([[0, 0, 10, height] for height in range(1, 480)], np.float32)
    assert (np.sum([band.holds(tall, 480) for band in SIZES.values()], axis=0) == 1).all()


def test_a_large_face_is_ignored_in_the_band_of_the_middle_ones() -> None:
    large = (0, 0, 300, 400)
    picture = [judged([(FACE, WORN), (large, WORN)], [(large, 0.95, WORN), (FACE, 0.9, WORN)])]
    assert average_precision(picture, WORN, 0.5, Band(0.2, 0.4)) == 1.0


def test_a_large_false_alarm_lowers_the_precision() -> None:
    pictures = [judged([(FACE, WORN)], [(OTHER, 0.95, WORN), (FACE, 0.9, WORN)])]
    assert average_precision(pictures, WORN, 0.5) == 0.5
    assert false_alarms(pictures) == 1.0


def test_a_state_the_set_does_not_hold_has_no_figure() -> None:
    pictures = [judged([(FACE, WORN)], [(FACE, 0.9, WORN)])]
    assert math.isnan(average_precision(pictures, ABSENT, 0.5))
    figures = everything(pictures, 0.6)
    assert figures["map3"] == 1.0
    assert plain(figures["ap.absent"]) is None


def test_a_network_without_a_state_scores_nothing_for_it() -> None:
    assert average_precision([one(WRONG, (0.9, 0.1, 0.0))], WRONG, 0.5) == 0.0


def test_missed_faces_stay_in_the_denominator() -> None:
    table = table_of([judged([(FACE, ABSENT), (OTHER, ABSENT)], [(FACE, 0.9, WORN)])])
    assert rate(table, "absent", "worn") == 0.5
    assert found_share(table) == 0.5


def test_a_box_below_the_gate_s_score_does_not_count_as_found() -> None:
    assert found_share(table_of([judged([(FACE, WORN)], [(FACE, 0.4, WORN)])])) == 0.0


def test_a_face_left_unsure_is_called_neither_and_stays_in_the_denominator() -> None:
    pictures = [one(ABSENT, (0.45, 0.55, 0.0)), one(ABSENT, (0.2, 0.8, 0.0)), one(ABSENT, (0.9, 0.1, 0.0)), missed(ABSENT)]
    table = table_of(pictures, 0.6)
    assert table[ABSENT].tolist() == [1, 1, 0, 1, 1]
    assert rate(table, "absent", "worn") == 0.25
    assert unsure_share(table) == 0.25
    assert found_share(table) == 0.75


def test_the_likeliest_state_is_never_unsure() -> None:
    assert table_of([one(ABSENT, (0.45, 0.55, 0.0))])[ABSENT].tolist() == [0, 1, 0, 0, 0]


def test_of_several_boxes_the_best_overlapping_one_answers() -> None:
    picture = judged([(FACE, WORN)], [((90, 80, 215, 230), 0.95, WRONG), (FACE, 0.6, WORN)])
    assert table_of([picture])[WORN].tolist() == [0, 1, 0, 0, 0]


def test_the_flat_and_the_nested_figures_are_the_same() -> None:
    figures = everything([one(WORN, (0.1, 0.9, 0.0)), one(ABSENT, (0.9, 0.1, 0.0)), one(WRONG, (0.1, 0.0, 0.9))], 0.6)
    nested = figures["ap"]
    assert isinstance(nested, dict)
    assert {f"ap.{state}": value for state, value in nested.items()} == {key: figures[key] for key in figures if key[:3] == "ap."}
    assert {"map3", "absent_called_worn", "worn_wrong_called_worn", "worn_called_worn", "unsure_share", "found"} <= set(figures)


def test_each_source_is_judged_by_itself() -> None:
    pictures = [
        judged([(FACE, WORN)], [(FACE, 0.9, WORN)], source="street"),
        judged([(FACE, WORN)], [(FACE, 0.9, ABSENT)], source="hall"),
    ]
    sources = everything(pictures, 0.6)["sources"]
    assert isinstance(sources, dict)
    assert {name: (part["pictures"], part["worn_called_worn"]) for name, part in sources.items()} == {
        "hall": (1, 0.0),
        "street": (1, 1.0),
    }


def test_pictures_without_a_face_have_no_figures_and_count_their_alarms() -> None:
    figures = everything([judged([], [(FACE, 0.9, WORN)]), judged([], [])], 0.6)
    assert figures["false_alarms_per_picture"] == 0.5
    assert plain(figures["map3"]) is None
    assert faces_only([judged([], [])])["false_alarms_per_picture"] == 0.0


def test_a_set_drawn_as_it_is_has_the_figure_of_the_set() -> None:
    pictures = [judged([(FACE, WORN)], [(OTHER, 0.95, WORN), (FACE, 0.9, WORN)]), judged([(FACE, WORN)], [(FACE, 0.7, WORN)])]
    found = ranked(pictures, WORN, BOX_IOU)
    drawn = resampled_precision(found, np.ones((1, 2), np.float32))
    assert drawn[0] == pytest.approx(found.average_precision())


def test_a_picture_drawn_twice_counts_twice() -> None:
    right, wrong = judged([(FACE, WORN)], [(FACE, 0.9, WORN)]), judged([(FACE, WORN)], [])
    found = ranked([right, wrong], WORN, BOX_IOU)
    assert resampled_precision(found, np.array([[2, 0], [0, 2], [1, 1]], np.float32)).tolist() == [1.0, 0.0, 0.5]


def test_the_interval_holds_the_figure_and_more_pictures_make_it_narrower() -> None:
    some = [one(WORN, (0.1, 0.9, 0.0)), one(WORN, (0.9, 0.1, 0.0))]
    widths = []
    for times in (10, 160):
        pictures, weights = some * times, draws(2 * times, rounds=200)
        faces = faces_of(pictures)
        low, high = of_rates(faces, answers(faces, 0.6), MAIN_RATES, weights)["worn_called_worn"]
        precision = of_precision({"worn": ranked(pictures, WORN, BOX_IOU)}, weights)
        assert low <= 0.5 <= high
        assert precision["map3"] == precision["ap.worn"]
        widths.append(high - low)
    assert widths[1] < widths[0] / 2


def test_a_mistake_that_never_happened_may_still_happen() -> None:
    pictures = [one(ABSENT, (0.9, 0.1, 0.0))] * 100
    faces = faces_of(pictures)
    rates = of_rates(faces, answers(faces, 0.6), MAIN_RATES, draws(100, rounds=50))
    assert rates["absent_called_worn"] == pytest.approx((0.0, 0.036), abs=0.001)
    assert math.isnan(rates["worn_called_worn"][0])


@given(st.lists(st.tuples(st.sampled_from([FACE, OTHER]), st.floats(0.02, 1), st.integers(0, 2)), max_size=8), st.integers(0, 2))
def test_an_average_precision_is_a_share(found: list[tuple[tuple[int, ...], float, int]], state: int) -> None:
    value = average_precision([judged([(FACE, state), (OTHER, WORN)], found)], state, 0.5)
    assert 0.0 <= value <= 1.0
