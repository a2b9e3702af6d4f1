"""What is exported: titles, notes, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum

from contract.errors import MenshenError

Cell = str | int | float | bool | datetime | None
Row = Sequence[Cell]


class ExportError(MenshenError):
    """It cannot be exported so."""


class TooManyRowsError(ExportError):
    """More rows than this form can hold."""


class NoFontError(ExportError):
    """The Chinese font was not built."""


class Form(StrEnum):
    """What a file can be."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        match self:
            case Form.CSV:
                return "text/csv; charset=utf-8"
            case Form.XLSX:
                return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            case Form.PDF:
                return "application/pdf"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a title.

    Attributes:
        rows: as many cells each as there are columns; read once.
        widths: of the columns, relative to one another; empty: alike.
        empty: what is said where there are no rows.
    """

    title: str
    columns: Sequence[str]
    rows: Iterable[Row]
    widths: Sequence[float] = ()
    empty: str = "无 / none"


@dataclass(frozen=True, slots=True)
class Document:
    """What one file holds. Moments are shown in `zone`; `notes` stand below the title, one a line; `foot` on each page."""

    title: str
    tables: Sequence[Table]
    notes: Sequence[str] = ()
    zone: tzinfo = UTC
    foot: str = ""

    def shown(self, cell: Cell) -> str:
        """A cell as people read it: a moment to the second."""
        match cell:
            case None:
                return ""
            case bool():
                return "1" if cell else "0"
            case datetime():
                return cell.astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S")
            case str() | int() | float():
                return str(cell)
