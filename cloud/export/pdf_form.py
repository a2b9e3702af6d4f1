"""PDF (A4) with the Chinese font in it: only the characters that occur, so that it reads and searches alike everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cloud.export.document import Document, NoFontError, Table, TooManyRowsError

if TYPE_CHECKING:
    from fpdf import FPDF

FONT: Final = Path(__file__).parent / "font" / "NotoSansSC.ttf"
"""Built by `python -m cloud.export.font` (`make web`)."""
MOST_PDF_ROWS: Final = 2_000
"""More is no reading matter; a cell takes half a millisecond, in which nothing else of the cloud runs."""
_WIDE: Final = 7
"""A table with more columns lies on its side."""
_NAME: Final = "Noto Sans SC"
_MARGIN_MM: Final = 14.0
_LINE_MM: Final = 5.0


def write_pdf(document: Document) -> Iterator[bytes]:
    """Made whole before the first bytes come. Raises NoFontError, TooManyRowsError."""
    if not FONT.is_file():
        raise NoFontError("the Chinese font is not built", where=str(FONT), remedy="Run `make web`, or export as XLSX or CSV.")
    rows = [_read(document, table) for table in document.tables]
    if sum(map(len, rows)) > MOST_PDF_ROWS:
        raise TooManyRowsError(f"a PDF holds {MOST_PDF_ROWS} rows at most", remedy="Narrow the search, or export as XLSX or CSV.")
    page = _page(document)
    for note in document.notes:
        page.multi_cell(0, _LINE_MM, note, new_x="LMARGIN", new_y="NEXT")
    for table, read in zip(document.tables, rows, strict=True):
        _table(page, document, table, read)
    return iter([bytes(page.output())])


def _read(document: Document, table: Table) -> list[list[str]]:
    return [[document.shown(cell) for cell in row] for row in islice(table.rows, MOST_PDF_ROWS + 1)]


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
