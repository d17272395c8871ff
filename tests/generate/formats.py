"""Reports of the forms with columns, with the truth about them: `report(Random(seed), form, shape)`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from pipelines.registry.forms import FormRow, FormTable, forms
from tests.generate.formats_cases import Cases, drawn_cases, printed_cases
from tests.generate.formats_columns import Column, Columns, Extra, drawn_columns, heads_of_third
from tests.generate.formats_figures import LOCAL_ROWS, TYPES, continuing, misprinted, true_figures
from tests.generate.grid import Block, Cell, Grid, Markup, Merged, Print, Shape, Text, printed
from tests.generate.truth import Cell as Key
from tests.generate.truth import Entry

FORMS = ("format_2019", "format_2021", "local_coded")
_DECLARED = {form.form: {table.table: table for table in form.tables} for form in forms()}
_YEARS = {"format_2019": (2019, 2020), "format_2021": (2021, 2025), "local_coded": (2009, 2018)}
_BODIES = ("海门市人民政府", "桐柏县人民政府", "安庆市财政局", "伊宁县水利局", "汉源县九襄镇人民政府")
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_QUOTES = ("危及“三安全一稳定”", '危及"三安全一稳定"', "危及‘三安全一稳定’", "危及三安全一稳定", "危及“三安全 一稳定”")
_SIGNS = (("", "-"), ("+", "-"), ("增", "减"))
_LONG_LABEL = 4
_LABEL_WIDTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The choices that hold for a whole report."""

    form: str
    how: Print
    arabic: str
    wide_digits: bool
    thousands: bool
    spaced_labels: bool
    signs: tuple[str, str]
    stability: str
    carried_out: str
    one_other: bool
    notes: bool
    columns: Columns
    cases: Cases
    shuffled: bool
    numbered: bool
    stranger: str
    fee_unit: str
    not_applicable: bool
    blanks: str
    breaks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A report of a form with columns: its text, what each cell prints, and the figures before anything was spoilt."""

    form: str
    shape: Shape
    blocks: tuple[Block, ...]
    text: str
    year: int
    truth: Mapping[Key, Entry]
    actual: Mapping[Key, Decimal]
    consistent: bool
    style: Style
    stored: bytes = b""

    @property
    def data(self) -> bytes:
        """The bytes of the report."""
        return self.stored or self.text.encode()


@dataclass(slots=True)
class _Desk:
    """What a report is printed from, and the truth as it grows."""

    random: Random
    style: Style
    figures: Mapping[Key, Decimal]
    year: int
    entries: dict[Key, Entry] = field(default_factory=dict)


def reports(seeds: range, form: str, shape: Shape, *, misprints: bool = False) -> Iterator[tuple[int, Drawn]]:
    """Yield seeds with their reports."""
    for seed in seeds:
        yield seed, report(Random(seed), form, shape, misprints=misprints)


def report(  # noqa: PLR0913 - what is drawn, and what is given instead
    random: Random,
    form: str,
    shape: Shape,
    *,
    misprints: bool = False,
    of: tuple[int, str] | None = None,
    before: Mapping[Key, Decimal] | None = None,
) -> Drawn:
    """Draw one report: year, body, figures, which cells are blank, layout.

    `of` is the year and the body, `before` are the true figures of the year before, which those of this year continue.
    """
    style = _style(random, form, shape)
    drawn = random.randint(*_YEARS[form]), random.choice(_BODIES)
    year, body = of or drawn
    actual = continuing(true_figures(random, form, one_other=style.one_other), before or {})
    desk = _Desk(random, style, misprinted(random, actual, form) if misprints else actual, year)
    blocks = [
        Text(f"{body}{year}年政府信息公开工作年度报告", 1),
        *_prose(desk, actual),
        *(_local(desk) if form == "local_coded" else _national(desk)),
        *_ending(form),
    ]
    if style.how.trimmed:
        desk.entries.update({cell: Entry(entry.value, determined=False) for cell, entry in desk.entries.items()})
    return Drawn(
        form=form,
        shape=shape,
        blocks=tuple(blocks),
        text=printed(blocks, style.how),
        year=year,
        truth=desk.entries,
        actual=actual,
        consistent=not misprints,
        style=style,
    )


def _style(random: Random, form: str, shape: Shape) -> Style:
    how = Print(
        shape=shape,
        merged=random.choice(list(Merged)),
        markup=random.choice(list(Markup)),
        visible=not random.randrange(2) or shape.blanks_show,
        first_page=random.randint(1, 9),
        trimmed=_seldom(random, 4) and shape is Shape.TABS,
    )
    return Style(
        form=form,
        how=how,
        arabic=random.choice(("{n}.", "{n}.", "{n}、", "{n}．")),
        wide_digits=_seldom(random, 8),
        thousands=_seldom(random, 10),
        spaced_labels=_seldom(random, 5),
        signs=random.choice(_SIGNS),
        stability=random.choice(_QUOTES),
        carried_out=random.choice(("结转下年度继续办理", "结转下年度继续办理", "结转下一年度继续办理")),
        one_other=form == "format_2019" or _seldom(random, 6),
        notes=_seldom(random, 6) and shape.parts_cells,
        columns=drawn_columns(random),
        cases=drawn_cases(random),
        shuffled=_seldom(random, 5),
        numbered=_seldom(random, 6) and shape.blanks_show,
        stranger=random.choice((*[""] * 9, "责任单位", "修订件数")),
        fee_unit=random.choice(("（单位：万元）", "（单位：万元）", "", "（单位：元）", "（万元）")),
        not_applicable=_seldom(random, 8) and shape.parts_cells,
        blanks=random.choice(("none", "none", "none", "noughts", "all noughts", "totals")),
        breaks=random.choice((0, 0, 1, 2)),
    )


def _seldom(random: Random, times: int) -> bool:
    return random.randrange(times) == times - 1


def _prose(desk: _Desk, actual: Mapping[Key, Decimal]) -> list[Text]:
    period = f"本报告所列数据的统计期限自{desk.year}年1月1日起至{desk.year}年12月31日止。"
    told = f"{desk.year}年,我单位认真贯彻落实《中华人民共和国政府信息公开条例》,稳步推进各项工作。"
    received = actual.get(("requests.new", "total"))
    if received and desk.random.randrange(2):
        told += f"全年共收到政府信息公开申请{received}件。"
    return [Text(period), Text("一、总体情况", 2), Text(told)]


def _ending(form: str) -> list[Text]:
    if form == "local_coded":
        return []
    return [
        Text("五、存在的主要问题及改进情况", 2),
        Text("主要问题是公开意识有待加强。下一步,将加强培训,提高工作水平。"),
        Text("六、其他需要报告的事项", 2),
        Text("无其他需要报告的事项。"),
    ]


def _national(desk: _Desk) -> list[Block]:
    declared = _DECLARED[desk.style.form]
    second = [table for name, table in declared.items() if name.startswith("t2")]
    return [
        Text("二、主动公开政府信息情况", 2),
        *_second(desk, second),
        Text("三、收到和处理政府信息公开申请情况", 2),
        _third(desk, declared["t3"]),
        Text("四、政府信息公开行政复议、行政诉讼情况", 2),
        *_fourth(desk, declared["t4"]),
    ]


def _second(desk: _Desk, tables: list[FormTable]) -> list[Block]:
    """Return the blocks of table two, as one table or as one for each block."""
    parts = [tuple(_part(desk, table)) for table in tables]
    titles = [table.title.replace("第二十条第", "第二十条第（").replace("项", "）项") for table in tables]
    if desk.style.how.shape is Shape.MARKDOWN:
        pairs = zip(titles, parts, strict=True)
        return [block for title, part in pairs for block in (Text(title, 3), Grid(part, 1))]
    width = max(len(part[0]) for part in parts)
    rows = [
        row for title, part in zip(titles, parts, strict=True) for row in ((Cell(title, 1, width, label=True),), *part)
    ]
    return [Grid(tuple(rows), 0)]


def _part(desk: _Desk, table: FormTable) -> Iterator[tuple[Cell, ...]]:
    order = list(range(len(table.columns)))
    if desk.style.shuffled:
        desk.random.shuffle(order)
    heads = {
        "本年增/减": desk.random.choice(("本年增/减", "本年增减")),
        "本年收费金额": f"本年收费金额{desk.style.fee_unit}",
    }
    place = desk.random.randint(0, len(order))
    texts = [heads.get(name, name) for name in (table.columns[index] for index in order)]
    yield _line(desk, "序号", "信息内容", _with_stranger(desk, map(_label_cell, texts), place, desk.style.stranger))
    for number, row in enumerate(table.rows, start=1):
        values = _values(desk, [row.figures[index] for index in order])
        own = desk.random.choice(("", "某局") if desk.style.stranger == "责任单位" else ("", "0", "5"))
        yield _line(desk, str(number), _label(desk, row.label), _with_stranger(desk, values, place, own))
        if desk.style.stranger and not desk.style.how.shape.blanks_show:
            for cell in [figure.cell for figure in row.figures]:
                desk.entries[cell] = Entry(desk.entries[cell].value, determined=False)


def _label_cell(text: str) -> Cell:
    return Cell(text, label=True)


def _line(desk: _Desk, number: str, label: str, cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Return a row of table two, with its number where this copy has a column for it."""
    return (*([_label_cell(number)] if desk.style.numbered else []), _label_cell(label), *cells)


