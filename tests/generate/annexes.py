"""Annexes of a report: multi-year series and publication rosters."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

from tests.generate.grid import Cell, Grid
from tests.generate.style import Hazard, Shape, Style
from tests.generate.table import NBSP
from tests.generate.truth import Entry, Key, RosterEntry

_COLUMNS = {
    "disclosure.via_website": "网站信息公开数",
    "disclosure.via_weibo": "政务微博发布数",
    "disclosure.via_wechat": "政务微信发布数",
    "requests_2014.received": "受理申请数",
}
_BODIES = ("县财政局", "县审计局", "县教体局", "县市场监管局", "永安社区", "桥南街道办事处", "县残联", "县公安局")
_NOTES = ("机构改革", "正在审核", "预计4月底完成")
_REMARKS = ("含转发", "新开通", "口径调整")


@dataclass(slots=True)
class Annex:
    """The lines of an annex and the figures it prints."""

    lines: list[str] = field(default_factory=list)
    entries: dict[Key, Entry] = field(default_factory=dict)
    roster: tuple[RosterEntry, ...] = ()
    rows: list[list[str]] = field(default_factory=list)

    @property
    def grid(self) -> Grid:
        """The table of the annex with its rows and columns, as files store it."""
        return Grid(tuple((Cell(row[0], label=True), *map(Cell, row[1:])) for row in self.rows), 1)


def print_series(random: Random, style: Style, year: int) -> Annex:
    """Return a table of two to five years that ends with the report's, one to three columns, sometimes remarks."""
    columns = random.sample(sorted(_COLUMNS), random.randint(1, 3))
    remarks = Hazard.SERIES_REMARKS in style.hazards or bool(random.randrange(2))
    years = range(year - random.randint(1, 4), year + 1)
    gaps = Hazard.GAPPED_SERIES in style.hazards
    annex, grid = Annex(), [["年度", *(_COLUMNS[name] for name in columns), *(["备注"] if remarks else [])]]
    for row_year in years:
        values = [None if gaps and not random.randrange(4) else Decimal(random.randint(0, 1800)) for _ in columns]
        for name, value in zip(columns, values, strict=True):
            annex.entries["series", row_year, name, "total"] = Entry(value)
        grid.append([str(row_year), *("" if value is None else str(value) for value in values)])
        grid[-1] += [_remark(random, style)] if remarks else []
    if any(entry.value is None for entry in annex.entries.values()) and not style.shape.blanks_show:
        annex.entries = {key: Entry(entry.value, determined=False) for key, entry in annex.entries.items()}
    annex.rows = grid
    annex.lines = [line for row in grid for line in _grid_line(style.shape, row)]
    return annex


def _remark(random: Random, style: Style) -> str:
    return random.choice(("", *_REMARKS)) if Hazard.SERIES_REMARKS in style.hazards else ""


def _grid_line(shape: Shape, row: list[str]) -> list[str]:
    """Return the lines of one row of an annex."""
    if shape is Shape.TABS:
        return ["\t".join(row)]
    if shape is Shape.PIPES:
        return [f"| {' | '.join(row)} |"]
    if shape.by_row:
        return [("   " if shape is Shape.WIDE else " ").join(text for text in row if text)]
    if shape is Shape.CELLS_VISIBLE:
        return [line for text in row for line in (text or NBSP, "")]
    return row if shape is Shape.CELLS_EMPTY else [text for text in row if text]


def print_roster(random: Random, style: Style, year: int) -> Annex:
    """Return a roster of bodies, each done with a date or open with a reason."""
    roster = tuple(_roster_entry(random, body, year) for body in random.sample(_BODIES, random.randint(1, 6)))
    grid = [["单位名称", "编制", "公布日期", "备注"], *(_roster_cells(entry) for entry in roster)]
    shape = Shape.WIDE if style.shape is Shape.SINGLE else style.shape
    return Annex(lines=[line for row in grid for line in _grid_line(shape, row)], roster=roster, rows=grid)


def _roster_entry(random: Random, body: str, year: int) -> RosterEntry:
    if random.randrange(4):
        return RosterEntry(body, "已完成", date(year + 1, random.randint(1, 4), random.randint(1, 28)), "")
    return RosterEntry(body, "未完成", None, random.choice(("", *_NOTES)))


def _roster_cells(entry: RosterEntry) -> list[str]:
    day = entry.published_on
    return [entry.body, entry.status, f"{day.year}年{day.month}月{day.day}日" if day else "", entry.note]
