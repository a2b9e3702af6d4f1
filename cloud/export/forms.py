"""Each form and who writes it."""

from __future__ import annotations

from collections.abc import Iterator

from cloud.export.csv_form import write_csv
from cloud.export.document import Document, Form
from cloud.export.pdf_form import write_pdf
from cloud.export.xlsx_form import write_xlsx


def written(form: Form, document: Document) -> Iterator[bytes]:
    """The file's bytes. Raises ExportError before the first of them where it cannot be."""
    match form:
        case Form.CSV:
            return write_csv(document)
        case Form.XLSX:
            return write_xlsx(document)
        case Form.PDF:
            return write_pdf(document)
