"""Colours, strokes and styles: those of the screens, where a state is never told by colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Stroke:
    """How one line or bar is drawn.

    Attributes:
        colour: of the Okabe and Ito set.
        dash: SVG dash pattern; empty for a full line.
        width: user units.
    """

    colour: str
    dash: str = ""
    width: float = 2.2


INK, QUIET, GRID, PAPER = "#1f2937", "#5b6472", "#e3e6ea", "#ffffff"
OF: Final = {
    "absent": Stroke("#b87a00", "7 4"),
    "worn": Stroke("#00805d"),
    "worn_wrong": Stroke("#1f2937", "2 3"),
    "unsure": Stroke("#2b87c0", "10 3 2 3"),
    "missed": Stroke("#a8527f", "1 3"),
}
"""Okabe and Ito's orange, bluish green, black, sky blue and reddish purple, dark enough for a thin line on white (3:1)."""
WORDS: Final = {
    "absent": "absent",
    "worn": "worn",
    "worn_wrong": "worn wrong",
    "unsure": "unsure",
    "missed": "missed",
}

STYLE: Final = f"""
:root {{ color-scheme: light; }}
body {{ font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; color: {INK}; background: {PAPER};
  max-width: 1080px; margin: 2rem auto 4rem; padding: 0 1.25rem; font-variant-numeric: tabular-nums; }}
h1 {{ font-size: 1.7rem; margin: 0 0 .25rem; }}
h2 {{ font-size: 1.2rem; margin: 2.6rem 0 .4rem; }}
h3 {{ font-size: 1rem; margin: 1.4rem 0 .3rem; }}
p {{ max-width: 46rem; margin: .3rem 0 .8rem; color: {QUIET}; }}
code {{ font-size: .9em; overflow-wrap: anywhere; }}
.warning {{ border-left: 5px solid #d55e00; background: #fdf1e8; color: {INK}; padding: .6rem .9rem; max-width: none; }}
.tiles {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .7rem; margin: 1rem 0; }}
.tile {{ border: 1px solid {GRID}; border-radius: 8px; padding: .6rem .8rem; }}
.tile b {{ display: block; font-size: 1.55rem; line-height: 1.25; }}
.tile span {{ color: {QUIET}; font-size: .85rem; display: block; }}
.charts {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(400px, 1fr)); gap: 1rem 1.6rem; }}
figure {{ margin: 0; }}
figcaption {{ font-size: .85rem; color: {QUIET}; }}
svg {{ width: 100%; height: auto; display: block; }}
svg text {{ paint-order: stroke; stroke: {PAPER}; stroke-width: 3px; stroke-linejoin: round; }}
.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; margin: .4rem 0 .8rem; font-size: .9rem; }}
th, td {{ padding: .3rem .55rem; text-align: right; border-bottom: 1px solid {GRID}; white-space: nowrap; }}
th {{ font-weight: 600; white-space: normal; vertical-align: bottom; max-width: 6.5rem; }}
th:first-child, td:first-child {{ text-align: left; }}
.faces {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: .8rem; }}
.faces figure {{ break-inside: avoid; }}
.faces code {{ font-size: .7rem; line-height: 1.2; display: block; }}
.faces img {{ width: 100%; aspect-ratio: 1; object-fit: contain; background: #f1f3f5; border-radius: 6px; }}
@media print {{ body {{ margin: 0; }} h2 {{ break-after: avoid; }} }}
"""
