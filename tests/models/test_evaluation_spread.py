"""Runs of one recipe side by side, and recipes beside the whole one."""

import json
from pathlib import Path

import pytest

from models.evaluation import spread
from models.evaluation.errors import ChoiceError
from models.evaluation.spread import KEYS, reached, table


def figures(map3: float) -> dict[str, float]:
    return dict.fromkeys(KEYS, 0.5) | {"map3": map3}


def test_runs_of_one_recipe_give_their_mean_and_how_far_they_lie_apart() -> None:
    found = reached({"whole": [figures(0.7), figures(0.6), figures(0.68)], "without masks": [figures(0.5)]})
    assert str(found["whole"]["map3"]) == "0.660 (0.600 to 0.700)"
    assert str(found["without masks"]["map3"]) == "0.500"
    whole, without = table(found).splitlines()[2:]
    assert whole.startswith("| whole | 3 | 0.660 (0.600 to 0.700) | 0.500 (0.500 to 0.500) |")
    assert without.startswith("| without masks | 1 | 0.500 -0.160 | 0.500 +0.000 |")


def test_what_is_no_figures_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "scores.json"
    file.write_text(json.dumps(figures(0.7) | {"found": None}), encoding="utf-8")
    for given, said in ((f"whole={file}", "no figure 'found'"), (str(file), "no RECIPE=FILE"), ("whole=away.json", "away.json")):
        monkeypatch.setattr("sys.argv", ["spread", given])
        with pytest.raises(ChoiceError, match=said):
            spread.main()
