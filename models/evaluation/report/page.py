"""Puts the report together: one file, readable without a network, that shows pictures of people."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import cast

from models.evaluation.answers import faces_of
from models.evaluation.comparison import Comparison
from models.evaluation.judged import Judged
from models.evaluation.report.cells import PARTS, comparison_table, confusion_table, parts_table, peers_table, percent
from models.evaluation.report.curves import by_size, precision_recall, reliability, threshold_curves
from models.evaluation.report.look import STYLE
from models.evaluation.report.mistakes import Mistake, thumbnail, worst
from models.evaluation.summary import Figures
from models.evaluation.tables import shown
from models.evaluation.threshold import DEFAULT_LIMITS, Limits, Point

_WARNING = (
    "This file shows pictures of people: small cut-outs of the judged photographs. Keep it where the photographs may be kept, "
    "and delete it with them."
)


def write_report(
    file: Path,
    figures: Figures,
    pictures: Sequence[Judged],
    comparisons: Sequence[Comparison],
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Raises PictureError where a picture has gone meanwhile."""
    threshold = float(cast("float", figures["worn_probability"]))
    faces = faces_of(pictures)
    points = [Point(**row) for row in cast("list[dict[str, float]]", figures["threshold_curve"])]  # type: ignore[arg-type]
    sections = [
        _head(figures),
        _tiles(figures),
        "<h2>What each face was called</h2>",
        f"<p>Gate faces at the gate's own rule with worn_probability {threshold:g}. Faces called unsure are asked again.</p>",
        confusion_table(cast("Mapping[str, Mapping[str, int]]", figures["confusion"])),
        "<h2>Curves</h2>",
        _charts([precision_recall(pictures), by_size(cast("Mapping[str, Figures]", figures["sizes"])), *reliability(faces)]),
        "<h2>Moving the threshold</h2>",
        "<p>For reading only: a threshold is chosen on pictures set aside for it, never on those the network is judged by.</p>",
        _charts(threshold_curves(points, threshold, limits)),
        "<h2>By size of the face</h2>",
        "<p>Height of the face as a share of the picture's height. The figures above count faces from 10 % on.</p>",
        parts_table(cast("Mapping[str, Figures]", figures["sizes"]), "face height"),
        "<h2>By source</h2>",
        parts_table(cast("Mapping[str, Figures]", figures["sources"]), "source"),
        *(_peers(figures, comparisons) if "peers" in figures else []),
        "<h2>The worst mistakes</h2>",
        f'<p class="warning">{_WARNING}</p>',
        *_mistakes(worst(pictures, faces, threshold)),
    ]
    title = f"Evaluation of {escape(str(figures['model']))}"
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    icon = '<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width,initial-scale=1">'
    file.parent.mkdir(parents=True, exist_ok=True)
    body = "\n".join(sections)
    file.write_text(f"{head}{icon}<style>{STYLE}</style></head><body>\n{body}\n</body></html>\n", encoding="utf-8")


def _head(figures: Figures) -> str:
    width, height = cast("Sequence[int]", figures["input"])
    words = (
        f"{figures['pictures']} pictures, input {width}x{height}, box overlap (IoU) {figures['iou']}, "
        f"face score {figures['score']}, single frames without a vote. sha256 "
    )
    return (
        f"<h1>Evaluation of {escape(str(figures['model']))}</h1><p>{escape(words)}<code>{figures['sha256']}</code></p>"
        f'<p class="warning">{_WARNING}</p>'
    )


def _tiles(figures: Figures) -> str:
    """The figures that decide, each with its interval."""
    intervals = cast("Mapping[str, tuple[float, float]]", figures["interval_95"])
    tiles = []
    for key, name in list(PARTS.items())[1:]:
        show = shown if key.startswith(("map3", "ap.")) else percent
        between = _between(intervals[key], show) if key in intervals else "&nbsp;"
        tiles.append(f'<div class="tile"><span>{escape(name)}</span><b>{show(figures[key])}</b><span>{between}</span></div>')
    at_35 = cast("Figures", figures["at_iou_35"])
    tiles.append(f'<div class="tile"><span>found at IoU 0.35</span><b>{percent(at_35["found"])}</b><span>&nbsp;</span></div>')
    milliseconds = shown(figures["ms_whole_pass"], 1)
    tiles.append(f'<div class="tile"><span>whole pass, this machine</span><b>{milliseconds} ms</b><span>one thread</span></div>')
    words = "Small below a figure: its 95 % interval over pictures (bootstrap). Faces of at least 10 % of the picture's height."
    return f'<div class="tiles">{"".join(tiles)}</div><p>{words}</p>'


def _between(interval: tuple[float, float], show: Callable[[object], str]) -> str:
    low, high = interval
    return "no such face" if math.isnan(low) else f"{show(low)} to {show(high)}"


def _charts(charts: Sequence[str]) -> str:
    return f'<div class="charts">{"".join(charts)}</div>'


def _peers(figures: Figures, comparisons: Sequence[Comparison]) -> list[str]:
    words = (
        "The same pictures, the same code. Each by its likeliest state at face score 0.5; a network without the class worn "
        "wrong has the average precision 0 there. Times were not taken in turns: for ratios use <code>make bench</code>."
    )
    return [
        "<h2>Beside other networks</h2>",
        f"<p>{words}</p>",
        peers_table(figures),
        *(_equal_shares(comparisons) if comparisons else []),
    ]


def _equal_shares(comparisons: Sequence[Comparison]) -> list[str]:
    return [
        "<h3>At an equal share of worn faces called worn</h3>",
        "<p>Our threshold is moved until as many worn faces pass as with the peer; then the wrong passes are counted.</p>",
        comparison_table(comparisons),
    ]


def _mistakes(kinds: Mapping[str, Sequence[Mistake]]) -> list[str]:
    parts = []
    for name, mistakes in kinds.items():
        parts.append(f"<h3>{escape(name)}</h3>")
        shots = [
            f'<figure><img alt="" src="{thumbnail(one)}"><figcaption>{escape(one.words)}<br>'
            f"<code>{escape(one.picture.file.name)}</code></figcaption></figure>"
            for one in mistakes
        ]
        parts.append(f'<div class="faces">{"".join(shots)}</div>' if shots else "<p>None.</p>")
    return parts
