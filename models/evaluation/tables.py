"""Figures as tables for a terminal."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, cast

from rich.table import Table

from models.evaluation.comparison import Comparison
from models.evaluation.summary import Figures
from models.evaluation.threshold import Point

MAIN: Final = {
    "map3": "mAP3",
    "ap.absent": "AP absent",
    "ap.worn": "AP worn",
    "ap.worn_wrong": "AP worn_wrong",
    "absent_called_worn": "absent called worn",
    "worn_wrong_called_worn": "worn_wrong called worn",
    "worn_called_worn": "worn called worn",
    "unsure_share": "unsure",
    "found": "found",
    "ms_whole_pass": "whole pass, ms",
}
PEER_COLUMNS: Final = {
    "map3": "mAP3",
    "ap.absent": "absent",
    "ap.worn": "worn",
    "ap.worn_wrong": "wrong",
    "face_ap": "face AP",
    "found": "found",
    "right_state_of_found": "right",
    "ms_whole_pass": "ms",
}
"""The three after mAP3 are average precisions; `right` is the share of the found faces whose state was read right."""


def shown(value: object, digits: int = 3) -> str:
    """A number for a reader; a dash where there is none."""
    if not isinstance(value, int | float) or math.isnan(value):
        return "-"
    return f"{value:.{digits}f}"


def main_table(figures: Figures) -> Table:
    """The figures that decide, with the intervals that are known."""
    title = f"{figures['model']} on {figures['pictures']} pictures, gate faces, IoU 0.5, worn from {figures['worn_probability']}"
    table = Table("figure", "value", "95 % over pictures", title=title)
    intervals = cast("Mapping[str, tuple[float, float]]", figures["interval_95"])
    for key, words in MAIN.items():
        low, high = intervals.get(key, (math.nan, math.nan))
        table.add_row(words, shown(figures[key]), "" if math.isnan(low) else f"{low:.3f} to {high:.3f}")
    return table


def peers_table(figures: Figures) -> Table:
    """Ours and every peer."""
    table = Table("network", *PEER_COLUMNS.values(), title="peers on the same pictures, each by its likeliest state")
    peers = cast("Mapping[str, Figures]", figures["peers"])
    for name, part in {"ours": figures, **peers}.items():
        table.add_row(name, *peer_cells(part))
    return table


def peer_cells(figures: Figures) -> list[str]:
    """One network's row under PEER_COLUMNS."""
    return [shown(figures.get(key), 1 if key == "ms_whole_pass" else 3) for key in PEER_COLUMNS]


def comparison_table(comparisons: Sequence[Comparison]) -> Table:
    """Wrong passes where as many worn faces pass."""
    columns = ("peer", "worn", "absent", "ours", "wrong", "ours", "ours from", "fewer")
    table = Table(*columns, title="called worn: as a share of each state, ours at the threshold where as many worn faces pass")
    for one in comparisons:
        theirs, ours = one.theirs, one.ours
        table.add_row(
            one.peer,
            shown(theirs.worn_called_worn),
            shown(theirs.absent_called_worn, 4),
            shown(ours and ours.absent_called_worn, 4),
            shown(theirs.worn_wrong_called_worn, 4),
            shown(ours and ours.worn_wrong_called_worn, 4),
            shown(one.worn_probability),
            "yes" if one.fewer_wrong_passes else "no",
        )
    return table


def curve_table(points: Sequence[Point], chosen: Point | None) -> Table:
    """Every threshold; the chosen one is marked."""
    columns = ("worn from", "absent", "wrong", "worn", "unsure", "cost", "allowed")
    table = Table(*columns, title=f"called worn, by threshold; chosen: {chosen.worn_probability if chosen else 'none'}")
    for one in points:
        rates = (one.absent_called_worn, one.worn_wrong_called_worn, one.worn_called_worn, one.unsure_share, one.cost)
        words = "chosen" if one == chosen else "yes" if one.allowed else "no"
        table.add_row(f"{one.worn_probability:.2f}", *(shown(rate, 4) for rate in rates), words)
    return table
