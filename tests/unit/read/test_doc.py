"""Word 97-2003: text from the piece table, tables with their rows, columns and merged cells."""

from struct import pack

import pytest

from pipelines.model.report import Unreadable
from pipelines.read.container import DOC
from pipelines.read.document import read_document
from tests.generate.doc import DELETED, Cell, Stretch, compound, doc, row
from tests.unit.read.tables import by_position, prose

TITLE = "某县2024年政府信息公开工作年度报告"
TABLE = [
    *row([Cell("申请人情况", 2000), Cell("自然人", 3000), Cell("总计", 4000)]),
    *row([Cell("三、本年度", 1000, 0x60), Cell("（一）予以公开", 2000), Cell("12", 3000), Cell("", 4000)]),
    *row([Cell("", 1000, 0x20), Cell("（二）部分\r公开", 2000), Cell("1\x0b234", 3000), Cell("5", 4000)]),
]


@pytest.mark.parametrize("narrow", [False, True], ids=["16 bits", "GBK"])
def test_paragraphs_and_their_places(narrow: bool) -> None:  # noqa: FBT001
    document = read_document(doc([Stretch(f"{TITLE}\r"), Stretch("\r"), Stretch("本年度3件。\r")], narrow=narrow))
    assert (document.media_type, prose(document)) == (DOC, [("paragraph 1", TITLE), ("paragraph 3", "本年度3件。")])


def test_chinese_in_single_bytes_is_told_among_many_digits() -> None:
    line = "二〇一六年度 " + " ".join(map(str, range(1000, 1100)))
    document = read_document(doc([Stretch(f"{TITLE}\r"), Stretch(f"{line}\r")], narrow=True))
    assert [text for _, text in prose(document)] == [TITLE, line]


def test_a_table_keeps_rows_columns_and_merged_cells() -> None:
    (table,) = by_position(read_document(doc([Stretch(f"{TITLE}\r"), *_split(TABLE), Stretch("五、存在的主要问题\r")])))
    assert table == {
        (0, 0, 1, 2): "申请人情况",
        (0, 2, 1, 1): "自然人",
        (0, 3, 1, 1): "总计",
        (1, 0, 2, 1): "三、本年度",
        (1, 1, 1, 1): "（一）予以公开",
        (1, 2, 1, 1): "12",
        (1, 3, 1, 1): "\u00a0",
        (2, 1, 1, 1): "（二）部分公开",
        (2, 2, 1, 1): "1 234",
        (2, 3, 1, 1): "5",
    }


def _split(stretches: list[Stretch]) -> list[Stretch]:
    """Return stretches with those that hold a mark of a paragraph cut there."""
    cut: list[Stretch] = []
    for stretch in stretches:
        *before, last = stretch.text.split("\r")
        cut += [Stretch(f"{part}\r", stretch.paragraph) for part in before]
        cut.append(Stretch(last, stretch.paragraph))
    return cut


def test_places_of_cells_lead_back() -> None:
    document = read_document(doc([*_split(TABLE), Stretch("完\r")]))
    assert document.places[document.texts.index("1 234")] == "table 1 row 3 cell 3"


def test_deleted_text_and_codes_of_fields_are_left_out() -> None:
    stretches = [
        Stretch("收到申请"), Stretch("99", characters=DELETED), Stretch("3件，见\x13 HYPERLINK x \x14附件\x15。\r"),
    ]  # fmt: skip
    assert prose(read_document(doc(stretches))) == [("paragraph 1", "收到申请3件，见附件。")]


@pytest.mark.parametrize(("code", "operand"), [(0x0837, b"\1"), (0x2A53, b"\1"), (0x2A48, b"\1"), (0x4845, b"\6\0")])
def test_what_is_struck_or_raised_adds_no_digit(code: int, operand: bytes) -> None:
    marked = Stretch("2", characters=pack("<H", code) + operand)
    assert prose(read_document(doc([Stretch("收到157"), marked, Stretch("件。\r")]))) == [
        ("paragraph 1", "收到157 2 件。")
    ]


def test_a_line_break_makes_two_fragments() -> None:
    found = prose(read_document(doc([Stretch("某县人民政府\x0b年度报告\r")])))
    assert found == [("paragraph 1", "某县人民政府"), ("paragraph 1 line 2", "年度报告")]


def test_a_long_document_needs_several_pages_of_properties() -> None:
    rows = [row([Cell(f"{number}.", 1000), Cell(str(number), 2000)]) for number in range(300)]
    (table,) = by_position(read_document(doc([stretch for each in rows for stretch in each] + [Stretch("完\r")])))
    assert [table[number, 1, 1, 1] for number in range(300)] == [str(number) for number in range(300)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (doc([Stretch("x\r")], flags=0x0100), "encrypted-file"),
        (doc([Stretch("x\r")], magic=0xA5DC), "format-not-read"),
        (compound({"WordDocument": b"\xec\xa5" + bytes(10)}), "damaged-file"),
        (compound({"EncryptedPackage": b"x"}), "encrypted-file"),
        (compound({"PowerPoint Document": b"x"}), "format-not-read"),
        (doc([Stretch("本年度公开\r")])[:1500], "damaged-file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(data)
    assert refused.value.reason == reason
