"""PDF (A4) with the Chinese font in it: only the characters that occur, so that it reads and searches alike everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cloud.export.document import Document, NoFontError, Table

if TYPE_CHECKING:
    from fpdf import FPDF

FONT: Final = Path(__file__).parent / "font" / "NotoSansSC.ttf"
"""Built by `python -m cloud.export.font` (`make web`)."""
MOST_PDF_ROWS: Final = 2_000
"""More is no reading matter; a cell takes half a millisecond, in which nothing else of the cloud runs. What is cut is said."""
MOST_COUNTED: Final = 100_000
"""So many rows are counted at most for what the paper says."""
_WIDE: Final = 7
"""A table with more columns lies on its side."""
_NAME: Final = "Noto Sans SC"
_MARGIN_MM: Final = 14.0
_LINE_MM: Final = 5.0


def write_pdf(document: Document) -> Iterator[bytes]:
    """Made whole before the first bytes come. Raises NoFontError."""
    if not FONT.is_file():
        raise NoFontError("the Chinese font is not built", where=str(FONT), remedy="Run `make web`, or export as XLSX or CSV.")
    rows = _read(document)
    page = _page(document)
    for note in document.notes:
        page.multi_cell(0, _LINE_MM, note, new_x="LMARGIN", new_y="NEXT")
    for table, (read, count) in zip(document.tables, rows, strict=True):
        if count > len(read):
            page.multi_cell(0, _LINE_MM, _cut(table, len(read), count), new_x="LMARGIN", new_y="NEXT", border=1)
        _table(page, document, table, read)
    return iter([bytes(page.output())])


def _read(document: Document) -> list[tuple[list[list[str]], int]]:
    """Of each table the rows that fit, and how many there are."""
    found, left = [], MOST_PDF_ROWS
    for table in document.tables:
        rows = iter(table.rows)
        read = [[document.shown(cell) for cell in row] for row in islice(rows, left)]
        left -= len(read)
        found.append((read, len(read) + sum(1 for _ in islice(rows, MOST_COUNTED))))
    return found


def _cut(table: Table, shown: int, count: int) -> str:
    """In both languages: whoever holds the paper has to see that it is not all."""
    zh, en = ("超过", "more than ") if count - shown >= MOST_COUNTED else ("", "")
    name = f"{table.title}: " if table.title else ""
    return (
        f"{name}本文件不完整：共{zh} {count} 行，仅印出前 {shown} 行；全部请导出 XLSX 或 CSV。"
        f"\nThis paper is not all: it shows the first {shown} of {en}{count} rows. Export as XLSX or CSV for every one."
    )


def _page(document: Document) -> FPDF:
    from cloud.export.paper import Paper

    wide = any(len(table.columns) > _WIDE for table in document.tables)
    page = Paper(document.foot or document.title, "landscape" if wide else "portrait")
    page.set_margins(_MARGIN_MM, _MARGIN_MM)
    page.set_auto_page_break(auto=True, margin=_MARGIN_MM + 4)
    page.add_font(_NAME, "", FONT)
    page.set_title(document.title)
    page.set_lang("zh-CN")
    page.add_page()
    page.set_font(_NAME, size=16)
    page.multi_cell(0, 9, document.title, new_x="LMARGIN", new_y="NEXT")
    page.set_font(_NAME, size=9)
    return page


def _table(page: FPDF, document: Document, table: Table, rows: Sequence[Sequence[str]]) -> None:
    from fpdf.fonts import FontFace

    if table.title and (len(document.tables) > 1 or table.title != document.title):
        page.ln(3)
        if page.will_page_break(24):  # a title is not left alone at the foot of a page
            page.add_page()
        page.set_font_size(11)
        page.multi_cell(0, 7, table.title, new_x="LMARGIN", new_y="NEXT")
    page.set_font_size(8)
    if not rows:
        page.multi_cell(0, _LINE_MM, table.empty, new_x="LMARGIN", new_y="NEXT")
        return
    widths = tuple(table.widths) or (1.0,) * len(table.columns)
    style = FontFace(fill_color=(232, 236, 240))
    with page.table(col_widths=widths, headings_style=style, line_height=_LINE_MM, borders_layout="HORIZONTAL_LINES") as drawn:
        for row in (table.columns, *rows):
            line = drawn.row()
            for cell in row:
                line.cell(cell)
