"""PDF: paragraphs over lines and pages, ruled tables with merged cells over page breaks; pictures are refused."""

import csv
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, Spacer

from pipelines.model.document import Document
from pipelines.model.report import Unreadable
from pipelines.read.document import read_document
from pipelines.read.media import PDF
from pipelines.read.pdf import read_pdf
from tests.generate import pdf as generate
from tests.generate.pdf import BODY, FONT, NOT_EMBEDDED, drawn, pdf, report_pdf, ruled
from tests.unit.read.tables import by_position, prose, rows

HUAIAN = Path(__file__).parents[4] / "shared" / "reports" / "2024_huaian-city.pdf"
PROSE = "本年度主动公开政府信息3405条，其中政策文件5件；收到政府信息公开申请157件，均在法定期限内予以答复。"


def _read(data: bytes) -> Document:
    return read_pdf(data, PDF)


def _drawn(*draw: Callable[[Canvas], object], font: str = FONT, **options: object) -> bytes:
    """Return a PDF drawn by hand; the first lines are prose enough to be no scan."""

    def page(canvas: Canvas) -> None:
        canvas.setFont(font, 12)
        for number in range(3):
            canvas.drawString(72, 760 - 40 * number, PROSE[:30])
        for each in draw:
            each(canvas)

    return drawn(page, **options)


def _texts(*placed: tuple[float, float, str]) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for x, y, text in placed:
            canvas.drawString(x, y, text)

    return draw


def _grid(canvas: Canvas) -> None:
    canvas.grid([100, 200, 300], [400, 430, 460])


CELLS = ((110, 440, "规章"), (210, 440, "12"), (110, 410, "规范性文件"), (210, 410, "34"))
TABLE = {(0, 0, 1, 1): "规章", (0, 1, 1, 1): "12", (1, 0, 1, 1): "规范性文件", (1, 1, 1, 1): "34"}


def test_the_number_of_a_footnote_adds_no_digit() -> None:
    found = prose(
        _read(
            pdf(
                [Paragraph(PROSE, BODY), Paragraph('收到申请157<super rise="3" size="9">2</super>件，办结35件。', BODY)]
            )
        )
    )
    assert "157 2" in "".join(text for _, text in found)


@pytest.mark.skipif(not HUAIAN.exists(), reason="the real report lies outside the repository")
def test_every_figure_of_a_real_report_stands_in_its_row_and_column() -> None:
    document = read_document(HUAIAN.read_bytes())
    with (HUAIAN.parent / "truth" / f"{HUAIAN.name}.csv").open(encoding="utf-8") as stream:
        truth = [line["value"] for line in csv.DictReader(stream) if line["source"] == "table"]
    two, three, four = (rows(document, number) for number in range(3))
    assert [cell for row in two for cell in row if cell.replace(".", "").isdigit()] == truth[:10]
    assert [cell for row in three[3:] for cell in row[-7:]] == truth[10:185]
    assert four[3] == truth[185:200]
    grid = by_position(document)[1]
    assert grid[5, 0, 22, 1] == "三、本年度办理结果"
    assert grid[15, 1, 3, 1] == "（四）无法提供"
    assert {column for _, column, _, _ in grid if column >= 3} == {*range(3, 10)}
    assert [place for place, text in prose(document) if text.startswith("-")] == [
        "page 1 line 21", "page 2 line 26", "page 3 line 14", "page 4 line 2", "page 5 line 4", "page 6 line 14",
    ]  # fmt: skip
    assert "其中结果维持72件，结果纠正64件，其他结果178件，尚未审结37件" in "".join(document.texts)


def test_paragraphs_are_joined_over_lines_and_pages_and_page_numbers_stand_aside() -> None:
    texts = [*("".join(f"（{number}.{part}）{PROSE}" for part in range(6)) for number in range(9)), "六、其他"]
    found = prose(_read(pdf([Paragraph(text, BODY) for text in texts])))
    assert ["".join(text.split()) for _, text in found[:10]] == texts
    assert [text for _, text in found[10:]] == [f"- {number} -" for number in range(1, len(found) - 9)]


