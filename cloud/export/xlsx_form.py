"""XLSX: a sheet for each table. Texts are written as texts, never as formulas or links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, Final

from cloud.export.document import Cell, Document, Table, TooManyRowsError

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_XLSX_ROWS: Final = 1_048_576 - 1
_LONGEST_TEXT: Final = 32_767
"""Both are Excel's own limits."""
_LONGEST_NAME: Final = 31
_CHUNK: Final = 65_536
_OPTIONS: Final = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDTH: Final = 18.0


def write_xlsx(document: Document) -> Iterator[bytes]:
    """Made in a temporary file before the first bytes come. Raises TooManyRowsError."""
    from xlsxwriter import Workbook

    file = TemporaryFile()  # noqa: SIM115  closed when the last chunk is read
    try:
        with Workbook(file, _OPTIONS) as book:
            book.set_properties({"title": document.title[:255], "comments": "\n".join(document.notes)[:255]})
            names: set[str] = set()
            for table in document.tables:
                names.add(name := _sheet_name(table.title or document.title, names))
                _fill(book, book.add_worksheet(name), document, table)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return _chunks(file)


def _chunks(file: Any) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _fill(book: Workbook, sheet: Worksheet, document: Document, table: Table) -> None:
    bold, moment = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    widths = table.widths or [1.0] * len(table.columns)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, max(6.0, min(80.0, _WIDTH * width * len(widths) / sum(widths))))
    for column, title in enumerate(table.columns):
        sheet.write_string(0, column, title, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(table.rows, 1):
        if number > MOST_XLSX_ROWS:
            raise TooManyRowsError(f"a sheet holds {MOST_XLSX_ROWS} rows at most", remedy="Narrow the search, or export as CSV.")
        for column, cell in enumerate(row):
            _write(sheet, (number, column), cell, document, moment)


def _write(sheet: Worksheet, at: tuple[int, int], cell: Cell, document: Document, moment: Any) -> None:
    match cell:
        case None:
            pass
        case bool():
            sheet.write_boolean(*at, cell)
        case int() | float():
            sheet.write_number(*at, cell)
        case datetime():
            sheet.write_datetime(*at, cell.astimezone(document.zone).replace(tzinfo=None), moment)
        case str():
            sheet.write_string(*at, cell[:_LONGEST_TEXT])


def _sheet_name(title: str, taken: set[str]) -> str:
    r"""Excel refuses []:*?/\, more than 31 characters, and the same name twice in whatever case."""
    cleaned = re.sub(r"[\[\]:*?/\\]", " ", title).strip(" '")[:_LONGEST_NAME] or "1"
    lower, name, number = {one.lower() for one in taken}, cleaned, 2
    while name.lower() in lower:
        name, number = f"{cleaned[: _LONGEST_NAME - 4]} {number}", number + 1
    return name
