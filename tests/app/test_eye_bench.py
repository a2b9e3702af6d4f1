"""The quickest way to run the eye is taken only where it answers alike."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from edge.app import eye_bench
from edge.app.eye_bench import Candidate, candidates, chosen, difference, drawn_crowds, measure
from edge.app.eye_profile import profile_path, stored_runner
from edge.commands import main
from edge.commands.bench_eye import bench_eye
from edge.vision.detector import Detections
from edge.vision.model_file import entry_of
from edge.vision.network import PROVIDERS, Runner, available
from edge.vision.view import INPUTS, WHOLE
from tests.app.test_eye import gate

USUAL = (416, 320)


def timed(provider: str, threads: int, ms: float, refusal: str | None = None) -> Candidate:
    return Candidate(Runner(provider, threads), USUAL, refusal, [ms, ms, ms])


def faces(shift_px: float = 0.0, sure: float = 0.9) -> Detections:
    box = np.array([[10, 10, 60, 70]], np.float32) + np.float32(shift_px)
    return Detections(
        box, np.array([sure], np.float32), np.zeros((1, 5, 2), np.float32), np.array([[0.9, 0.05, 0.05]], np.float32)
    )


def test_every_provider_is_listed_and_absent_ones_say_so() -> None:
    them = candidates(INPUTS)
    assert {one.runner.provider for one in them} == set(PROVIDERS)
    assert {one.runner.provider for one in them if one.refusal == "absent"} == set(PROVIDERS) - available()


def test_the_quickest_is_chosen() -> None:
    assert chosen([timed("cpu", 1, 9.0), timed("xnnpack", 1, 5.0)], USUAL) == timed("xnnpack", 1, 5.0)


def test_another_thread_must_be_worth_it() -> None:
    one, two = timed("cpu", 1, 5.0), timed("cpu", 2, 4.8)
    assert chosen([one, two], USUAL) == one
    assert chosen([one, timed("cpu", 2, 3.0)], USUAL) == timed("cpu", 2, 3.0)


def test_nobody_wins_by_answering_otherwise() -> None:
    assert chosen([timed("cpu", 1, 9.0), timed("cuda", 1, 1.0, "answers differ")], USUAL) == timed("cpu", 1, 9.0)
    assert chosen([timed("cuda", 1, 1.0, "answers differ")], USUAL) is None
    assert chosen([timed("cpu", 1, 9.0)], (640, 480)) is None


@pytest.mark.parametrize(
    ("found", "words"),
    [(faces(0.5, 0.89), None), (faces(3.0), "boxes by 2.0 px"), (faces(0.0, 0.8), "probabilities by 0.1")],
)
def test_answers_are_compared_on_the_scale_of_the_network(found: Detections, words: str | None) -> None:
    said = difference([found], [faces()], USUAL, (624, 480))
    assert said is None if words is None else said is not None and words in said


def test_a_face_too_few_is_a_difference() -> None:
    nobody = Detections(*(np.zeros(shape, np.float32) for shape in ((0, 4), (0,), (0, 5, 2), (0, 3))))
    assert difference([nobody], [faces()], USUAL, USUAL) == "finds 0 faces where the reference finds 1"


def test_the_crowds_have_people_in_them() -> None:
    shapes = {crowd.shape for crowd in drawn_crowds((800, 600))}
    assert shapes == {(600, 800, 3)}


def test_measuring_gives_times_and_finds_the_processor_like_itself() -> None:
    them = [Candidate(Runner("cpu", 1), (320, 256)), Candidate(Runner("acl"), (320, 256), "absent")]
    rounds: list[None] = []
    measure(them, 2, (640, 480), WHOLE, None, lambda: rounds.append(None))
    assert them[0].refusal is None
    assert len(them[0].times_ms) == 2
    assert them[1].times_ms == []
    assert rounds


def test_the_choice_is_stored_where_the_gate_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def quick(them: list[Candidate], *_: object) -> None:
        for one in them:
            if one.refusal is None:
                one.times_ms = [1.0 if one.runner.threads == 1 else 2.0]

    monkeypatch.setattr("edge.commands.bench_eye.measure", quick)
    config = gate(tmp_path)
    bench_eye(config, keep=True, rounds=10)
    assert stored_runner(profile_path(config), entry_of().sha256) == Runner("cpu", 1)
    said = capsys.readouterr().out
    assert "absent" in said
    assert "Best at 416x320: cpu, 1 thread(s)" in said


def test_storing_without_a_gate_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["menshen-edge", "bench", "--store"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "menshen-edge bench gate.toml --store" in capsys.readouterr().err


def test_the_margin_for_a_thread_is_a_tenth() -> None:
    assert eye_bench.WORTH_A_THREAD == 0.9