def _with_stranger(desk: _Desk, cells: Iterable[Cell], place: int, text: str) -> list[Cell]:
    """Return cells with one of a column that the form does not have, where this copy has it."""
    row = list(cells)
    return [*row[:place], Cell(text), *row[place:]] if desk.style.stranger else row


def _third(desk: _Desk, table: FormTable) -> Grid:
    """Return the table of requests by applicant, merged as in the official form."""
    columns = desk.style.columns
    worded = columns._replace(within=tuple(each._replace(head=_label(desk, each.head)) for each in columns.within))
    heads = heads_of_third(worded, _LABEL_WIDTH)
    rows = [row for row in table.rows if desk.style.one_other <= (row.indicator.count("results.other.") == 0)]
    body = [tuple(_row_of_third(desk, rows, index)) for index in range(len(rows)) if not _is_merged(desk, rows[index])]
    if _may_be_padding(desk, body) or _may_lack_heads(desk, body):
        _doubt(desk, table)
    every = range(len(heads) + 2, len(heads) + len(body))
    breaks = tuple(sorted(desk.random.sample(every, desk.style.breaks)))
    return Grid((*heads, *body), len(heads), breaks)


def _doubt(desk: _Desk, table: FormTable) -> None:
    """Note that nothing tells which column the cells of a table stand in."""
    for cell in [figure.cell for figure in table.figures if figure.cell in desk.entries]:
        desk.entries[cell] = Entry(desk.entries[cell].value, determined=False)


