"""Prints the statistics table of 2014 in every shape in which copies of it are found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from pipelines.registry.forms import FormRow
from tests.generate.figures import ROWS, cell
from tests.generate.grid import Cell as GridCell
from tests.generate.grid import Grid
from tests.generate.style import Hazard, PageNumbers, Shape, Style, Units
from tests.generate.truth import Cell, Entry

NBSP = "\u00a0"
HEADER = ("统计指标", "单位", "统计数")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_WIDE_DIGITS = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
_ALIENS = (
    ("行政申诉数量", "件"),
    ("机构领导及人事任免信息数", "条"),
    ("规划计划统计", "条"),
    ("接受公民咨询总数", "人次"),
)
_SMALL = 99


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as it goes to the page: its label in one or two pieces, its unit and its value."""

    label: tuple[str, ...]
    unit: str
    value: str


@dataclass(slots=True)
class Table:
    """The lines of a printed table and what each of its cells says."""

    lines: list[str] = field(default_factory=list)
    entries: dict[Cell, Entry] = field(default_factory=dict)
    last: Cell | None = None
    rows: list[tuple[GridCell, ...]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    @property
    def grid(self) -> Grid:
        """The table with its rows and columns, as files store it."""
        head = tuple(GridCell(text, label=True) for text in HEADER)
        return Grid((head, *self.rows), 1, tuple(self.breaks))

    def add_row(self, printed: "PrintedRow") -> None:
        """Add a row as files store it, its label whole."""
        label, unit = "".join(printed.label), printed.unit
        self.rows.append((GridCell(label, label=True), GridCell(unit, label=True), GridCell(printed.value)))

    def doubt_last(self) -> None:
        """Note that the row printed last can no longer be read with certainty."""
        if self.last in self.entries:
            self.entries[self.last] = replace(self.entries[self.last], determined=False)


def print_table(random: Random, style: Style, figures: Mapping[Cell, Decimal]) -> Table:
    """Return the 65 rows with the figures given, some of them left blank."""
    table = Table(lines=_header(random, style))
    breaks = set(random.sample(range(2, len(ROWS)), style.breaks))
    page = style.first_page
    for index, row in enumerate(ROWS):
        if index in breaks:
            table.breaks.append(1 + len(table.rows))
            _break_page(random, style, table, page)
            page += 1
        if Hazard.ALIEN_ROWS in style.hazards and index and not random.randrange(12):
            _print_alien(random, style, table)
        _print_row(random, style, table, row, figures)
    if style.page_numbers is PageNumbers.BARE:
        _number_page(style, table, page, certain=style.shape.by_row)
    elif style.breaks:
        _doubt_small_last(style, table)
    return table


def _doubt_small_last(style: Style, table: Table) -> None:
    """Note that a small figure at the foot of a page of cells may be taken for the page's number."""
    alone = style.page_numbers is PageNumbers.NONE and not style.shape.by_row
    if alone and table.last and _is_small(table.entries.get(table.last)):
        table.doubt_last()


def _break_page(random: Random, style: Style, table: Table, page: int) -> None:
    if style.page_numbers is not PageNumbers.NONE:
        _number_page(style, table, page, certain=style.shape.by_row or style.breaks > 1)
    else:
        _doubt_small_last(style, table)
    table.lines += _header(random, style)


def _number_page(style: Style, table: Table, page: int, *, certain: bool) -> None:
    table.lines.append(style.page_numbers.format(page=page))
    if style.page_numbers is PageNumbers.BARE and not certain:
        table.doubt_last()


def _is_small(entry: Entry | None) -> bool:
    """Say whether a figure that stands alone above a repeated header may be taken for a page number."""
    return entry is not None and entry.value is not None and entry.value <= _SMALL


def _header(random: Random, style: Style) -> list[str]:
    spaced = Hazard.SPACED_HEADER in style.hazards or (style.spaced_labels and not style.shape.by_row)
    header = (" ".join(HEADER[0]), *HEADER[1:]) if spaced else HEADER
    lines = _lay_out(random, style.shape, PrintedRow((header[0],), header[1], header[2]), lost_unit=False)
    return [*lines, "| --- | --- | --- |"] if style.shape is Shape.PIPES else lines


def _print_alien(random: Random, style: Style, table: Table) -> None:
    label, unit = random.choice(_ALIENS)
    number = random.choice(("", "6.", "(四)"))
    value = random.choice(("", str(random.randint(1, 400))))
    printed = PrintedRow((number + label,), _unit_text(style, unit), value)
    table.add_row(printed)
    table.lines += _lay_out(random, style.shape, printed, lost_unit=style.units is not Units.PRINTED)


def _print_row(random: Random, style: Style, table: Table, row: FormRow, figures: Mapping[Cell, Decimal]) -> None:
    label = _label(random, style, row)
    if _number_stands_alone(label):
        table.doubt_last()
    value = _heading_cell(random, style) if row.heading else _value_cell(random, style, row, figures[cell(row)])
    unit = "" if row.heading else _unit_text(style, row.unit)
    printed = PrintedRow(label, unit, value[0])
    table.add_row(printed)
    wrapped = Hazard.WRAPPED_LABELS in style.hazards and len(label) > 1
    table.lines += (
        _wrapped(random, style.shape, printed)
        if wrapped
        else _lay_out(random, style.shape, printed, lost_unit=not unit and not row.heading)
    )
    table.last = cell(row)
    table.entries[cell(row)] = Entry(None if row.heading else value[1], determined=not wrapped)


def _number_stands_alone(label: tuple[str, ...]) -> bool:
    return len(label) > 1 and label[0].strip().isdecimal()


def _unit_text(style: Style, unit: str) -> str:
    if style.units is Units.PRINTED or (style.units is Units.LONG_ONLY and len(unit) > 1):
        return unit
    return ""


def _heading_cell(random: Random, style: Style) -> tuple[str, None]:
    if Hazard.HEADING_FIGURES in style.hazards and not random.randrange(3):
        return str(random.randint(1, 5000)), None
    return random.choice(style.blank).replace("/", ""), None


def _value_cell(random: Random, style: Style, row: FormRow, figure: Decimal) -> tuple[str, Decimal | None]:
    """Return the text of a cell and the figure it says, None where it says none."""
    if random.randrange(100) < style.blank_share:
        return random.choice([text for text in style.blank if text != "/" or not figure]), None
    if not figure:
        text = random.choice(style.nought)
        return text, Decimal(0) if text else None
    text = f"{figure:,}" if style.thousands else str(figure)
    if style.full_width:
        text = text.translate(_WIDE_DIGITS)
    if style.notes_in_cells and not random.randrange(4):
        return text + _note(random, style), figure
    return text + (row.unit if style.unit_in_cell and style.units is Units.PRINTED else ""), figure


def _note(random: Random, style: Style) -> str:
    number = random.randint(1, 99)
    if Hazard.SPACED_NOTES in style.hazards:
        return random.choice(("（其中修订 {} 件）", " (其中修订{}件)", "（含自然失效 {} 件）")).format(number)
    return random.choice(("(其中修订{}件)", "（含自然失效{}件）", "(上年{})")).format(number)


def _label(random: Random, style: Style, row: FormRow) -> tuple[str, ...]:
    """Return the label of a row with its number, spaced and broken as the style has it."""
    words = " ".join(row.label) if style.spaced_labels and random.randrange(2) else row.label
    number = _number(style, row.number)
    whole = f"{style.indent}{number}{words}"
    if row.note and random.randrange(4):
        note = f"({row.note})"
        return (whole, note) if random.randrange(2) and style.shape is not Shape.PIPES else (whole + note,)
    if style.shape is Shape.PIPES:
        return (whole,)
    if Hazard.BROKEN_NUMBERS in style.hazards and row.number.isdecimal() and number[-1:] in "、.":
        return (style.indent + row.number, number[len(row.number) :] + words)
    if _breaks(random, style):
        at = random.randint(len(style.indent + number), len(whole) - 1)
        return (whole[:at], whole[at:]) if whole[:at].strip() and whole[at:].strip() else (whole,)
    return (whole,)


def _breaks(random: Random, style: Style) -> bool:
    hazard = Hazard.WRAPPED_LABELS in style.hazards
    return (style.broken_labels or hazard) and not random.randrange(4)


def _number(style: Style, number: str) -> str:
    if not number or number == "其中":
        return number and f"{number}{style.colon}"
    if number.isdecimal():
        form = style.numbering["arabic"]
        return _CIRCLED[int(number) - 1] if form == "circled" else form.format(n=number)
    if number.startswith("("):
        return style.numbering["bracketed"].format(n=number.strip("()"))
    return style.numbering["chinese"].format(n=number)


def _lay_out(random: Random, shape: Shape, row: PrintedRow, *, lost_unit: bool) -> list[str]:
    """Return the lines of one row."""
    if shape.by_row:
        return [*row.label[:-1], _join(random, shape, (row.label[-1], row.unit, row.value))]
    cells = [*row.label, row.unit, row.value]
    if shape is Shape.CELLS_TIGHT:
        return [text for text in cells if text]
    if shape is Shape.CELLS_EMPTY:
        return cells
    shown = [*row.label, *([] if lost_unit else [row.unit or NBSP]), row.value or NBSP]
    return [line for text in shown for line in (text, "")]


def _wrapped(random: Random, shape: Shape, row: PrintedRow) -> list[str]:
    """Return a row whose cells stand beside the first line of its label."""
    if not shape.by_row:
        return [text for text in (row.label[0], row.unit, row.value, *row.label[1:]) if text]
    return [_join(random, shape, (row.label[0], row.unit, row.value)), *row.label[1:]]


def _join(random: Random, shape: Shape, cells: Sequence[str]) -> str:
    if shape is Shape.TABS:
        return "\t".join(cells)
    if shape is Shape.PIPES:
        return f"| {' | '.join(cells)} |"
    gap = " " * random.randint(2, 6) if shape is Shape.WIDE else " "
    return gap.join(text for text in cells if text)