@pytest.mark.parametrize("footer", ["{page}", "第 {page} 页", "— {page} —", "{page} / 9"])
def test_numbers_of_pages_come_last(footer: str) -> None:
    document = _read(pdf([ruled([[f"第{n}项", "5"] for n in range(90)], [90, 90])], footer=footer))
    assert len(document.grids) == 1
    assert prose(document)[0][1] == footer.format(page=1)


def test_a_number_in_prose_at_the_end_of_a_page_is_no_page_number() -> None:
    found = prose(_read(_drawn(_texts((72, 60, "157")))))
    assert found[-1] == ("page 1 line 4", "157")


def test_a_table_over_pages_is_one_and_repeats_its_head_as_printed() -> None:
    table = [["事项", "数"], *([f"第{number}项", str(number)] for number in range(1, 80))]
    found = rows(_read(pdf([ruled(table, [150, 60], repeat=1)])))
    assert [row for row in found if row != table[0]] == table[1:]
    assert found.count(table[0]) == 3


def test_tables_with_other_columns_stay_apart() -> None:
    document = _read(pdf([ruled([["甲", "1"]], [90, 90]), PageBreak(), ruled([["乙", "2"]], [90, 120])]))
    assert [list(table.values()) for table in by_position(document)] == [["甲", "1"], ["乙", "2"]]


def _halves(canvas: Canvas, upper: list[tuple[float, float, str]], lower: list[tuple[float, float, str]]) -> None:
    """Draw a table over a page break: a label over two rows, the rows one above and one below the break."""
    for texts, y in ((upper, 60), (lower, 740)):
        canvas.setFont(FONT, 10)
        canvas.grid([100, 150, 250, 300], [y, y + 40])
        for x, above, text in texts:
            canvas.drawString(x, y + above, text)
        canvas.showPage()
    canvas.setFont(FONT, 10)
    canvas.drawString(100, 500, PROSE)


def _broken(upper: list[tuple[float, float, str]], lower: list[tuple[float, float, str]]) -> list[list[str]]:
    return rows(_read(drawn(lambda canvas: _halves(canvas, upper, lower))))


def test_a_row_cut_within_its_label_is_one_row() -> None:
    upper = [(102, 5, "（六）"), (152, 20, "1、申请人逾期（含"), (152, 5, "补正期限届满，"), (260, 20, "67")]
    assert _broken(upper, [(152, 20, "经催告后）未补正")]) == [
        ["（六）", "1、申请人逾期（含补正期限届满，经催告后）未补正", "67"]
    ]  # fmt: skip


def test_a_row_whose_figures_stand_below_the_break_is_one_row() -> None:
    assert _broken([(152, 5, "重复申请")], [(260, 20, "67")]) == [["\u00a0", "重复申请", "67"]]


def test_rows_that_only_look_cut_stay_two() -> None:
    assert _broken([(152, 5, "行政许可")], [(152, 20, "行政处罚"), (260, 20, "67")]) == [
        ["\u00a0", "行政许可", "\u00a0"],
        ["\u00a0", "行政处罚", "67"],
    ]
    assert _broken([(152, 5, "1.甲"), (260, 5, "1")], [(152, 20, "2.乙"), (260, 20, "2")]) == [
        ["\u00a0", "1.甲", "1"], ["\u00a0", "2.乙", "2"],
    ]  # fmt: skip


def test_figures_below_a_head_at_the_foot_of_a_page_are_no_half_of_it() -> None:
    assert _broken([(152, 5, "自然人"), (260, 5, "总计")], [(152, 20, "3"), (260, 20, "77")]) == [
        ["\u00a0", "自然人", "总计"],
        ["\u00a0", "3", "77"],
    ]


