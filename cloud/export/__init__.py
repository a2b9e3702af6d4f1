"""Tables as files to take away: CSV, XLSX, PDF.

    table = Table("Visits", ("Time", "Gate", "Verdict"), rows)       # rows: any iterable, read once, row by row
    document = Document("Visits of gate-1", (table,), notes=("1 to 2 May",), zone=ZoneInfo("Asia/Shanghai"))
    for chunk in written(Form.CSV, document): ...                    # or write_csv, write_xlsx, write_pdf

A cell is text, a number, a truth, a moment (aware) or None. Texts are never formulas, in whatever they are opened. CSV is written
while rows come in; XLSX goes through a temporary file; PDF takes at most `MOST_PDF_ROWS` rows and says what it lacks, and needs
the font that `make web` builds (NoFontError). `cloud.api.download` makes an answer of it and notes in the audit who took what.
"""

from cloud.export.csv_form import write_csv
from cloud.export.document import Cell, Document, ExportError, Form, NoFontError, Row, Table, TooManyRowsError
from cloud.export.forms import written
from cloud.export.pdf_form import MOST_PDF_ROWS, write_pdf
from cloud.export.xlsx_form import write_xlsx

__all__ = [
    "MOST_PDF_ROWS",
    "Cell",
    "Document",
    "ExportError",
    "Form",
    "NoFontError",
    "Row",
    "Table",
    "TooManyRowsError",
    "write_csv",
    "write_pdf",
    "write_xlsx",
    "written",
]
