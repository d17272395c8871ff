"""Spreadsheets: cells as printed, with the names they have in the sheet."""

import re
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import xlwt

from pipelines.model.report import Unreadable
from pipelines.read.container import XLS, XLSX
from pipelines.read.document import read_document
from tests.unit.read.tables import by_position

ROWS = [
    ["某县2024年政府信息公开情况统计表", None, None],
    ["项目", "单位", "数量"],
    ["主动公开\n数", "条", 3405],
    ["收费", "万元", 96171.6],
    ["日期", "", date(2024, 12, 31)],
    ["大数", "", 12345678901234567890.0],
    ["文本", "", "0123"],
    [None, None, 0],
]


def _xlsx(rows: list[list[object]] = ROWS) -> bytes:
    book, stream = openpyxl.Workbook(), BytesIO()
    hidden = book.create_sheet("旧", 0)
    hidden["A1"], hidden.sheet_state = "去年", "hidden"
    sheet = book["Sheet"]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    book.active = 1
    book.save(stream)
    return stream.getvalue()


def _xls() -> bytes:
    book, stream = xlwt.Workbook(), BytesIO()
    hidden = book.add_sheet("旧")
    hidden.write(0, 0, "去年")
    sheet = book.add_sheet("表")
    sheet.write_merge(0, 0, 0, 2, ROWS[0][0])
    dated = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for number, row in enumerate(ROWS[1:], 1):
        for column, value in enumerate(row):
            if value not in {None, ""}:
                sheet.write(number, column, value, dated if isinstance(value, date) else xlwt.Style.default_style)
    hidden.visibility = 1
    book.active_sheet = 1
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(("data", "found"), [(_xlsx(), XLSX), (_xls(), XLS)], ids=["xlsx", "xls"])
def test_cells_are_as_printed_and_hidden_sheets_left_out(data: bytes, found: str) -> None:
    document = read_document(data)
    (table,) = by_position(document)
    assert document.media_type == found
    assert table[0, 0, 1, 3] == "某县2024年政府信息公开情况统计表"
    assert [table[row, 2, 1, 1] for row in range(1, 8)] == [
        "数量", "3405", "96171.6", "2024-12-31", "12345678901234600000", "0123", "0",
    ]  # fmt: skip
    assert (table[2, 0, 1, 1], table[7, 0, 1, 1]) == ("主动公开数", "\u00a0")
    assert document.places[document.texts.index("3405")] == "sheet 2!C3"


def test_a_value_far_below_does_not_fill_the_memory() -> None:
    book, stream = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["B3"], sheet["C4"], sheet["B1000000"] = "公开", datetime(2024, 1, 2, 3, 4), "注"  # noqa: DTZ001
    book.save(stream)
    document = read_document(stream.getvalue())
    (table,) = by_position(document)
    assert {text for text in table.values() if text != "\u00a0"} == {"公开", "2024-01-02 03:04:00", "注"}
    assert (document.places[0], len(table)) == ("sheet 1!B3", 6)


@pytest.mark.parametrize("written", ["", '<row r="3"><c r="A3"/></row>'])
def test_a_blank_row_below_the_last_is_read_where_it_has_cells(written: str) -> None:
    stream, whole = BytesIO(), _xlsx([["表"], ["结果维持", "总计"]])
    with ZipFile(BytesIO(whole)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", written.encode() + b"</sheetData>"))
    (table,) = by_position(read_document(stream.getvalue()))
    assert [row for row, _, _, _ in table] == ([0, 1, 1, 2, 2] if written else [0, 1, 1])


def test_formulas_stand_by_the_value_saved_with_them() -> None:
    stream, whole = BytesIO(), _xlsx([["表"], ["数", "=1+2", "x"]])
    with ZipFile(BytesIO(whole)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"<v ?/>|<v></v>", b"<v>3</v>", old.read(name)))
    (table,) = by_position(read_document(stream.getvalue()))
    assert "3" in table.values()


@pytest.mark.parametrize("data", [_xlsx()[:3000], _xls()[:3000]], ids=["xlsx", "xls"])
def test_half_a_workbook_is_damaged(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(data)
    assert refused.value.reason == "damaged-file"


def test_hidden_rows_and_columns_are_left_out_and_named() -> None:
    book, stream = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (["信息公开", "旧", "新"], ["去年", 9, 8], ["规章", 7, 12.0]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = sheet.column_dimensions["B"].hidden = True
    book.save(stream)
    document = read_document(stream.getvalue())
    assert list(document.texts) == ["信息公开", "新", "规章", "12"]
    assert document.unread == ("sheet 1: 1 hidden rows", "sheet 1: 1 hidden columns")
