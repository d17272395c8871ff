"""Reports with a local coded form in every layout: columns, codes, rows left out, rows that no form knows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import dropwhile
from random import Random

from pipelines.registry.forms import FormRow, FormTable, forms
from pipelines.registry.layouts import Codes
from tests.generate.grid import Block, Cell, Grid, Markup, Merged, Print, Shape, Text, printed
from tests.generate.truth import Cell as Key
from tests.generate.truth import Entry

_TABLE = next(table for form in forms() for table in form.tables if form.form == "local_coded")
LAYOUTS = (_TABLE, *_TABLE.layouts)
_SPELT = {
    "": ("{year}年度", "{year}年", "本年度", "年度", "本年累计"),
    "cumulative": ("历年累计", "截至年底累计", "截至{year}年底累计"),
    "current_period": ("本期实际",),
}
_STRANGERS = (
    "政务微博公开数",
    "区级政府网站公开数",
    "查阅场所接待数",
    "重大行政诉讼数",
    "政府网站公开目录数",
    "公开栏公开数",
)
_BROKEN_HEADS = (
    ("{year}年度", "本年累计"),
    ("{last}年度", "{year}年度", "历年累计"),
    ("{year}年度", "增长率", "历年累计"),
    ("上半年", "{year}年度"),
)
_CODE_HEADS = ("代码", "编码", "序号")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A report with a local form: its text, what each cell prints, and the labels of rows that no form knows."""

    blocks: tuple[Block, ...]
    text: str
    year: int
    truth: Mapping[Key, Entry]
    actual: Mapping[Key, Decimal]
    strangers: tuple[str, ...] = ()
    consistent: bool = False
    stored: bytes = b""

    @property
    def data(self) -> bytes:
        """The bytes of the report."""
        return self.stored or self.text.encode()


def reports(seeds: range, shape: Shape, *, broken_heads: bool = False) -> Iterator[tuple[int, Drawn]]:
    """Yield seeds with their reports; with `broken_heads` the columns are none that the form knows."""
    for seed in seeds:
        yield seed, _report(Random(seed), shape, broken_heads=broken_heads)


def _report(random: Random, shape: Shape, *, broken_heads: bool) -> Drawn:
    layout, year = random.choice(LAYOUTS), random.randint(2009, 2018)
    codes = layout.rows[0].codes
    heads = random.choice(_BROKEN_HEADS) if broken_heads else tuple(_column_heads(random, layout))
    rows = _rows(random, layout)
    figures = _figures(random, rows)
    blank = random.choice((0, 0, 8)) if not broken_heads else 0
    blanks_seen = shape.blanks_show or (shape is Shape.CELLS and (visible := bool(random.randrange(2))))
    visible = shape.blanks_show or bool(blanks_seen)
    lines: list[tuple[Cell, ...]] = [_heads(random, codes, [head.format(year=year, last=year - 1) for head in heads])]
    truth: dict[Key, Entry] = {}
    sequence, strangers = 0, []
    parts = shape.parts_cells
    for row in rows:
        if random.randrange(9) == 8 and sequence:
            strangers.append(random.choice(_STRANGERS))
            sequence += 1
            values = [str(random.randint(0, 900)) for _ in heads]
            lines.append(_line(codes, str(sequence), strangers[-1], "条", values))
        sequence += 1
        cells = [figure.cell for figure in row.figures]
        if broken_heads:
            lines.append(
                _line(codes, str(sequence), _label(row), row.unit, [str(random.randint(0, 900)) for _ in heads])
            )
            continue
        values = ["" if blank and not random.randrange(blank) else str(figures[cell]) for cell in cells]
        told = parts and (blanks_seen or all(values))
        truth |= {
            cell: Entry(Decimal(text) if text else None, determined=bool(told))
            for cell, text in zip(cells, values, strict=True)
        }
        lines.append(_line(codes, str(sequence), _label(row), row.unit, values))
    how = Print(
        shape=shape,
        merged=Merged.DROPPED,
        markup=random.choice(list(Markup)),
        visible=visible,
        first_page=1,
    )
    blocks: list[Block] = [
        Text(f"莆田市人民政府{year}年政府信息公开工作年度报告", 1),
        Text(f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"),
        Text("政府信息公开情况统计表", 2),
        Grid(tuple(lines), 1),
    ]
    return Drawn(
        blocks=tuple(blocks),
        text=printed(blocks, how),
        year=year,
        truth=truth,
        actual=figures,
        strangers=tuple(strangers),
    )


def _column_heads(random: Random, layout: FormTable) -> Iterator[str]:
    """Yield a head for each column: the year up to its end stands beside a reporting period, never beside all years."""
    suffixes = [figure.indicator.rpartition(".")[2] for figure in layout.rows[0].figures]
    for suffix in suffixes:
        if suffix in _SPELT:
            yield random.choice(_SPELT[suffix])
        elif len(suffixes) == 1:
            yield random.choice(_SPELT[""])
        else:
            yield "本年累计" if "current_period" in suffixes else random.choice(_SPELT[""][:-1])


def _rows(random: Random, layout: FormTable) -> list[FormRow]:
    """Return rows of the form, some left out."""
    share = random.choice((1, 2, 6))
    kept = [row for row in layout.rows if random.randrange(share + 1)] or list(layout.rows)
    # A number before the label of the very first row cannot be told from a code that no head announces.
    return list(dropwhile(lambda row: row.number and row.number != "其中", kept)) or list(layout.rows)


def _figures(random: Random, rows: list[FormRow]) -> dict[Key, Decimal]:
    return {
        figure.cell: Decimal(random.randint(0, random.choice((0, 9, 40, 9_000))))
        for row in rows
        for figure in row.figures
    }


def _label(row: FormRow) -> str:
    if row.number == "其中":
        return f"其中：{row.label}"
    if row.number.startswith("("):
        return row.number + row.label
    return f"{row.number}.{row.label}" if row.number else row.label


def _heads(random: Random, codes: Codes, heads: list[str]) -> tuple[Cell, ...]:
    name, unit, code = (
        random.choice(("指标名称", "指标")),
        random.choice(("计量单位", "单位")),
        random.choice(_CODE_HEADS),
    )
    first = {Codes.NONE: (name, unit), Codes.BEFORE: (code, name, unit), Codes.AFTER: (name, code, unit)}[codes]
    return tuple(Cell(text, label=True) for text in (*first, *heads))


def _line(codes: Codes, code: str, label: str, unit: str, values: list[str]) -> tuple[Cell, ...]:
    first = {Codes.NONE: (label, unit), Codes.BEFORE: (code, label, unit), Codes.AFTER: (label, code, unit)}[codes]
    return (*(Cell(text, label=True) for text in first), *map(Cell, values))
