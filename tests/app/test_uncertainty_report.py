"""The report of the uncertainty: its parts over the distance, and whether errors keep to it."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from edge.app.in_simulation.budget import Budget
from edge.app.in_simulation.evaluation import Judged, summary
from edge.app.in_simulation.report import PART_WORDS, html
from edge.vision.uncertainty import UncertaintyParts

PARTS = {part.name: 0.05 * (number + 1) for number, part in enumerate(fields(UncertaintyParts))}


def people(error_c: float, said_c: float, count: int = 400) -> list[Judged]:
    """Errors of that standard deviation, and what is said of each."""
    rng = np.random.default_rng(3)
    skins_c = rng.uniform(33, 38, count)
    return [Judged(float(skin_c), 22.0, 0.6, float(skin_c + rng.normal(0, error_c)), said_c, None) for skin_c in skins_c]


def test_the_bands_of_the_stack_add_up_to_the_combined_uncertainty() -> None:
    step = Budget(0.6, PARTS)
    assert sum(share_c for _, share_c in step.stacked_c()) == pytest.approx(step.combined_c)
    assert step.combined_c == pytest.approx(sum(part_c**2 for part_c in PARTS.values()) ** 0.5)


@pytest.mark.parametrize(("said_c", "covered", "share"), [(0.2, 0.954, 1.0), (0.1, 0.683, 2.0), (0.4, 1.0, 0.5)])
def test_an_honest_uncertainty_covers_95_percent_and_a_boastful_one_is_seen(said_c: float, covered: float, share: float) -> None:
    found = summary(people(0.2, said_c))
    assert found["covered_2u"] == pytest.approx(covered, abs=0.04)
    assert found["spread_per_u"] == pytest.approx(share, rel=0.1)


def test_the_page_shows_every_part_at_every_distance_and_every_person() -> None:
    found = people(0.1, 0.15, 40)
    page = html({"lepton35": summary(found)}, {"lepton35": found}, {"lepton35": [Budget(0.5, PARTS), Budget(0.9, PARTS)]}, 0.5)
    assert page.count("<svg") == 2
    assert page.count("<polygon") == len(PARTS)
    assert all(words in page for words in PART_WORDS.values())
    assert page.count("<circle") == 40
    assert "limit 0.5 degC" in page
    assert "0.90 m" in page


def test_every_part_of_the_budget_has_a_name_in_the_report() -> None:
    assert PART_WORDS.keys() == {part.name for part in fields(UncertaintyParts)}
