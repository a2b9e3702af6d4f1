"""Tables as files, opened again by what people open them with."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from cloud.export import MOST_PDF_ROWS, Document, Form, NoFontError, Table, pdf_form, written

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2020, 5, 1, 10, 0, 0, 250_000, UTC)
TABLE = Table("到访", ("时间", "闸机", "次数"), [(AT, "南门", 3), (AT, "=1+1", 4), (None, "喆镕", 5)])


def made(form: Form, *tables: Table, **rest: object) -> bytes:
    return b"".join(written(form, Document("疫情防控日报", tables, zone=SHANGHAI, **rest)))  # type: ignore[arg-type]


def test_a_spreadsheet_reads_chinese_from_csv_and_a_program_reads_its_times() -> None:
    body = made(Form.CSV, TABLE)
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[:2] == [["时间", "闸机", "次数"], ["2020-05-01T18:00:00.250+08:00", "南门", "3"]]
    assert datetime.fromisoformat(rows[1][0]) == AT


@pytest.mark.parametrize("text", ["=1+1", "+8613", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    table = Table("", ("a",), [(text,)])
    rows = list(csv.reader(io.StringIO(made(Form.CSV, table).decode("utf-8-sig"), newline="")))
    assert rows[1] == [f"'{text}"]
    assert b"<f>" not in sheet(made(Form.XLSX, table), 1)


def test_a_number_stays_a_number() -> None:
    assert made(Form.CSV, Table("", ("a",), [(-2,), (-0.5,)])).split() == [b"\xef\xbb\xbfa", b"-2", b"-0.5"]


def test_several_tables_stand_below_one_another() -> None:
    rows = list(
        csv.reader(io.StringIO(made(Form.CSV, TABLE, Table("缺口", ("闸机",), []), notes=("5月1日",)).decode("utf-8-sig")))
    )
    assert rows[:5] == [["疫情防控日报"], ["5月1日"], [], ["到访"], ["时间", "闸机", "次数"]]
    assert rows[-3:] == [[], ["缺口"], ["闸机"]]


def test_a_large_list_is_written_while_it_is_read() -> None:
    def rows() -> Iterator[tuple[str, int]]:
        for number in range(30_000):
            yield "南门-第三通道-很长的名字" * 3, number

    tracemalloc.start()
    size = sum(map(len, written(Form.CSV, Document("", (Table("", ("a", "b"), rows()),)))))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 3_000_000
    assert peak < 1_000_000


def test_a_workbook_has_a_sheet_for_each_table_with_times_as_times() -> None:
    body = made(Form.XLSX, TABLE, Table("到访", ("甲",), []), Table("a/b:c", ("乙",), []))
    names = [one.get("name") for one in ET.fromstring(part(body, "xl/workbook.xml")).iter() if one.tag.endswith("}sheet")]
    assert names == ["到访", "到访 2", "a b c"]
    cells = {one.get("r"): one for one in ET.fromstring(sheet(body, 1)).iter() if one.tag.endswith("}c")}
    assert float(str(cells["A2"][0].text)) == pytest.approx(43952.75, abs=1e-4)  # 2020-05-01 18:00 as Excel counts days
    assert "".join(cells["B2"].itertext()) == "南门"
    assert cells["C2"][0].text == "3"


def test_a_pdf_carries_its_font_and_gives_its_chinese_back() -> None:
    many = Table("到访", ("时间", "闸机", "次数"), [(AT, "南门", number) for number in range(80)])
    pdf = PdfReader(io.BytesIO(made(Form.PDF, many, TABLE, notes=("零报告：今天没有事件。",), foot="第一号")))
    text = "\n".join(page.extract_text() for page in pdf.pages)
    for words in ("疫情防控日报", "零报告：今天没有事件。", "2020-05-01 18:00:00", "喆镕", "第一号", "=1+1"):
        assert words in text
    assert len(pdf.pages) >= 2
    assert all("闸机" in page.extract_text() for page in pdf.pages)  # the head of a table comes again on each page
    fonts = [font.get_object() for page in pdf.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    below = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert fonts
    assert all("/FontFile2" in one and "NotoSansSC" in one["/FontName"] for one in below)


def test_a_pdf_of_too_many_rows_says_on_paper_that_it_was_cut_and_how_many_there_are() -> None:
    many = Table("到访", ("通道",), (("南门",) for _ in range(MOST_PDF_ROWS + 5)))
    paper = PdfReader(io.BytesIO(made(Form.PDF, many)))
    first = paper.pages[0].extract_text()
    assert f"共 {MOST_PDF_ROWS + 5} 行，仅印出前 {MOST_PDF_ROWS} 行" in first
    assert f"the first {MOST_PDF_ROWS} of {MOST_PDF_ROWS + 5} rows" in first
    assert sum(page.extract_text().count("南门") for page in paper.pages) == MOST_PDF_ROWS


def test_a_cloud_without_the_font_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf_form, "FONT", tmp_path / "none.ttf")
    with pytest.raises(NoFontError, match="make web"):
        written(Form.PDF, Document("", (TABLE,)))


def part(body: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return book.read(name)


def sheet(body: bytes, number: int) -> bytes:
    return part(body, f"xl/worksheets/sheet{number}.xml")
