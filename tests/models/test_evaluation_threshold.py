"""A probability means what it says, a threshold is chosen by what mistakes cost, and peers are compared fairly."""

import math
from pathlib import Path

import numpy as np
import pytest

from edge.config.thermometry import ScreeningConfig
from edge.vision.model_file import read_manifest
from models.evaluation.answers import faces_of
from models.evaluation.calibration import brier_of_states, calibration, calibrations
from models.evaluation.comparison import compare, threshold_for
from models.evaluation.errors import ChoiceError
from models.evaluation.labels import Labels
from models.evaluation.threshold import GRID, Costs, Limits, choose, curve, point, refuse_judged_pictures
from tests.models.judged import ABSENT, WORN, WRONG, Said, missed, one

MASKED: Said = (0.05, 0.9, 0.05)
HARDLY: Said = (0.3, 0.7, 0.0)
BARE: Said = (0.9, 0.05, 0.05)


def test_the_gate_s_default_threshold_is_the_shipped_network_s() -> None:
    default, entries = read_manifest()
    assert ScreeningConfig().worn_probability == entries[default].worn_probability


def test_an_honest_probability_has_no_calibration_error() -> None:
    said = np.array([0.75] * 4 + [0.25] * 4)
    true = np.array([True, True, True, False, True, False, False, False])
    found = calibration(said, true)
    assert found.expected_error == pytest.approx(0.0)
    assert found.brier == pytest.approx(0.75 * 0.25)
    assert [(one.low, one.count) for one in found.bins if one.count] == [(0.2, 4), (0.7, 4)]


def test_a_boastful_probability_has_one() -> None:
    assert calibration(np.array([1.0, 1.0]), np.array([True, False])).expected_error == pytest.approx(0.5)


def test_faces_that_were_not_found_have_no_probability() -> None:
    faces = faces_of([one(WORN, MASKED), missed(WORN), one(ABSENT, HARDLY)])
    both = calibrations(faces)
    assert sum(part.count for part in both["worn"].bins) == 2
    assert both["likeliest"].brier == pytest.approx((0.1**2 + 0.7**2) / 2)
    assert math.isnan(brier_of_states(faces_of([missed(WORN)])))


def test_a_stricter_threshold_never_passes_more() -> None:
    faces = faces_of([one(WORN, MASKED), one(WORN, HARDLY), one(ABSENT, HARDLY), one(WRONG, (0.1, 0.5, 0.4)), missed(ABSENT)])
    points = curve(faces)
    assert [one.worn_probability for one in points] == list(GRID)
    assert (GRID[0], GRID[-1]) == (0.34, 0.98)
    for key in ("absent_called_worn", "worn_wrong_called_worn", "worn_called_worn"):
        rates = [getattr(one, key) for one in points]
        assert rates == sorted(rates, reverse=True)


def test_letting_one_bare_face_through_costs_more_than_asking_many_again() -> None:
    faces = faces_of([one(WORN, MASKED)] * 9 + [one(WORN, HARDLY)] + [one(ABSENT, BARE)] * 9 + [one(ABSENT, HARDLY)])
    chosen = choose(curve(faces))
    assert 0.7 < chosen.worn_probability <= 0.9
    assert chosen.absent_called_worn == 0.0


def test_the_cost_does_not_depend_on_how_many_of_each_state_the_set_holds() -> None:
    few = faces_of([one(ABSENT, HARDLY), one(WORN, MASKED)])
    many = faces_of([one(ABSENT, HARDLY), *[one(WORN, MASKED)] * 9])
    assert point(few, 0.6).cost == point(many, 0.6).cost == pytest.approx(10.0)
    assert point(few, 0.6, Costs(absent_as_worn=4.0)).cost == pytest.approx(2.0)


def test_a_threshold_that_asks_too_many_again_is_not_allowed() -> None:
    faces = faces_of([one(WORN, HARDLY)] * 3 + [one(WORN, MASKED)] * 7)
    assert point(faces, 0.6).allowed
    assert not point(faces, 0.8).allowed
    assert point(faces, 0.8, limits=Limits(most_unsure=0.4, least_worn_called_worn=0.5)).allowed


def test_where_no_threshold_is_allowed_the_reason_is_said() -> None:
    with pytest.raises(ChoiceError, match="no threshold keeps the limits"):
        choose(curve(faces_of([one(WORN, BARE), one(ABSENT, BARE)])))


def test_nobody_chooses_on_the_pictures_that_judge() -> None:
    box, states = np.zeros((3, 4), np.float32), np.array([ABSENT, WORN, WRONG])
    refuse_judged_pictures([Labels(Path("a.jpg"), box, states, kept_for="aside")])
    with pytest.raises(ChoiceError, match="kept for judging"):
        refuse_judged_pictures([Labels(Path("a.jpg"), box, states, kept_for="eval")])
    with pytest.raises(ChoiceError, match="worn_wrong"):
        refuse_judged_pictures([Labels(Path("a.jpg"), box[:2], states[:2])])


def test_a_peer_is_compared_where_as_many_masked_faces_pass() -> None:
    ours = faces_of([one(WORN, MASKED), one(WORN, HARDLY), one(ABSENT, (0.2, 0.8, 0.0)), one(WRONG, (0.0, 0.4, 0.6))])
    peer = faces_of([one(WORN, MASKED), one(WORN, BARE), one(ABSENT, BARE), one(WRONG, MASKED)])
    found = compare("peer", peer, ours)
    assert found.theirs.worn_called_worn == 0.5
    assert found.worn_probability == pytest.approx(0.9)
    assert found.ours is not None
    assert (found.ours.worn_called_worn, found.ours.absent_called_worn, found.ours.worn_wrong_called_worn) == (0.5, 0.0, 0.0)
    assert not found.fewer_wrong_passes  # neither lets a bare face through: that is a draw


def test_a_share_ours_never_reaches_is_said() -> None:
    assert threshold_for(faces_of([one(WORN, MASKED), missed(WORN)]), 0.9) is None
    peer = faces_of([one(WORN, MASKED), one(WORN, MASKED)])
    found = compare("peer", peer, faces_of([one(WORN, MASKED), missed(WORN)]))
    assert found.ours is None
    assert not found.fewer_wrong_passes
