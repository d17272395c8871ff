"""Word since 2007: paragraphs, tables with merged cells, numbered headings; what was deleted is left out."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.table import Table

from pipelines.model.document import Document
from pipelines.model.report import Unreadable
from pipelines.read.container import DOCX
from pipelines.read.document import read_document
from pipelines.read.docx import read_docx
from tests.unit.read.tables import by_position, prose

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NUMBERING = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
  <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>
</w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>"""
STYLES = """
<w:style w:styleId="H"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="K"><w:basedOn w:val="H"/></w:style>"""


def package(body: str, **parts: str) -> bytes:
    """Return a package with the body of a document and other parts, all in the namespace of Word."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", _part("document", f"<w:body>{body}</w:body>"))
        for name, content in parts.items():
            file.writestr(f"word/{name}.xml", _part(name, content))
    return stream.getvalue()


def _part(name: str, content: str) -> str:
    return f'<w:{name} xmlns:w="{WORD}" xmlns:mc="urn:mc" xmlns:a="urn:a">{content}</w:{name}>'


def _read(body: str, **parts: str) -> Document:
    return read_docx(package(body, **parts), DOCX)


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _saved(document: docx.document.Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _table() -> Table:
    table = docx.Document().add_table(4, 4)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "（本列数据的勾稽关系）"
    table.cell(0, 2).merge(table.cell(0, 3)).text = "申请人情况"
    table.cell(1, 2).text, table.cell(1, 3).text = "自然人", "总 计"
    table.cell(2, 0).merge(table.cell(3, 0)).text = "三\n本\n年\n度"
    table.cell(2, 1).text, table.cell(2, 2).text = "（一）予以公开", "1\n234"
    table.cell(3, 3).text = "0"
    return table


def test_a_table_keeps_rows_columns_and_merged_cells() -> None:
    document = docx.Document()
    document.add_paragraph("某县2024年政府信息公开工作年度报告")
    document.element.body.insert(1, _table()._tbl)  # noqa: SLF001
    found = read_document(_saved(document))
    assert found.media_type == DOCX
    assert by_position(found) == [
        {
            (0, 0, 2, 2): "（本列数据的勾稽关系）",
            (0, 2, 1, 2): "申请人情况",
            (1, 2, 1, 1): "自然人",
            (1, 3, 1, 1): "总 计",
            (2, 0, 2, 1): "三本年度",
            (2, 1, 1, 1): "（一）予以公开",
            (2, 2, 1, 1): "1 234",
            (2, 3, 1, 1): "\u00a0",
            (3, 1, 1, 1): "\u00a0",
            (3, 2, 1, 1): "\u00a0",
            (3, 3, 1, 1): "0",
        }
    ]
    assert found.places[found.texts.index("1 234")] == "table 1 row 3 cell 3"


def test_numbers_that_word_sets_are_put_into_words() -> None:
    own = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="7"/></w:numPr>'
    levels = (0, 1, 1, 2, 3, 0, 1)
    body = "".join(paragraph("总体情况", own.format(level)) for level in levels) + paragraph(
        "其他", '<w:pStyle w:val="K"/>'
    )
    found = prose(_read(body, numbering=NUMBERING, styles=STYLES))
    assert [text.removesuffix("总体情况") for _, text in found] == [
        "一、", "（一）", "（二）", "1.", "", "二、", "（一）", "三、其他",
    ]  # fmt: skip


def test_what_is_seen_is_read_and_what_is_deleted_is_not() -> None:
    body = """<w:p>
      <w:r><w:t>收到</w:t></w:r><w:del><w:r><w:delText>99</w:delText></w:r></w:del>
      <w:ins><w:r><w:t>3</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>8</w:t></w:r></w:moveFrom>
      <w:hyperlink><w:r><w:t>件</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>
      <w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:tab/><w:t>其中</w:t><w:noBreakHyphen/></w:r>
      <w:fldSimple><w:r><w:instrText>PAGE</w:instrText><w:t>1</w:t></w:r></w:fldSimple>
      <w:r><w:ruby><w:rt><w:r><w:t>zì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>
      <w:r><w:sym w:char="221A"/><w:br/><w:t>下一行</w:t></w:r></w:p>
      <w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>
      <w:del><w:p><w:r><w:t>无</w:t></w:r></w:p></w:del>"""
    assert prose(_read(body)) == [
        ("paragraph 1", "收到3件\t其中-1字√"), ("paragraph 1 line 2", "下一行"), ("paragraph 2", "控件"),
    ]  # fmt: skip


def test_no_digit_is_added_to_the_figure_beside_it() -> None:
    def run(text: str, properties: str = "") -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"

    hidden = '<w:style w:styleId="G"><w:rPr><w:vanish/></w:rPr></w:style>'
    marks = ('<w:vertAlign w:val="superscript"/>', '<w:position w:val="8"/>', "<w:strike/>", '<w:dstrike w:val="1"/>')
    body = "".join(f"<w:p>{run('157')}{run('2', mark)}{run('件')}</w:p>" for mark in marks)
    unseen, plain = run("99", '<w:rStyle w:val="G"/>'), run("3", '<w:strike w:val="0"/>')
    body += f"<w:p>{unseen}{plain}{run('件')}</w:p>"
    body += paragraph("9", '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="7"/></w:numPr>')
    found = [text for _, text in prose(_read(body, numbering=NUMBERING, styles=hidden))]
    assert found == [*["157 2 件"] * len(marks), "3件", "1. 9"]


def test_a_list_counts_anew_where_it_says_so() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    anew = f'<w:num w:numId="8"><w:abstractNumId w:val="1"/>{override}</w:num>'
    own = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    body = "".join(paragraph("概述", own.format(number)) for number in (7, 7, 8, 8))
    found = [text for _, text in prose(_read(body, numbering=NUMBERING + anew))]
    assert found == ["一、概述", "二、概述", "一、概述", "二、概述"]


def test_a_deleted_cell_is_left_out() -> None:
    gone = f"<w:tc><w:tcPr><w:cellDel/></w:tcPr>{paragraph('9')}</w:tc>"
    rows = "".join(f"<w:tr><w:tc>{paragraph(name)}</w:tc>{gone}<w:tc>{paragraph('3')}</w:tc></w:tr>" for name in "甲乙")
    (table,) = by_position(_read(f"<w:tbl>{rows}</w:tbl>"))
    assert list(table.values()) == ["甲", "3", "乙", "3"]


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = f"<w:txbxContent>{paragraph('框中')}</w:txbxContent>"
    choices = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r>{choices}<w:t>正文</w:t></w:r></w:p>"
    assert prose(_read(body)) == [("paragraph 1", "正文"), ("paragraph 2", "框中")]


def test_a_table_in_a_cell_is_a_grid_of_its_own_and_a_frame_is_none() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('甲')}</w:tc><w:tc>{paragraph('1')}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('外')}{inner}</w:tc><w:tc>{paragraph('2')}</w:tc></w:tr></w:tbl>"
    frame = f"<w:tbl><w:tr><w:tc>{paragraph('文')}{inner}</w:tc></w:tr></w:tbl>"
    found = _read(outer + frame)
    assert [list(grid.values()) for grid in by_position(found)] == [["外", "2"], ["甲", "1"], ["甲", "1"]]
    assert prose(found) == [("paragraph 1", "文")]


def test_a_deleted_row_is_left_out_and_columns_may_be_skipped() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('删')}</w:tc></w:tr>"
    kept = f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc>{paragraph("留")}</w:tc></w:tr>'
    first = f"<w:tr><w:tc>{paragraph('一')}</w:tc><w:tc>{paragraph('二')}</w:tc></w:tr>"
    assert by_position(_read(f"<w:tbl>{first}{gone}{kept}</w:tbl>"))[0][1, 2, 1, 1] == "留"


def test_notes_come_last_and_pictures_are_named() -> None:
    drawing = '<w:drawing><a:extent cx="5000000" cy="5000000"/><a:blip/></w:drawing>'
    picture = f"<w:p><w:r>{drawing}<w:object><a:OLEObject/></w:object></w:r></w:p>"
    found = _read(
        paragraph("正文") + picture,
        footnotes=f'<w:footnote w:type="separator"/><w:footnote>{paragraph("注")}</w:footnote>',
    )
    assert prose(found)[-1] == ("footnote 1", "注")
    assert found.unread == ("paragraph 2: an embedded object", "paragraph 2: a picture")


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + _part("document", "<w:body>&b;</w:body>")


def _with(name: str, data: bytes | str) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_with("word/document.xml", BOMB), "damaged-file"),
        (_with("word/document.xml", BOMB.encode("utf-16")), "damaged-file"),
        (_with("word/document.xml", "<w:document"), "damaged-file"),
        (_with("word/document.xml", b" " * (49 << 20)), "file-too-large"),
        (_with("word/other.xml", "<x/>"), "damaged-file"),
        (package(paragraph(" ")), "empty-file"),
        (package(paragraph("公开"))[:300], "damaged-file"),
        (_with("ppt/presentation.xml", "<x/>"), "format-not-read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(data)
    assert refused.value.reason == reason


def test_depth_without_end_is_bounded() -> None:
    nested = "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000
    assert prose(_read(paragraph("正文") + nested)) == [("paragraph 1", "正文")]
