"""The tables of a report."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final, cast

from models.evaluation.answers import CALLED
from models.evaluation.comparison import Comparison
from models.evaluation.labels import STATES
from models.evaluation.report.look import OF, WORDS
from models.evaluation.summary import Figures
from models.evaluation.tables import PEER_COLUMNS, peer_cells, shown

PARTS: Final = {
    "faces": "faces",
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
_SHARES: Final = ("absent_called_worn", "worn_wrong_called_worn", "worn_called_worn", "unsure_share", "found")


def percent(value: object) -> str:
    """A share for a reader."""
    if not isinstance(value, int | float) or math.isnan(value):
        return "-"
    return f"{value * 100:.1f} %"


def confusion_table(table: Mapping[str, Mapping[str, int]]) -> str:
    """True state by row, answer by column; the darker, the larger the share of the row."""
    rows = []
    for state in STATES:
        total = sum(table[state].values())
        rows.append([f"truly {WORDS[state]}", *(_shaded(table[state][word], total, word) for word in CALLED), str(total)])
    return html_table(["", *(f"called {WORDS[word]}" if word in STATES else WORDS[word] for word in CALLED), "faces"], rows)


def _shaded(count: int, total: int, word: str) -> str:
    share = count / total if total else 0.0
    back = f"color-mix(in srgb, {OF[word].colour} {round(share * 45)}%, white)"
    return f'<td style="background:{back}">{count} <small>({percent(share)})</small></td>'


def parts_table(parts: Mapping[str, Figures], head: str) -> str:
    """One row a size band or source."""
    rows = []
    for name, figures in parts.items():
        faces = sum(cast("Mapping[str, int]", figures["faces"]).values())
        cells = [percent(figures[key]) if key in _SHARES else shown(figures[key]) for key in list(PARTS)[1:]]
        rows.append([name, str(faces), *cells])
    return html_table([head, *PARTS.values()], rows)


def peers_table(figures: Figures) -> str:
    """Ours and every peer, each by its likeliest state."""
    peers = cast("Mapping[str, Figures]", figures["peers"])
    rows = [[name, *peer_cells(part)] for name, part in {"ours": figures, **peers}.items()]
    return html_table(["network", *PEER_COLUMNS.values()], rows)


def comparison_table(comparisons: Sequence[Comparison]) -> str:
    """Wrong passes where as many worn faces pass."""
    wrong = ("absent called worn", "ours", "worn wrong called worn", "ours")
    head = ["peer", "worn called worn", *wrong, "our threshold", "fewer of both"]
    rows = []
    for one in comparisons:
        ours = one.ours
        rows.append(
            [
                one.peer,
                percent(one.theirs.worn_called_worn),
                percent(one.theirs.absent_called_worn),
                percent(ours and ours.absent_called_worn),
                percent(one.theirs.worn_wrong_called_worn),
                percent(ours and ours.worn_wrong_called_worn),
                shown(one.worn_probability),
                "yes" if one.fewer_wrong_passes else "no",
            ]
        )
    return html_table(head, rows)


def html_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Cells that begin with a tag are taken as they are."""
    top = "".join(f"<th>{escape(words)}</th>" for words in head)
    body = "".join("<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(words: str) -> str:
    return words if words.startswith("<td") else f"<td>{escape(words)}</td>"
