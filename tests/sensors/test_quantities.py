"""One unit for each quantity, and nothing that cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.config.quantities import QUANTITIES, convert, possible


@pytest.mark.parametrize(
    ("quantity", "value", "unit", "converted"),
    [
        ("air_c", 68.0, "°F", 20.0),
        ("air_c", 293.15, "K", 20.0),
        ("air_c", 20.0, "degC", 20.0),
        ("uvc_uw_cm2", 0.9, "W/m²", 90.0),
        ("uvc_uw_cm2", 0.09, "mW/cm2", 90.0),
        ("ozone_ppm", 100.0, "ppb", 0.1),
        ("lamp_h", 3600.0, "s", 1.0),
        ("chlorine_mg_l", 500.0, "ppm", 500.0),
        ("pressure_hpa", 101_325.0, "Pa", 1013.25),
        ("count", 7.0, "", 7.0),
    ],
)
def test_a_value_is_turned_into_its_quantity_s_own_unit(quantity: str, value: float, unit: str, converted: float) -> None:
    assert convert(quantity, value, unit) == pytest.approx(converted)


@pytest.mark.parametrize(("quantity", "unit"), [("air_c", "%"), ("ozone_ppm", "mg/m³"), ("co2_ppm", "volts")])
def test_another_kind_of_unit_is_no_value(quantity: str, unit: str) -> None:
    assert convert(quantity, 1.0, unit) is None


@given(quantity=st.sampled_from(sorted(QUANTITIES)), value=st.floats())
def test_what_is_possible_is_a_number_within_the_range(quantity: str, value: float) -> None:
    one = QUANTITIES[quantity]
    assert possible(quantity, value) == (one.least <= value <= one.most)
