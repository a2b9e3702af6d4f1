"""One HTML file: headings, paragraphs, tables and figures, with the style inside and nothing to load."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from edge.app.report.chart import GRID, INK, PAPER, QUIET
from edge.errors import ReportError

STYLE: Final = f"""
:root {{ color-scheme: light; }}
body {{ font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; color: {INK}; background: {PAPER};
  max-width: 1040px; margin: 2rem auto 4rem; padding: 0 1.25rem; font-variant-numeric: tabular-nums; }}
h1 {{ font-size: 1.7rem; margin: 0 0 .25rem; }}
h2 {{ font-size: 1.2rem; margin: 2.4rem 0 .4rem; }}
p {{ max-width: 46rem; margin: .3rem 0 .8rem; color: {QUIET}; }}
.charts {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(min(380px, 100%), 1fr)); gap: 1rem 1.6rem; }}
figure {{ margin: 0; }}
figcaption {{ font-size: .85rem; color: {QUIET}; }}
svg, img {{ width: 100%; height: auto; display: block; }}
svg text {{ paint-order: stroke; stroke: {PAPER}; stroke-width: 3px; stroke-linejoin: round; }}
.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; margin: .4rem 0 .8rem; font-size: .9rem; }}
th, td {{ padding: .3rem .6rem; text-align: right; border-bottom: 1px solid {GRID}; white-space: nowrap; }}
th:first-child, td:first-child {{ text-align: left; }}
"""


def page(title: str, parts: Sequence[str]) -> str:
    """The whole file; `parts` are HTML."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    body = "\n".join([f"<h1>{escape(title)}</h1>", *parts])
    return f'<!doctype html>\n<html lang="en"><head>{head}<style>{STYLE}</style></head>\n<body>{body}\n</body></html>\n'


def heading(words: str) -> str:
    return f"<h2>{escape(words)}</h2>"


def paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Cells are words; the first column is left-aligned."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def figures(charts: Sequence[tuple[str, str]]) -> str:
    """Charts beside one another: SVG and its words."""
    each = "".join(f"<figure>{svg}<figcaption>{escape(words)}</figcaption></figure>" for svg, words in charts)
    return f'<div class="charts">{each}</div>'


def picture(jpeg: bytes, words: str) -> str:
    """A picture inside the file; `words` are read aloud in its place."""
    return f'<img src="data:image/jpeg;base64,{b64encode(jpeg).decode()}" alt="{escape(words)}">'


def write(path: Path, text: str) -> None:
    """Write a report. Raises ReportError with place and remedy."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as refused:
        what = f"the report cannot be written ({refused.strerror or refused})"
        raise ReportError(what, where=str(path), remedy="Name a file in a folder you may write to.") from refused