def _may_be_padding(desk: _Desk, body: Sequence[Sequence[Cell]]) -> bool:
    """Say whether blank first cells may be those of merged labels: no row shows that blank last ones are kept."""
    width = len(desk.style.columns.printed)
    first, last = {row[-width].text for row in body}, {row[-1].text for row in body}
    return desk.style.how.shape is Shape.TABS and first == {""} and "" not in last


def _may_lack_heads(desk: _Desk, body: Sequence[Sequence[Cell]]) -> bool:
    """Say whether a row of heads may be lost below the one column of all organisations, as blank cells are.

    Three cells may then be those of two organisations and their sum: they add up as one of persons, one of all
    organisations and the total do.
    """
    columns = desk.style.columns
    cells = [[cell.text for cell in row[-len(columns.printed) :]] for row in body]
    return Extra.GROUP in columns.extras and any(any(row) and not _is_seen(desk, row) for row in cells)


def _is_merged(desk: _Desk, row: FormRow) -> bool:
    """Say whether a row of the form is no row of the page but a label merged over the rows that follow."""
    return row.heading or (row.subtotal and not desk.style.one_other)


def _row_of_third(desk: _Desk, rows: list[FormRow], index: int) -> Iterator[Cell]:
    row, before = rows[index], index - 1
    if before >= 0 and rows[before].indicator.startswith("heading"):
        below = [each for each in rows[index:] if each.number != "四" and not _is_merged(desk, each)]
        yield Cell(_numbered(desk, rows[before]), len(below), 1, label=True)
    if before >= 0 and _is_merged(desk, rows[before]) and not rows[before].indicator.startswith("heading"):
        below = [each for each in rows if each.indicator.startswith(rows[before].indicator + ".")]
        yield Cell(_numbered(desk, rows[before]), len(below), 1, label=True)
    width = 3 if row.number in {"一", "二", "四"} else 2 if row.number.startswith("(") else 1
    yield Cell(_numbered(desk, row), 1, width, label=True)
    yield from _by_applicant(desk, row)


def _by_applicant(desk: _Desk, row: FormRow) -> list[Cell]:
    """Return the cells of a row of table three as this copy has its columns, and note what each of them says."""
    columns, how = desk.style.columns, desk.style.how
    texts = [_under(desk, row, column) for column in columns.printed]
    determined = _is_seen(desk, texts) and columns.told(how)
    for column, text in zip(columns.printed, texts, strict=True):
        if column.applicant:
            cell = (row.figures[0].indicator, column.applicant)
            desk.entries[cell] = Entry(desk.figures[cell] if text else None, determined=determined)
    return [Cell(text) for text in texts]


def _under(desk: _Desk, row: FormRow, column: Column) -> str:
    """Return what a cell of table three prints."""
    if column.applicant:
        return _text(desk, (row.figures[0].indicator, column.applicant))
    if column.extra is Extra.REMARK:
        return desk.random.choice(("", "", "已核实"))
    if column.extra is Extra.STRANGER:
        return desk.random.choice(("", "0", "0", str(desk.random.randint(1, 30))))
    return _spelt(desk, sum((desk.figures[row.figures[0].indicator, kind] for kind in TYPES[1:]), Decimal(0)))


