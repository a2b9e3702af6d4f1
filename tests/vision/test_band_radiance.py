from __future__ import annotations

import math

import numpy as np
import pytest

from edge.vision.band_radiance import apparent_c, celsius_of, radiance


@pytest.mark.parametrize(
    ("emissivity", "reflected_c", "error_c"),
    [(0.98, 22.0, -0.264), (0.98, 10.0, -0.46), (0.98, 30.0, -0.12), (0.95, 22.0, -0.66)],
)
def test_skin_among_colder_walls_seems_colder(emissivity: float, reflected_c: float, error_c: float) -> None:
    # Differences published for skin near 36 degC.
    assert float(apparent_c(36.0, emissivity, reflected_c)) - 36.0 == pytest.approx(error_c, abs=0.012)


def test_near_skin_radiance_grows_with_the_4_45th_power() -> None:
    power = math.log(float(radiance(37.0) / radiance(35.0))) / math.log((37.0 + 273.15) / (35.0 + 273.15))
    assert power == pytest.approx(4.45, abs=0.03)


def test_there_and_back_is_the_same_temperature() -> None:
    celsius = np.linspace(-59.0, 199.0, 999)
    assert celsius_of(radiance(celsius)) == pytest.approx(celsius, abs=1e-6)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -61.0, 201.0])
def test_what_no_face_can_be_has_no_radiance(value: float) -> None:
    assert math.isnan(float(radiance(value)))
    assert math.isnan(float(celsius_of(radiance(value))))