def test_a_label_over_several_rows_that_was_cut_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        for y, label, first in ((60, "（四）无", 1), (700, "法提供", 2)):
            canvas.setFont(FONT, 10)
            canvas.rect(100, y, 250, 60)
            canvas.lines([(145, y, 145, y + 60), (300, y, 300, y + 60), (145, y + 30, 350, y + 30)])
            canvas.drawString(102, y + 5, label)
            for number, above in ((first, 40), (first + 1, 10)):
                canvas.drawString(150, y + above, f"{number}.事项")
                canvas.drawString(310, y + above, str(number))
            canvas.showPage()
        canvas.setFont(FONT, 10)
        canvas.drawString(100, 500, PROSE)

    (table,) = by_position(_read(drawn(draw)))
    assert table[0, 0, 4, 1] == "（四）无法提供"
    assert [table[row, 2, 1, 1] for row in range(4)] == ["1", "2", "2", "3"]


def test_vertical_text_merged_cells_and_two_lines_of_digits() -> None:
    table = [["申请人情况", "", "自然人"], ["三、本年度", "（一）", "1<br/>234"], ["", "（二）", "5"]]
    spans = ("SPAN", (0, 0), (1, 0)), ("SPAN", (0, 1), (0, 2))
    (found,) = by_position(_read(pdf([Paragraph(PROSE, BODY), Spacer(1, 20), ruled(table, [22, 80, 80], *spans)])))
    assert found == {
        (0, 0, 1, 2): "申请人情况",
        (0, 2, 1, 1): "自然人",
        (1, 0, 2, 1): "三、本年度",
        (1, 1, 1, 1): "（一）",
        (1, 2, 1, 1): "1 234",
        (2, 1, 1, 1): "（二）",
        (2, 2, 1, 1): "5",
    }


def _thin_boxes(canvas: Canvas) -> None:
    for x in (100, 200, 300):
        canvas.rect(x, 400, 0.5, 60, stroke=0, fill=1)
    for y in (400, 430, 460):
        canvas.rect(100, y, 200, 0.5, stroke=0, fill=1)


def _dashes(canvas: Canvas) -> None:
    for y in (400, 430, 460):
        canvas.lines([(x, y, x + 2, y) for x in range(100, 300, 4)])
    canvas.lines([(x, 400, x, 460) for x in (100, 200, 300)])


def _open_sides(canvas: Canvas) -> None:
    canvas.lines([(100, y, 300, y) for y in (400, 430, 460)] + [(200, 400, 200, 460)])


def _framed(canvas: Canvas) -> None:
    canvas.rect(20, 20, 550, 800)
    _grid(canvas)


def _in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("f")
    canvas.grid([0, 100, 200], [0, 30, 60])
    canvas.endForm()
    canvas.translate(100, 400)
    canvas.doForm("f")
    canvas.translate(-100, -400)


@pytest.mark.parametrize("rules", [_grid, _thin_boxes, _dashes, _open_sides, _framed, _in_a_form])
def test_tables_are_found_however_their_rules_are_drawn(rules: Callable[[Canvas], None]) -> None:
    assert by_position(_read(_drawn(rules, _texts(*CELLS)))) == [TABLE]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_is_read_as_seen(turn: int) -> None:
    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (0, 842)}[turn])
        canvas.rotate(turn)

    def draw(canvas: Canvas) -> None:
        turned(canvas)
        canvas.setFont(FONT, 12)
        _grid(canvas)
        _texts(*CELLS)(canvas)
        canvas.drawString(20, 200, PROSE[:30])

    assert by_position(_read(drawn(draw))) == [TABLE]


