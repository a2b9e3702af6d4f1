"""`python -m models.evaluation.spread RECIPE=FILE.json ...`: what each recipe reached, and how far its runs lie apart.

A recipe that is named more than once was run with several seeds. The first one is what the others are compared with.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Final

from contract.console import told
from models.evaluation.errors import ChoiceError

KEYS: Final = {
    "map3": "mAP3",
    "ap.absent": "AP absent",
    "ap.worn": "AP worn",
    "ap.worn_wrong": "AP worn wrong",
    "absent_called_worn": "absent called worn",
    "worn_wrong_called_worn": "worn wrong called worn",
    "worn_called_worn": "worn called worn",
    "unsure_share": "unsure",
    "found": "found",
}
"""Of the JSON that `python -m models.evaluation` writes."""


@dataclass(frozen=True, slots=True)
class Reached:
    """One figure over the runs of one recipe."""

    mean: float
    least: float
    most: float
    runs: int

    def __str__(self) -> str:
        return f"{self.mean:.3f}" if self.runs == 1 else f"{self.mean:.3f} ({self.least:.3f} to {self.most:.3f})"


Recipes = dict[str, dict[str, Reached]]


def reached(runs: dict[str, list[dict[str, float]]]) -> Recipes:
    """`runs`: the figures of every run, by recipe. Returns mean and range of each figure, by recipe and key."""
    return {
        name: {
            key: Reached(fmean(values), min(values), max(values), len(values))
            for key in KEYS
            for values in [[run[key] for run in of_recipe]]
        }
        for name, of_recipe in runs.items()
    }


def table(recipes: Recipes) -> str:
    """As Markdown, a recipe a row; from the second on also by how much its mean differs from the first one's."""
    base = next(iter(recipes.values()))
    lines = ["| recipe | runs | " + " | ".join(KEYS.values()) + " |", "| --- |" + " --- |" * (len(KEYS) + 1)]
    for number, (name, figures) in enumerate(recipes.items()):
        cells = [f"{figures[key]}" + (f" {figures[key].mean - base[key].mean:+.3f}" if number else "") for key in KEYS]
        lines.append(f"| {name} | {figures['map3'].runs} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _read(named: list[str]) -> dict[str, list[dict[str, float]]]:
    runs: dict[str, list[dict[str, float]]] = {}
    for one in named:
        name, equals, file = one.partition("=")
        if not equals or not Path(file).is_file():
            raise ChoiceError(f"{one!r} is no RECIPE=FILE.json", remedy="Name what `python -m models.evaluation --json` wrote.")
        figures = json.loads(Path(file).read_text(encoding="utf-8"))
        missing = [key for key in KEYS if not isinstance(figures.get(key), float)]
        if missing:
            raise ChoiceError(f"{file} has no figure {missing[0]!r}", remedy="Write it anew: python -m models.evaluation.")
        runs.setdefault(name, []).append(figures)
    return runs


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m models.evaluation.spread", description=__doc__)
    parser.add_argument("runs", nargs="+", metavar="RECIPE=FILE.json")
    print(table(reached(_read(parser.parse_args().runs))))


if __name__ == "__main__":
    told(main)
