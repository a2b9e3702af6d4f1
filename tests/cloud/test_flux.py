from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cloud.store import flux
from cloud.store.series import Span
from contract.series import Measurement

SPAN = Span(1_700_000_000, 1_700_086_400)


@given(st.text())
def test_no_word_from_outside_ends_its_literal_or_begins_an_interpolation(word: str) -> None:
    inside = flux.literal(word)[1:-1]
    assert '"' not in inside.replace("\\\\", "").replace('\\"', "")
    assert "$" not in inside
    assert inside.isprintable()
    assert not inside.replace("\\\\", "").endswith("\\")


def test_an_injected_gate_stays_one_gate() -> None:
    text = flux.samples("b", Measurement.SENSOR, "value", 'g" or true or r.gate == "', SPAN)
    assert 'r.gate == "g\\" or true or r.gate == \\""' in text


def test_times_are_numbers_and_verdicts_are_values() -> None:
    text = flux.five_minutes("b", Measurement.VISIT, "verdict=pass", None, SPAN)
    assert "range(start: 1700000000, stop: 1700086400)" in text
    assert 'r._field == "verdict"' in text
    assert 'r._value == "pass"' in text