def test_a_watermark_falls_into_no_cell() -> None:
    def mark(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(105, 405)
        canvas.rotate(30)
        canvas.drawString(0, 0, "内部资料请勿外传")
        canvas.restoreState()

    document = _read(_drawn(_grid, mark, _texts(*CELLS)))
    assert by_position(document) == [TABLE]
    assert prose(document)[-1][1] == "内部资料请勿外传"


def test_figures_that_stand_apart_are_never_run_together() -> None:
    texts = [text for _, text in prose(_read(_drawn(_texts((72, 500, "12"), (88, 500, "34"), (72, 470, "5678")))))]
    assert texts[-2:] == ["12 34", "5678"]


def test_a_number_too_wide_for_its_cell_is_not_cut_at_the_rule() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.grid([100, 200, 235, 270], [400, 430])
        _texts((110, 410, "行政处罚"), (197, 410, "3985758"), (245, 410, "12"))(canvas)

    assert rows(_read(_drawn(draw))) == [["行政处罚", "3985758", "12"]]


def test_cells_of_a_row_that_is_one_string_with_blanks_are_told_apart() -> None:
    document = _read(_drawn(_grid, _texts((110, 440, "规章" + " " * 14 + "12"), *CELLS[2:])))
    assert by_position(document) == [TABLE]


def test_bold_by_printing_twice_is_read_once() -> None:
    document = _read(_drawn(_texts((72, 500, "申请11件"), (72.4, 500, "申请11件"))))
    assert prose(document)[-1][1] == "申请11件"


def test_kangxi_radicals_stay_as_they_are() -> None:
    assert prose(_read(_drawn(_texts((72, 500, "⼀、总体情况")))))[-1][1] == "⼀、总体情况"


def test_a_font_that_is_nowhere_loses_no_lone_character(monkeypatch: pytest.MonkeyPatch) -> None:
    here = report_pdf()
    for style in (generate.TITLE, BODY, generate.CELL):
        monkeypatch.setattr(style, "fontName", NOT_EMBEDDED)
    there = report_pdf()
    assert b"FontFile2" in here
    assert b"FontFile" not in there.replace(b"FontFile2", b"", here.count(b"FontFile2"))
    assert by_position(_read(there)) == by_position(_read(here))
    assert "".join(prose(_read(there))[0][1]).startswith("某县人民政府2024年")


def _picture(canvas: Canvas) -> None:
    stream = BytesIO()
    Image.new("RGB", (60, 80), (250, 240, 230)).save(stream, "PNG")
    canvas.drawImage(ImageReader(stream), 0, 0, 595, 842)


def _scan(canvas: Canvas) -> None:
    _picture(canvas)
    text = canvas.beginText(72, 700)
    text.setFont(FONT, 12)
    text.setTextRenderMode(3)
    text.textLines("\n".join([PROSE] * 9))
    canvas.drawText(text)


def _shapes(canvas: Canvas) -> None:
    canvas.setFont(FONT, 12)
    canvas.drawString(72, 500, "\ue123" * 40)


def _curves(canvas: Canvas) -> None:
    for y in range(100, 700, 20):
        canvas.bezier(100, y, 120, y + 9, 140, y - 9, 160, y)
        canvas.line(100, y, 300, y)


def _latin(canvas: Canvas) -> None:
    for y in range(100, 700, 20):
        canvas.drawString(72, y, "Glyph names without meaning")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (drawn(_picture), "scanned-pdf"),
        (drawn(_scan), "scanned-pdf"),
        (drawn(_shapes), "no-text-layer"),
        (drawn(_curves), "no-text-layer"),
        (drawn(_latin), "no-text-layer"),
        (_drawn(encrypt="secret"), "encrypted-file"),
        (b"%PDF-1.7\n", "damaged-file"),
        (report_pdf()[:900], "damaged-file"),
        (drawn(lambda canvas: canvas.showPage()), "empty-file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(data)
    assert refused.value.reason == reason


def test_a_picture_among_text_is_named() -> None:
    assert _read(_drawn(_picture)).unread == ("page 1: a picture",)


def test_a_file_without_its_end_is_damaged_but_read() -> None:
    data = _drawn()
    cut = data[: data.rindex(b"startxref")]
    document = _read(cut)
    assert document.damage == ("no end mark after the last page",)
    assert document.texts == _read(data).texts


def test_junk_before_the_header_is_no_other_format() -> None:
    assert read_document(b"\r\n\r\n" + _drawn()).media_type == PDF


def test_a_running_head_stands_aside() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(4):
            canvas.setFont(FONT, 9)
            canvas.drawString(72, 810, "某县人民政府信息公开年度报告")
            canvas.setFont(FONT, 12)
            canvas.drawString(72, 700, f"第{number}页的正文在此，收到申请{number}件。")
            canvas.showPage()

    found = [text for _, text in prose(_read(drawn(draw)))]
    assert found[4:] == ["某县人民政府信息公开年度报告"] * 4
