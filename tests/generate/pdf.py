"""Reports of the form of 2021 as PDF: prose that breaks over lines and pages, ruled tables with merged cells."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.generate.font import box_font

FONT = "Box"
NOT_EMBEDDED = "STSong-Light"
registerFont(UnicodeCIDFont(NOT_EMBEDDED))
registerFont(TTFont(FONT, BytesIO(box_font())))
TITLE = ParagraphStyle("title", fontName=FONT, fontSize=22, leading=30, alignment=TA_CENTER, wordWrap="CJK")
BODY = ParagraphStyle("body", fontName=FONT, fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK")
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")

LABELS = (
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "（三）不予公开",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
)


def cells(rows: Iterable[Sequence[str]]) -> list[list[Paragraph]]:
    """Return texts as paragraphs that break within their cells."""
    return [[Paragraph(text, CELL) for text in row] for row in rows]


def ruled(rows: Iterable[Sequence[str]], widths: Sequence[float], *styles: tuple[Any, ...], repeat: int = 0) -> Table:
    """Return a table with every rule drawn, spans and such as `styles` say."""
    grid = ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0))
    return Table(cells(rows), colWidths=widths, style=[grid, *styles], repeatRows=repeat)


def pdf(flowables: Sequence[Flowable], *, footer: str = "- {page} -", rotate: int = 0, **options: Any) -> bytes:
    """Return a PDF with some content and a foot on each page."""
    stream = BytesIO()

    def foot(canvas: Canvas, _: object) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawCentredString(A4[0] / 2, 36, footer.format(page=canvas.getPageNumber()))
        if rotate:
            canvas.setPageRotation(rotate)

    template = SimpleDocTemplate(stream, invariant=1, **{"pagesize": A4} | options)
    template.build(list(flowables), onFirstPage=foot, onLaterPages=foot)
    return stream.getvalue()


def drawn(draw: Callable[[Canvas], object], **options: Any) -> bytes:
    """Return a PDF that is drawn by hand."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1, **options)
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def report_pdf() -> bytes:
    """Return a report of several pages, its table three over a page break."""
    prose = "本年度主动公开政府信息3405条，收到政府信息公开申请157件，均在法定期限内予以答复，未收取任何费用。" * 6
    head = [["申请人情况", "", "自然人", "法人", "总计"]]
    rows = [
        [
            "三、本年度办理结果" if not number else "",
            LABELS[number % 5],
            str(number),
            str(number + 1),
            str(2 * number + 1),
        ]
        for number in range(60)
    ]
    span = [("SPAN", (0, 0), (1, 0)), ("SPAN", (0, 1), (0, -1))]
    return pdf(
        [
            Paragraph("某县人民政府2024年政府信息公开工作年度报告", TITLE),
            *(Paragraph(prose, BODY) for _ in range(6)),
            Spacer(1, 12),
            ruled(head + rows, [24, 150, 60, 60, 60], span[0]),
        ]
    )
