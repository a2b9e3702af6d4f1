"""The gate's temperature rules on people whose oral temperature is known: made-up people, and those of the study."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from contract.verdicts import CoreRule, Region, Verdict
from edge.app.clinical.evaluation import FOLDS, Question, RuleScores, evaluate, splits
from edge.app.clinical.fitting import ambient, constant
from edge.app.clinical.judging import judge, replay, temperature_only
from edge.app.clinical.people import COLUMNS, Group, Person, read_group
from edge.app.clinical.scores import scores
from edge.commands.line import app
from edge.errors import SourceError
from edge.policy.baseline import BaselineLimits
from edge.policy.core_temperature import SkinToCore

CANTHUS = Region.CANTHUS
NAMES = ["SubjectID", "", *(f"canthiMax{number}" for number in range(1, 5)), "aveOralF", "aveOralM", "T_atm", "Time", "Date"]


def people(count: int, seed: int = 1, rooms_c: tuple[float, float] = (20.0, 28.0), slope: float = -0.09) -> list[Person]:
    """Oral temperatures of whom one in eight is feverish; skin follows with an offset of 1.2 at 24 degC and some scatter."""
    rng = np.random.default_rng(seed)
    ill = rng.random(count) < 1 / 8
    oral_c = np.where(ill, rng.uniform(37.5, 39.5, count), rng.normal(36.8, 0.2, count).clip(36.0, 37.4))
    room_c = rng.uniform(*rooms_c, count)
    skin_c = oral_c - 1.2 - slope * (room_c - 24.0) + rng.normal(0.0, 0.15, count)
    return [
        Person(
            round(float(skin), 3), round(float(oral), 3), round(float(room), 2), ("26-01-01", f"{number:08d}"), f"{seed}-{number}"
        )
        for number, (skin, oral, room) in enumerate(zip(skin_c, oral_c, room_c, strict=True))
    ]


def written(path: Path, them: Sequence[Person], head: str = "\ufeff") -> Path:
    lines = [["", "", "Round 1:"], ["", "", "T_offset"], NAMES]
    for one in them:
        rounds = [f"{one.skin_c:.3f}", "", f"{one.skin_c:.3f}", ""]
        lines.append([one.name, "", *rounds, "", f"{one.oral_c:.3f}", f"{one.ambient_c:.2f}", one.when[1], one.when[0]])
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(head)
        csv.writer(file).writerows(lines)
    return path


def test_a_fit_finds_what_was_added() -> None:
    them = people(2000)
    assert constant([one for one in them if abs(one.ambient_c - 24.0) < 1.0], 37.5).offset_c[CANTHUS] == pytest.approx(
        1.2, abs=0.03
    )
    rule = ambient(them, 37.5)
    assert rule.slope_ambient == pytest.approx(-0.09, abs=0.01)
    assert rule.at(24.0).core_c(35.0, CANTHUS) == pytest.approx(36.2, abs=0.03)


def test_fevers_do_not_bend_the_fit() -> None:
    healthy = [one for one in people(400) if one.oral_c < 37.5]
    fevers = [Person(30.0, 39.0, 22.0, ("", ""))] * 100
    assert ambient(healthy + fevers, 37.5) == ambient(healthy, 37.5)


def test_one_room_has_no_slope() -> None:
    assert ambient(people(50, rooms_c=(22.0, 22.0)), 37.5).slope_ambient == 0.0


def test_everybody_is_judged_by_the_gates_own_rule() -> None:
    rule = SkinToCore.constant(1.2)
    them = [Person(skin_c, 37.0, 22.0, ("", "")) for skin_c in (36.2, 36.1, 36.0999, 33.0, float("nan"))]
    verdicts = [one.verdict for one in judge(them, rule, CANTHUS, temperature_only(37.3))]
    assert verdicts == [Verdict.RECHECK, Verdict.RECHECK, Verdict.PASS, Verdict.CANNOT_MEASURE, Verdict.RECHECK]


def test_a_room_outside_the_rules_range_is_no_verdict() -> None:
    rule = ambient(people(200), 37.5)
    assert judge([Person(35.0, 37.0, 40.0, ("", ""))], rule, CANTHUS, temperature_only(37.3))[0].verdict is Verdict.CANNOT_MEASURE


def test_a_baseline_learns_a_site_whose_offset_is_wrong() -> None:
    them = people(600, slope=0.0)
    wrong = SkinToCore(CoreRule.BASELINE, dict.fromkeys(Region, 0.95))  # fevers read 0.25 low
    limits = temperature_only(37.4)
    still = scores(judge(them, wrong, CANTHUS, limits), 37.5)
    learnt = scores(list(replay(them, wrong, CANTHUS, limits, BaselineLimits(usual_core_c=36.8))), 37.5)
    assert learnt.sensitivity > still.sensitivity + 0.05
    assert learnt.specificity > 0.9


def test_scores_count_what_was_decided() -> None:
    them = [Person(skin_c, oral_c, 22.0, ("", "")) for skin_c, oral_c in ((36.5, 38.0), (35.5, 37.6), (35.5, 36.8), (36.4, 37.0))]
    of = scores(judge(them, SkinToCore.constant(1.2), CANTHUS, temperature_only(37.3)), 37.5)
    assert (of.sensitivity, of.specificity, of.auc) == (0.5, 0.5, 0.625)
    assert (of.febrile_missed, of.healthy_rechecked, of.high_fever_caught) == ((1, 2), (1, 2), 1.0)
    assert of.intervals["sensitivity"] == (0.0, 1.0)


def test_nobody_is_judged_by_a_rule_fitted_on_them() -> None:
    groups = [Group(name, tuple(people(60, seed)), 0) for seed, name in enumerate(("a", "b", "c"))]
    for cut in (splits(groups), splits(groups[:1])):
        for split in cut:
            assert not {id(one) for one in split.fitted} & {id(one) for one in split.judged}
    assert [len(splits(groups[:count])) for count in (1, 2, 3)] == [FOLDS, 2, 3]
    assert sum(len(split.judged) for split in splits(groups[:1])) == 60


def test_people_taken_with_two_cameras_are_not_fitted_on_and_judged_too() -> None:
    them = people(60)
    groups = [Group("camera 1", tuple(them), 0), Group("camera 2", tuple(them[:40]), 0), Group("others", tuple(people(30, 2)), 0)]
    for split in splits(groups):
        assert not {one.name for one in split.fitted} & {one.name for one in split.judged}
    assert [len(split.fitted) for split in splits(groups)] == [30, 50, 100]


def test_a_file_is_read_with_its_mark_its_gaps_and_its_rounds(tmp_path: Path) -> None:
    them = people(40)
    for head in ("\ufeff", ""):
        group = read_group(written(tmp_path / "group.csv", them, head), "canthiMax", 4)
        assert (group.people, group.left_out) == (tuple(them), 0)
    unread = [*them, Person(float("nan"), 36.0, 22.0, ("", "")), Person(35.0, 3.6, 22.0, ("", ""))]
    assert read_group(written(tmp_path / "group.csv", unread), "canthiMax", 4).left_out == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "no column canthiMax1"),
        ("", "no column"),
        ("\n\n" + ",".join(NAMES) + "\n", "nobody in it"),
    ],
)
def test_a_file_of_another_form_is_refused_with_its_name(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=said) as refused:
        read_group(path, "canthiMax", 4)
    assert refused.value.where == str(path)
    with pytest.raises(SourceError, match="cannot be read"):
        read_group(tmp_path / "absent.csv", "canthiMax", 4)


def test_hardly_anybody_to_fit_on_is_refused() -> None:
    groups = [Group("a", tuple(people(300)), 0), Group("b", tuple(people(10)), 0)]
    with pytest.raises(SourceError, match="fewer than 30") as refused:
        evaluate(groups, Question(CANTHUS, 37.5, (37.5,), (0.0,), ()))
    assert refused.value.where == "a"


def test_the_command_prints_and_writes_what_it_found(tmp_path: Path) -> None:
    files = [str(written(tmp_path / f"group{seed}.csv", people(150, seed))) for seed in (1, 2)]
    as_json, as_html = tmp_path / "found.json", tmp_path / "found.html"
    options = ["--json", str(as_json), "--html", str(as_html), "--limit", "37.4", "--delta", "0.5", "--delta", "1"]
    done = CliRunner().invoke(app, ["evaluate", "clinical", *files, *options], catch_exceptions=False)
    assert done.exit_code == 0
    rules = json.loads(as_json.read_text())["rules"]
    assert set(rules) == {"constant", "ambient", "baseline"}
    for rule in rules.values():
        assert {"auc", "sensitivity", "specificity", "healthy_rechecked", "febrile_missed"} <= set(rule["limits"]["37.4"])
        assert set(rule["limits"]["37.4"]["bands"]) == {"0", "0.25", "0.5"}
    assert set(rules["baseline"]["deltas"]) == {"0.5", "1"}
    page = as_html.read_text()
    assert page.count("<svg") == 2
    assert "src=" not in page


def test_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    path = str(written(tmp_path / "group.csv", people(100)))
    with pytest.raises(SourceError, match="twice"):
        CliRunner().invoke(app, ["evaluate", "clinical", path, path], catch_exceptions=False)


@pytest.fixture(scope="module")
def study(reference_data: Path) -> dict[CoreRule, RuleScores]:
    folder = reference_data / "thermal" / "fda_face_oral"
    column, region = COLUMNS["canthus"]
    groups = [read_group(folder / f"FLIR_group{number}.csv", column, 4) for number in (1, 2)]
    asked = Question(region, 37.5, (37.5, 37.3), (0.0,), (0.5, 1.0))
    return {one.rule: one for one in evaluate(groups, asked)}


@pytest.mark.reference
def test_a_constant_offset_is_worth_on_the_study_what_was_measured_for_it(study: dict[CoreRule, RuleScores]) -> None:
    of = study[CoreRule.CONSTANT].by_limit[37.5, 0.0]
    assert (of.sensitivity, of.specificity, of.auc) == pytest.approx((0.847, 0.954, 0.962), abs=0.001)
    assert of.high_fever_caught == 1.0
    lower = study[CoreRule.CONSTANT].by_limit[37.3, 0.0]
    assert (lower.sensitivity, lower.specificity) == pytest.approx((0.901, 0.854), abs=0.001)


@pytest.mark.reference
def test_the_room_makes_the_rule_carry_from_one_room_to_another(study: dict[CoreRule, RuleScores]) -> None:
    of = study[CoreRule.AMBIENT].by_limit[37.5, 0.0]
    assert (of.sensitivity, of.specificity, of.auc) == pytest.approx((0.775, 0.967, 0.973), abs=0.001)
    apart = [direction.by_limit[37.5].sensitivity for direction in study[CoreRule.AMBIENT].directions]
    assert max(apart) - min(apart) < 0.05
    apart = [direction.by_limit[37.5].sensitivity for direction in study[CoreRule.CONSTANT].directions]
    assert max(apart) - min(apart) > 0.15


@pytest.mark.reference
def test_a_baseline_of_one_degree_misses_fevers_that_half_a_degree_catches(study: dict[CoreRule, RuleScores]) -> None:
    by_delta = study[CoreRule.BASELINE].by_delta
    assert by_delta[0.5].sensitivity >= 0.88
    assert by_delta[0.5].specificity >= 0.85
    assert by_delta[1.0].sensitivity < 0.65
