"""Copies of the 2014 table with heads, columns and rows of their own place, and what they print."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from pipelines.registry.forms import forms
from tests.generate.grid import Block, Cell, Grid, Markup, Merged, Print, Shape, Text, printed
from tests.generate.truth import Cell as Key
from tests.generate.truth import Entry

_ROWS = next(table for form in forms() for table in form.tables if form.form == "stat_2014").rows
_TITLES = ("政府信息公开情况统计表", "重庆市政府信息公开情况统计表", "四川省政府信息公开情况统计表（{year}年度）")
_ONE_COLUMN = (("统计数",), ("统计数据",), ("数量",), ("{year}年度统计数",), ("统计数", "备注"))
_SEVERAL = (
    ("区政府统计数", "区直单位统计数", "乡镇街道统计数"),
    ("统计数", "区县", "部门"),
    ("区县", "部门", "合计"),
    ("统计数", "上年数"),
    ("第一季度", "第二季度"),
    ("市本级", "县（市、区）", "小计"),
)
_LOCAL = (
    "机构领导机构设置人事",
    "政府文件",
    "行政执法",
    "规划计划统计",
    "财务预决算专项三公",
    "区级政府网站公开政府信息数",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A report with the table of 2014: its text, what each cell prints, and the rows that no form knows."""

    blocks: tuple[Block, ...]
    text: str
    year: int
    truth: dict[Key, Entry]
    actual: dict[Key, Decimal] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()
    consistent: bool = False
    stored: bytes = b""

    @property
    def data(self) -> bytes:
        """The bytes of the report."""
        return self.stored or self.text.encode()


def reports(seeds: range, shape: Shape, *, several: bool = False) -> Iterator[tuple[int, Drawn]]:
    """Yield seeds with their reports; with `several` the figures are given for parts of the body."""
    for seed in seeds:
        yield seed, _report(Random(seed), shape, several=several)


def _report(random: Random, shape: Shape, *, several: bool) -> Drawn:
    year = random.randint(2014, 2018)
    columns = random.choice(_SEVERAL if several else _ONE_COLUMN)
    visible = shape.blanks_show or bool(random.randrange(2))
    lines = [_line(random.choice(("统计指标", "指标名称")), random.choice(("单位", "计量单位")), columns)]
    truth, strangers = dict[Key, Entry](), list[str]()
    early = not random.randrange(3)
    for row in _ROWS:
        if early and row.number == "其中":
            continue
        figures = [random.choice(("", str(random.randint(0, 900)))) for _ in columns]
        blank = row.heading or not (figures[0] or several)
        values = ["" if row.heading or (text == "备注") else figures[index] for index, text in enumerate(columns)]
        number = (
            f"{row.number}、" if row.number in tuple("一二三四五六七八九") else row.number.replace("其中", "其中：")
        )
        number += "." if row.number.isdecimal() else ""
        lines.append(_line(number + row.label, "" if row.heading else row.unit, values))
        if not row.heading:
            told = shape.blanks_show and not several
            truth[row.cell] = Entry(None if blank else Decimal(values[0] or 0), determined=told)
        if row.number == "(一)" and row.indicator == "disclosure.items" and not random.randrange(2):
            strangers = list(_LOCAL)
            lines += [_line(label, "条", [str(random.randint(0, 99)) for _ in columns]) for label in _LOCAL]
    if len(columns) == 1 and not random.randrange(3):
        lines = [(label, value, unit) for label, unit, value in lines]
    how = Print(shape=shape, merged=Merged.DROPPED, markup=random.choice(list(Markup)), visible=visible, first_page=1)
    blocks: list[Block] = [
        Text(f"莆田市人民政府{year}年政府信息公开工作年度报告", 1),
        Text(f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"),
        Text(random.choice(_TITLES).format(year=year), 2),
        Grid(tuple(tuple(Cell(cell.text.format(year=year), label=cell.label) for cell in line) for line in lines), 1),
    ]
    return Drawn(blocks=tuple(blocks), text=printed(blocks, how), year=year, truth=truth, strangers=tuple(strangers))


def _line(name: str, unit: str, values: Iterator[str] | tuple[str, ...] | list[str]) -> tuple[Cell, ...]:
    return Cell(name, label=True), Cell(unit), *(Cell(value) for value in values)
