"""Multi-year annexes in every layout: years down or across, spelt in any way, with units, gaps and rates between."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.generate.grid import Block, Cell, Grid, Markup, Merged, Print, Shape, Text, printed

Key = tuple[int, str]
_LABELS = {
    "disclosure.via_website": ("网站信息公开数", "政府网站公开数"),
    "disclosure.via_weibo": ("政务微博发布数", "微博信息发布数"),
    "disclosure.via_wechat": ("政务微信发布数",),
    "requests_2014.received": ("受理申请数",),
}
_DIGITS = "〇一二三四五六七八九"
_BY_CELL = (Shape.RUN, Shape.SPACES, Shape.CELLS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A report with an annex: its text, the figures that it prints, and whether its layout tells them."""

    blocks: tuple[Block, ...]
    text: str
    truth: dict[Key, Decimal | None]
    determined: bool
    layout: str
    stored: bytes = b""

    @property
    def data(self) -> bytes:
        """The bytes of the report."""
        return self.stored or self.text.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What an annex prints: its years and columns, and how."""

    random: Random
    years: tuple[int, ...]
    names: tuple[str, ...]
    spelling: str
    scale: str
    rates: bool
    truth: dict[Key, Decimal | None]


def reports(seeds: range, shape: Shape | None, *, across: bool) -> Iterator[tuple[int, Drawn]]:
    """Yield seeds with their reports; without a shape every row is a line parted by single spaces."""
    for seed in seeds:
        yield seed, _report(Random(seed), shape, across=across)


def _report(random: Random, shape: Shape | None, *, across: bool) -> Drawn:
    last = random.randint(2014, 2018)
    years = [last - ago for ago in range(random.randint(2, 5))]
    gaps = random.randrange(4) == 0 and len(years) > 2
    if gaps:
        years.remove(years[1])
    names = tuple(random.sample(sorted(_LABELS), random.randint(1, 3)))
    blanks = random.randrange(4) == 0
    plan = _Plan(
        random=random,
        years=tuple(years if random.randrange(2) else reversed(years)),
        names=names,
        spelling=random.choice(("{year}", "{year}年", "{year}年度", "二〇一{last}年")),
        scale=random.choice(("", "", "条", "（条）", "（万条）")),
        rates=random.randrange(4) == 0,
        truth={
            (year, name): None if blanks and not random.randrange(5) else Decimal(random.randint(0, 1900))
            for year in years
            for name in names
        },
    )
    rows = _across(plan) if across else _down(plan)
    seen = (shape is not None and shape.blanks_show) or all(cell for row in rows for cell in row)
    visible = shape is Shape.CELLS and bool(random.randrange(2))
    by_row = shape not in _BY_CELL
    told = (seen or visible) and shape not in {Shape.RUN, Shape.SPACES} and (by_row or not gaps or across)
    if visible and any(not row[-1] for row in rows):
        told = False
    blocks = _blocks(rows, last)
    return Drawn(
        blocks=blocks,
        text=_printed(random, blocks, shape, visible=visible),
        truth=_scaled(plan),
        determined=told,
        layout=f"{plan.spelling} {plan.scale} rates={plan.rates} gaps={gaps}",
    )


def _scaled(plan: _Plan) -> dict[Key, Decimal | None]:
    factors = {name: 10_000 if "万" in plan.scale and not name.startswith("requests") else 1 for name in plan.names}
    return {key: value if value is None else value * factors[key[1]] for key, value in plan.truth.items()}


def _year(plan: _Plan, year: int) -> str:
    return plan.spelling.format(year=year, last=_DIGITS[year - 2010])


def _down(plan: _Plan) -> list[list[str]]:
    heads = [plan.random.choice(("年度", "年份"))]
    for name in plan.names:
        heads.append(plan.random.choice(_LABELS[name]) + (plan.scale if not name.startswith("requests") else ""))
        heads += ["增长率"] if plan.rates else []
    rows = [heads]
    for year in plan.years:
        row = [_year(plan, year)]
        for name in plan.names:
            row.append(_spelt(plan.truth[year, name]))
            row += [f"{plan.random.randint(-40, 90)}%"] if plan.rates else []
        rows.append(row)
    return rows


def _across(plan: _Plan) -> list[list[str]]:
    united = plan.scale.strip("（）") if plan.random.randrange(2) else ""
    heads = [plan.random.choice(("指标", "项目")), *(["单位"] if united else [])]
    rows = [[*heads, *(_year(plan, year) for year in plan.years), *(["增长率"] if plan.rates else [])]]
    for name in plan.names:
        label = plan.random.choice(_LABELS[name])
        own = united and (united if not name.startswith("requests") else "件")
        label += "" if united or name.startswith("requests") else plan.scale
        values = [_spelt(plan.truth[year, name]) for year in plan.years]
        rate = [f"{plan.random.randint(-40, 90)}%"] if plan.rates else []
        rows.append([label, *([own] if own else []), *values, *rate])
    return rows


def _spelt(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _blocks(rows: list[list[str]], year: int) -> tuple[Block, ...]:
    return (
        Text(f"莆田市人民政府{year}年政府信息公开工作年度报告", 1),
        Text(f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"),
        Text("附件3"),
        Grid(tuple((Cell(row[0], label=True), *map(Cell, row[1:])) for row in rows), 1),
        Text("附件4"),
    )


def _printed(random: Random, blocks: tuple[Block, ...], shape: Shape | None, *, visible: bool) -> str:
    how = Print(
        shape=shape or Shape.TABS,
        merged=Merged.DROPPED,
        markup=random.choice(list(Markup)) if shape else Markup.PLAIN,
        visible=visible,
        first_page=1,
    )
    return printed(blocks, how) if shape else _with_spaces(blocks)


def _with_spaces(blocks: tuple[Block, ...]) -> str:
    """Return a report in which every row is a line parted by single spaces."""
    lines: list[str] = []
    for block in blocks[:-1]:
        rows = [[block.text]] if isinstance(block, Text) else [[cell.text for cell in row] for row in block.rows]
        lines += (" ".join(filter(None, row)) for row in rows)
    return "\n".join(lines) + "\n"
