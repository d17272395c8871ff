"""XLSX comes back as it was, through two readers, with its heads frozen and its codes as text."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from pipelines.export.cells import written
from pipelines.export.workbook import LONGEST_TEXT, MOST_DIGITS, xlsx_file
from tests.unit.export.tables import HOSTILE, ROWS, TABLE, Row, batch, row

_ESCAPED = re.compile("_x([0-9A-F]{4})_")


def book_of(rows: Sequence[Row], **options: int) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.xlsx"
        with xlsx_file(path, TABLE, **options) as add:
            add(batch(rows[:2]))
            add(batch(rows[2:]))
        return path.read_bytes()


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def data_of(data: bytes, sheet: str = "everything") -> list[Row]:
    return list(opened(data)[sheet].iter_rows(min_row=2, values_only=True))


def plain(text: Any) -> Any:
    """Return a text as a spreadsheet shows it: escaped characters are those that they stand for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if isinstance(text, str) else text


def storable(text: str) -> str:
    return text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def digits(value: Any) -> int:
    return len(written(value).strip("-").replace(".", "").lstrip("0"))


def expected(found: Row) -> Row:
    def one(value: Any) -> Any:
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, (int, Decimal)):
            return Decimal(value) if digits(value) <= MOST_DIGITS else written(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - as a cell has it
        return storable(written(value)) if isinstance(value, (list, str)) else value

    return tuple(map(one, found))


def actual(found: Row) -> Row:
    def one(value: Any) -> Any:
        return Decimal(str(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else plain(value)

    return tuple(map(one, found))


@given(ROWS)
@settings(max_examples=40, deadline=None)
def test_openpyxl_reads_what_was_written(rows: list[Row]) -> None:
    rows = [(f"#{each[0] or ''}", *each[1:]) for each in rows]
    assert [actual(each) for each in data_of(book_of(rows))] == [expected(each) for each in rows]


@pytest.mark.parametrize("text", [text for text in HOSTILE if text])
def test_text_is_text_and_no_formula(text: str) -> None:
    cell = opened(book_of([row(text)]))["everything"]["A2"]
    assert (cell.data_type, plain(cell.value).lstrip(), cell.number_format) == ("s", storable(text).lstrip(), "@")
    assert cell.hyperlink is None


def test_another_reader_agrees() -> None:
    rows = [row("007", Decimal("-8.6"), year=2017, flag=True, day=date(2018, 3, 16)), row("=1", Decimal(403))]
    found = CalamineWorkbook.from_filelike(io.BytesIO(book_of(rows))).get_sheet_by_name("everything").to_python()
    assert found[1][:3] == ["007", -8.6, 2017]
    assert found[1][4:6] == [True, date(2018, 3, 16)]
    assert found[2][:2] == ["=1", 403]


def test_numbers_that_no_spreadsheet_holds_are_text() -> None:
    rows = [
        row("a", Decimal("99999999999999.9999"), size=2**63 - 1),
        row("b", Decimal("99999999999.9999"), size=10**14),
    ]
    assert [each[1:4:2] for each in data_of(book_of(rows))] == [
        ("99999999999999.9999", "9223372036854775807"),
        (99999999999.9999, 10**14),
    ]


def test_no_number_is_written_with_an_exponent() -> None:
    rows = [row("a", Decimal("0.0001"), size=10**14), row("b", Decimal(10**13))]
    with zipfile.ZipFile(io.BytesIO(book_of(rows))) as parts:
        numbers = re.findall(rb"<v>([^<]*)</v>", parts.read("xl/worksheets/sheet2.xml"))
    assert {b"0.0001", b"100000000000000", b"10000000000000"} <= set(numbers)
    assert not any(b"E" in number for number in numbers)


def test_a_text_that_is_too_long_says_so_and_no_other_is_cut() -> None:
    rows = [row("长" * LONGEST_TEXT), row("长" * (LONGEST_TEXT + 1)), row("𠮷" * LONGEST_TEXT)]
    whole, cut, wide = (each[0] for each in data_of(book_of(rows)))
    assert whole == "长" * LONGEST_TEXT
    assert cut.endswith("〔全长 32768 字，见 CSV 或 Parquet | cut here〕")
    assert len(cut) == LONGEST_TEXT
    assert len(wide.encode("utf-16-le")) <= 2 * LONGEST_TEXT


def test_days_before_those_that_spreadsheets_count_are_text() -> None:
    rows = [row("a", day=date(1900, 2, 28)), row("b", time=datetime(2020, 1, 1, 0, 0, 0, 5))]  # noqa: DTZ001
    found = data_of(book_of(rows))
    assert (found[0][5], found[1][6]) == ("1900-02-28", "2020-01-01T00:00:00.000005")


def test_a_table_that_is_too_long_goes_on_in_another_sheet() -> None:
    data = book_of([row(str(number)) for number in range(5)], limit=3)
    assert opened(data).sheetnames == ["说明 About", "everything", "everything (2)", "everything (3)"]
    parts = ("everything", "everything (2)", "everything (3)")
    assert [[each[0] for each in data_of(data, part)] for part in parts] == [["0", "1"], ["2", "3"], ["4"]]


def test_heads_are_frozen_and_filtered_over_all_rows() -> None:
    sheet = opened(book_of([row("a"), row("b"), row("c")]))["everything"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet["A1"].font.bold) == ("A2", "A1:H4", True)


def test_an_empty_table_has_its_heads() -> None:
    sheet = opened(book_of([]))["everything"]
    assert [cell.value for cell in sheet[1]] == [column.name for column in TABLE.columns]


def test_the_first_page_explains_every_column() -> None:
    said = {str(each[0]): each[1:] for each in opened(book_of([])).worksheets[0].iter_rows(values_only=True)}
    assert said["mart.everything"][:2] == ("各种类型", "Every type")
    assert {name: said[name] for name in ("code", "value")} == {
        "code": ("中文code", "English code", "VARCHAR"),
        "value": ("中文value", "English value", "DECIMAL(18,4)"),
    }


def test_the_same_rows_give_the_same_bytes() -> None:
    rows = [row("a", Decimal(1)), row("b")]
    assert book_of(rows) == book_of(rows)
    with zipfile.ZipFile(io.BytesIO(book_of(rows))) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
