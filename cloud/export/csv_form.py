"""CSV (RFC 4180) in UTF-8 with a byte order mark, which spreadsheets need to see that it is UTF-8.

A text that begins like a formula gets an apostrophe before it: spreadsheets run what begins with = + - @, also after a tab or a
line's end, and in East Asian versions the full-width signs too (OWASP, "CSV Injection").
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from cloud.export.document import Cell, Document, Table

_AT_ONCE: Final = 500
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")


def write_csv(document: Document) -> Iterator[bytes]:
    """One table alone is its header and rows, for programs; several stand below one another under their titles."""
    yield codecs.BOM_UTF8
    if len(document.tables) == 1:
        yield from _table(document, document.tables[0])
        return
    yield _lines([[document.title], *([note] for note in document.notes)])
    for table in document.tables:
        yield _lines([[], [table.title]])
        yield from _table(document, table)


def _table(document: Document, table: Table) -> Iterator[bytes]:
    yield _lines([table.columns])
    rows = iter(table.rows)
    while some := list(islice(rows, _AT_ONCE)):
        yield _lines([[_cell(document, cell) for cell in row] for row in some])


def _cell(document: Document, cell: Cell) -> Cell:
    """A moment with its offset, so that a program needs nothing else to read it."""
    return cell.astimezone(document.zone).isoformat(timespec="milliseconds") if isinstance(cell, datetime) else cell


def _lines(rows: Sequence[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([[_safe(cell) for cell in row] for row in rows])
    return text.getvalue().encode()


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA) else cell
