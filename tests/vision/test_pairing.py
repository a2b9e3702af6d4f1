from __future__ import annotations

import math

import numpy as np
import pytest

from edge.vision.pairing import nearest, paired
from edge.vision.thermal_frame import ThermalFrame


def frame(taken_s: float) -> ThermalFrame:
    return ThermalFrame(np.zeros((1, 1), np.float32), taken_s, 0, math.nan)


def test_the_nearest_of_the_last_few_pictures_is_taken() -> None:
    frames = [frame(1.0), frame(1.114), frame(1.228)]
    assert nearest(1.16, frames) is frames[1]
    assert nearest(9.0, frames) is frames[2]


def test_without_a_thermal_picture_there_is_no_pair() -> None:
    assert nearest(1.0, []) is None
    assert nearest(1.0, [frame(math.nan)]) is None
    assert nearest(math.nan, [frame(1.0)]) is None


@pytest.mark.parametrize(
    ("apart_s", "moving", "good"),
    [
        (0.05, True, True),
        (0.09, True, False),
        (0.114, False, True),
        (0.24, False, True),
        (0.26, False, False),
        (math.nan, False, False),
    ],
)
def test_a_walking_person_needs_a_closer_pair_than_one_who_stands(apart_s: float, moving: bool, good: bool) -> None:
    assert paired(10.0, 10.0 + apart_s, moving=moving) is good
    assert paired(10.0, 10.0 - apart_s, moving=moving) is good
