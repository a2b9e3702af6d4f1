from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cloud.store import flux
from cloud.store.series import DAY_S, Sensed, Span, Step
from cloud.store.series_tasks import days, summary, tasks
from contract.series import Measurement
from tests.cloud import flux_compiler
from tests.cloud.flux_compiler import FluxCompiler

SPAN = Span(1_700_000_000, 1_700_086_400)
HOSTILE = 'g" or true or r.gate == "${1}\\'


@pytest.fixture(scope="module")
def compiler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FluxCompiler]:
    if flux_compiler.absent():
        pytest.skip(flux_compiler.ABSENT)
    with FluxCompiler(tmp_path_factory.mktemp("flux")) as running:
        yield running


@given(st.text())
def test_no_word_from_outside_ends_its_literal_or_begins_an_interpolation(word: str) -> None:
    inside = flux.literal(word)[1:-1]
    assert '"' not in inside.replace("\\\\", "").replace('\\"', "")
    assert "$" not in inside
    assert inside.isprintable()
    assert not inside.replace("\\\\", "").endswith("\\")


@settings(max_examples=60, deadline=None)
@example(HOSTILE)
@example("\u2028 \x00 门神 \n\t")
@given(st.text())
def test_the_compiler_reads_the_word_that_was_meant_and_nothing_else(compiler: FluxCompiler, word: str) -> None:
    asked = flux.samples(word, Measurement.SENSOR, word, word, SPAN)
    assert compiler.texts(asked) == [word, "sensor", word, word, "ns", "_value", "ns"]
    of_sensor = flux.samples("b", Measurement.SENSOR, "value", "g", SPAN, Sensed("g", word, word))
    assert compiler.texts(of_sensor) == ["b", "sensor", "value", "g", word, word, "ns", "_value", "ns"]
    summed = flux.summed_steps(word, Measurement.VISIT, word, word, SPAN)
    assert compiler.texts(summed)[:5] == [word, "visit", f"{word}_total", f"{word}_count", word]


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("gate", [None, HOSTILE])
@pytest.mark.parametrize("field", ["value", "raised", "verdict=pass"])
def test_the_compiler_takes_every_question(compiler: FluxCompiler, field: str, gate: str | None, step: Step) -> None:
    assert compiler.accepts(flux.steps("b", Measurement.VISIT, field, gate, SPAN, step))
    assert compiler.accepts(flux.summed_steps("b", Measurement.VISIT, field, gate, SPAN))
    assert compiler.accepts(flux.samples("b", Measurement.VISIT, field, gate or "g", SPAN))
    sensed = Sensed("g", HOSTILE, HOSTILE)
    assert compiler.accepts(flux.steps("b", Measurement.SENSOR, "value", "g", SPAN, step, sensed))
    assert compiler.accepts(flux.summed_steps("b", Measurement.SENSOR, "value", "g", SPAN, sensed))
    assert compiler.accepts(flux.anything("b"))


def test_the_compiler_takes_every_task_and_the_summing_up_of_a_span(compiler: FluxCompiler) -> None:
    for one in tasks(HOSTILE):
        assert set(compiler.texts(one.flux)) >= {one.name, f"{HOSTILE}_5m"}
    for step in Step:
        assert compiler.accepts(summary(HOSTILE, step, SPAN))


def test_the_compiler_refuses_what_is_wrong(compiler: FluxCompiler) -> None:
    assert not compiler.accepts('from(bucket: "b") |> rnge(start: -1h)')
    assert not compiler.accepts("from(bucket: 5) |> range(start: -1h)")
    assert not compiler.accepts('from(bucket: "b") |> range(start: -1h')


def test_times_are_numbers_and_verdicts_are_values() -> None:
    text = flux.steps("b", Measurement.VISIT, "verdict=pass", None, SPAN, Step.HOUR)
    assert "range(start: 1700000000, stop: 1700086400)" in text
    assert 'r._field == "verdict"' in text
    assert 'r._value == "pass"' in text
    assert "every: 3600s" in text


def test_a_summing_up_by_hand_is_the_task_without_its_clock() -> None:
    text = summary("b", Step.FIVE_MINUTES, SPAN)
    assert "option task" not in text
    assert "date" not in text
    assert "start = 1700000000\nstop = 1700086400\n" in text
    assert 'source = "b"\ntarget = "b_5m"\n' in text


def test_a_long_span_is_summed_up_day_by_day() -> None:
    begin_s = 20_000 * DAY_S + 7_200
    assert days(Span(begin_s + 5, begin_s + 2 * DAY_S)) == [
        Span(begin_s, 20_001 * DAY_S),
        Span(20_001 * DAY_S, 20_002 * DAY_S),
        Span(20_002 * DAY_S, begin_s + 2 * DAY_S),
    ]
    assert days(Span(begin_s, begin_s)) == []
