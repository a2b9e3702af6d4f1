"""Simulated visitors before the gate's own tracker, vote, lane and rule: the figures are all there, and can be bad."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import correlation
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from contract.verdicts import Mask, Verdict
from edge.app.visitors.evaluation import played, usual_setting
from edge.app.visitors.eye import STATES, Look, logit, mask_errors
from edge.app.visitors.gate import Setting
from edge.app.visitors.interval import mean, quantile, wilson
from edge.app.visitors.outcome import Cause, Outcome, Told
from edge.app.visitors.person import HARD
from edge.app.visitors.stream import Stream
from edge.app.visitors.summary import summary
from edge.app.visitors.trade import KNOBS
from edge.commands.line import app
from edge.vision.model_file import MANIFEST

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "evaluation.md").read_text(encoding="utf-8")
PEOPLE = 14


def keys(body: Any) -> Iterator[str]:
    if isinstance(body, dict):
        for key, value in body.items():
            yield key
            yield from keys(value)


@pytest.fixture(scope="module")
def hard() -> Setting:
    return replace(usual_setting(), people=replace(HARD, absent=0.35, worn_wrong=0.35))


@pytest.fixture(scope="module")
def usual(hard: Setting) -> dict[str, Any]:
    return summary(list(played(hard, PEOPLE, 3)))


def test_a_short_run_writes_every_figure_and_each_is_explained(tmp_path: Path) -> None:
    out, html = tmp_path / "gate.json", tmp_path / "gate.html"
    done = CliRunner().invoke(app, ["evaluate", "gate", "--people", "3", "--json", str(out), "--html", str(html)])
    assert done.exit_code == 0, done.output
    found = json.loads(out.read_text(encoding="utf-8"))
    wanted = {"wrong_passes", "wrong_stops", "cannot_measure", "recheck", "verdict_s", "people_a_minute", "trade", "settings"}
    assert wanted <= found.keys()
    assert found["trade"].keys() == KNOBS.keys()
    assert all(len(found["trade"][name]) == len(knob.values) >= 3 for name, knob in KNOBS.items())
    for key in set(keys(found)) - {one.value for one in (*Mask, *Verdict)}:
        assert f"`{key}`" in REFERENCE, key
    page = html.read_text(encoding="utf-8")
    assert page.count("<svg") == len(KNOBS)
    assert "nan" not in page.lower().replace("cannot", "")


def test_a_limit_nobody_reaches_passes_the_warm(hard: Setting, usual: dict[str, Any]) -> None:
    broken = summary(list(played(replace(hard, limits=replace(hard.limits, limit_c=45.0)), PEOPLE, 3)))
    assert broken["wrong_passes"]["by_cause"]["warm"]["count"] > usual["wrong_passes"]["by_cause"]["warm"]["count"]
    assert broken["wrong_passes"]["share"] > usual["wrong_passes"]["share"]


def test_a_vote_that_needs_nothing_passes_who_has_no_mask(hard: Setting, usual: dict[str, Any]) -> None:
    broken = summary(list(played(replace(hard, worn_probability=0.0), PEOPLE, 3)))
    for cause in ("no_mask", "worn_wrong"):
        assert broken["wrong_passes"]["by_cause"][cause]["count"] > usual["wrong_passes"]["by_cause"][cause]["count"]


def test_the_same_seed_is_the_same_day_and_everybody_leaves(hard: Setting) -> None:
    one, other = (list(played(hard, 4, 5)) for _ in range(2))
    assert one == other
    assert all(outcome.left_s is not None for outcome in one[0].outcomes)
    assert len(one[0].outcomes) == 4


def test_people_who_all_step_up_beside_one_another_all_get_their_turn(hard: Setting) -> None:
    crowd = replace(HARD, together=1.0, impatient=1.0, absent=0.0, worn_wrong=0.0)
    outcomes = list(Stream(replace(hard, people=crowd), 6, 1).play())
    assert len(outcomes) == 6
    assert not any(Cause.ANOTHER_S in outcome.wrong_passes for outcome in outcomes)


@pytest.mark.parametrize(
    ("state", "key"),
    [(Mask.ABSENT, "absent_called_worn"), (Mask.WORN, "worn_called_worn"), (Mask.WORN_WRONG, "worn_wrong_called_worn")],
)
def test_single_frames_are_wrong_as_often_as_was_measured(state: Mask, key: str) -> None:
    import tomllib

    entry = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["models"]["menshen_face_mask"]
    expected = entry["scores"][key] / entry["scores"]["found"]
    rng, errors = np.random.default_rng(7), mask_errors()
    frames = [Look(errors, rng).frame(state, 100.0, 0.25, walking=False) for _ in range(4000)]
    said = sum(frame.worn >= entry["worn_probability"] for frame in frames) / len(frames)
    assert said == pytest.approx(expected, abs=4 * (expected / len(frames)) ** 0.5)
    assert all(frame.absent + frame.worn + frame.worn_wrong == pytest.approx(1.0) for frame in frames[:100])


def test_frames_of_one_person_are_alike_and_those_of_one_moment_more_so() -> None:
    rng, errors = np.random.default_rng(8), mask_errors(0.5)
    rows = []
    for _ in range(2000):
        look = Look(errors, rng)
        rows.append([logit(look.frame(Mask.WORN, at_s, 0.25, walking=False).worn) for at_s in (10.0, 10.04, 30.0)])
    first, next_, later = zip(*rows, strict=True)
    assert correlation(first, later) == pytest.approx(0.5, abs=0.06)
    assert correlation(first, next_) > 0.9


def told(verdict: Verdict, mask: Mask = Mask.WORN, *, warm: bool = False) -> Told:
    return Told(verdict, None, 1.0, mask, warm)


def test_a_pass_is_wrong_by_what_was_true_when_it_was_given() -> None:
    put_on = Outcome(Mask.ABSENT, warm=False, told=[told(Verdict.PUT_ON_MASK, Mask.ABSENT), told(Verdict.PASS)])
    assert not put_on.wrong_passes
    assert not put_on.wrong_stops
    bare = Outcome(Mask.ABSENT, warm=True, told=[told(Verdict.PASS, Mask.ABSENT, warm=True)], on_another_s=True)
    assert bare.wrong_passes == {Cause.NO_MASK, Cause.WARM, Cause.ANOTHER_S}
    assert Outcome(Mask.WORN, warm=False, told=[told(Verdict.RECHECK)]).wrong_stops == {Verdict.RECHECK}


def test_intervals_are_those_of_the_books() -> None:
    assert wilson(0, 100) == pytest.approx((0.0, 0.0370), abs=1e-4)
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(0, 0) == (None, None)
    assert quantile(list(range(1, 101)), 0.5) == {"value": 50, "interval": [40, 61]}
    assert mean([1.0, 1.0, 1.0]) == {"value": 1.0, "interval": [1.0, 1.0]}
    assert set(STATES) == {Mask.ABSENT, Mask.WORN, Mask.WORN_WRONG}