def _fourth(desk: _Desk, table: FormTable) -> list[Block]:
    cases, how = desk.style.cases, desk.style.how
    rows = {row.indicator: row for row in table.rows}
    texts: list[list[str]] = []
    for channel, _ in cases.channels:
        figures = {figure.breakdown: figure for figure in rows[channel].figures}
        texts.append([cell.text for cell in _values(desk, [figures[outcome] for outcome, _ in cases.outcomes])])
    seen = how.shape is Shape.CELLS and how.visible
    determined = cases.told(how.shape, texts, blanks_seen=seen)
    for cell in [figure.cell for row in table.rows for figure in row.figures]:
        desk.entries[cell] = Entry(desk.entries[cell].value, determined=determined)
    worded = cases._replace(outcomes=tuple((key, _label(desk, wording)) for key, wording in cases.outcomes))
    return printed_cases(worded, texts)


def _local(desk: _Desk) -> list[Block]:
    heads = ("指标名称", "计量单位", f"{desk.year}年度", "历年累计")
    by_indicator = {row.indicator: row for row in _DECLARED["local_coded"]["p_form"].rows}
    rows = [tuple(Cell(text, label=True) for text in heads)]
    variant = 0 if ("local.disclosed_items", "total") in desk.figures else 1
    for printed_row in LOCAL_ROWS[variant]:
        first = "其中：" if printed_row.number == "1" else ""
        number = desk.style.arabic.format(n=printed_row.number) if printed_row.number else ""
        label = Cell(first + number + _label(desk, printed_row.label), label=True)
        figures = by_indicator[printed_row.indicator].figures
        rows.append((label, Cell(printed_row.unit, label=True), *_values(desk, figures)))
    breaks = tuple(sorted(desk.random.sample(range(3, len(rows)), desk.style.breaks)))
    return [Text("附件1：政府信息公开情况统计表", 2), Grid(tuple(rows), 1, breaks)]


def _numbered(desk: _Desk, row: FormRow) -> str:
    note = f"（{row.note.replace('，', desk.random.choice('，,'))}）" if row.note else ""
    if row.number.isdecimal():
        return desk.style.arabic.format(n=row.number) + _label(desk, row.label) + note
    number = row.number.replace("(", "（").replace(")", "）") if row.number.startswith("(") else f"{row.number}、"
    return number + _label(desk, row.label) + note


def _label(desk: _Desk, label: str) -> str:
    """Return a label as this report words and spaces it."""
    if label.startswith("危及"):
        return desk.style.stability
    worded = desk.style.carried_out if label == "结转下年度继续办理" else label
    if desk.style.spaced_labels and len(worded) >= _LONG_LABEL and desk.random.randrange(2):
        place = desk.random.randrange(1, len(worded))
        return f"{worded[:place]} {worded[place:]}"
    return worded


def _values(desk: _Desk, figures: Iterable[FormRow]) -> list[Cell]:
    """Return the cells of a row, and note what each of them says."""
    cells = [figure.cell for figure in figures]
    texts = [_text(desk, cell) for cell in cells]
    for cell, text in zip(cells, texts, strict=True):
        value = desk.figures[cell] if text not in {"", "/"} else None
        desk.entries[cell] = Entry(value, determined=_is_seen(desk, texts))
    return [Cell(text) for text in texts]


def _is_seen(desk: _Desk, texts: Sequence[str]) -> bool:
    """Say whether each cell of a row is seen: none is blank, or blank ones show."""
    how = desk.style.how
    shown = how.shape.blanks_show or (how.shape is Shape.CELLS and how.visible)
    return how.shape.parts_cells and (shown or all(texts))


def _text(desk: _Desk, cell: Key) -> str:
    """Return what a cell prints: empty for a blank."""
    value, style = desk.figures[cell], desk.style
    if cell[0].startswith("rules.") and style.not_applicable:
        return "/"
    if not value and (style.blanks == "all noughts" or (style.blanks == "noughts" and desk.random.randrange(2))):
        return ""
    if style.blanks == "totals" and cell[1] == "total" and cell[0].startswith(("requests.", "results.")):
        return ""
    text = _signed(desk, value) if cell[0].endswith("items_change") else _spelt(desk, value)
    if style.notes and value > 1 and cell[0] == "normative_documents.issued":
        return f"{text}（其中修订{value - 1}件）"
    return text


def _signed(desk: _Desk, value: Decimal) -> str:
    plus, minus = desk.style.signs
    return (minus if value < 0 else plus if value else "") + _spelt(desk, abs(value))


def _spelt(desk: _Desk, value: Decimal) -> str:
    text = f"{value:,}" if desk.style.thousands else str(value)
    return text.translate(_WIDE_DIGITS) if desk.style.wide_digits else text
