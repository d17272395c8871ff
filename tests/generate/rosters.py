"""Publication rosters in every layout: numbered, with people, links, several bodies on a line, names that are cut."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from pipelines.registry.annexes import roster_wording
from tests.generate.grid import Block, Cell, Grid, Markup, Merged, Print, Shape, Text, printed

_BODIES = ("县财政局", "县审计局", "县市场监督管理局", "永安社区", "桥南街道办事处", "县残联", "县公安局", "县教体局")
_PEOPLE = ("欧阳靖宇", "司马若兰", "赵铁柱", "钱多多")
_DONE = ("已完成", "已公布", "已公开", "是", "√")
_OPEN = ("未完成", "未公布", "未公开", "否", "×")
_NOTES = ("机构改革", "正在审核", "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One body of a roster as printed."""

    name: str
    status: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A report with a roster: its bodies, whether its layout tells them, and what may never be copied out."""

    blocks: tuple[Block, ...]
    text: str
    roster: tuple[Entry, ...]
    determined: bool
    secrets: tuple[str, ...]
    announced: int | None
    stored: bytes = b""

    @property
    def data(self) -> bytes:
        """The bytes of the report."""
        return self.stored or self.text.encode()

    @property
    def done(self) -> int:
        """How many bodies are done."""
        return sum(entry.status in _DONE for entry in self.roster)


def reports(seeds: range, shape: Shape) -> Iterator[tuple[int, Drawn]]:
    """Yield seeds with their reports."""
    for seed in seeds:
        yield seed, _report(Random(seed), shape)


def _report(random: Random, shape: Shape) -> Drawn:
    roster = tuple(_entry(random, name) for name in random.sample(_BODIES, random.randint(2, len(_BODIES))))
    columns = _columns(random)
    secrets = tuple(f"138{random.randint(0, 99_999_999):08}" for _ in roster) + _PEOPLE
    across = random.choice((1, 1, 2)) if "备注" not in columns else 1
    numbered = columns[0] == "序号"
    lines = [tuple(Cell(head, label=True) for head in columns * across)]
    bodies = [
        [_cell(random, head, entry, str(number), secrets) for head in columns]
        for number, entry in enumerate(roster, start=1)
    ]
    while len(bodies) % across:
        bodies.append([""] * len(columns))
    lines += [
        tuple(Cell(text) for body in bodies[start : start + across] for text in body)
        for start in range(0, len(bodies), across)
    ]
    announced = random.choice((None, sum(entry.status in _DONE for entry in roster), len(roster) + 3))
    told = f"全县共有{announced}个单位编制公布了年度报告。" if announced else "工作取得进展。"
    how = Print(shape=shape, merged=Merged.DROPPED, markup=random.choice(list(Markup)), visible=True, first_page=1)
    blocks: list[Block] = [
        Text("莆田县人民政府2016年政府信息公开工作年度报告", 1),
        Text("本报告所列数据的统计期限自2016年1月1日起至2016年12月31日止。"),
        Text(told),
        Text("附件2"),
        Grid(tuple(lines), 1),
        Text(f"填报人:{_PEOPLE[0]}  联系电话:{secrets[0]}"),
    ]
    people = any(head in roster_wording().personal for head in columns)
    by_row = shape.blanks_show
    return Drawn(
        blocks=tuple(blocks),
        text=printed(blocks, how),
        roster=roster,
        determined=by_row or (shape is Shape.CELLS and not people and numbered and across == 1),
        secrets=secrets,
        announced=announced,
    )


def _columns(random: Random) -> tuple[str, ...]:
    heads = [random.choice(("单位名称", "公开主体", "编制单位"))]
    heads += [random.choice(("编制", "是否公开", "公布情况"))]
    heads += [random.choice(("公布日期", "公开时间"))]
    heads += random.choice(([], [], ["联系人", "联系电话"], ["网址"], ["备注"]))
    return ("序号", *heads) if random.randrange(2) else tuple(heads)


def _entry(random: Random, name: str) -> Entry:
    if random.randrange(4):
        return Entry(name, random.choice(_DONE), date(2017, random.randint(1, 4), random.randint(1, 28)))
    return Entry(name, random.choice(_OPEN), None)


def _cell(random: Random, head: str, entry: Entry, number: str, secrets: tuple[str, ...]) -> str:
    day = entry.day
    spelt = random.choice(
        ("{0.year}年{0.month}月{0.day}日", "{0.year}-{0.month}-{0.day}", "{0.year}.{0.month}.{0.day}")
    )
    texts = {
        "序号": number,
        "联系人": random.choice(_PEOPLE),
        "联系电话": random.choice(secrets[: -len(_PEOPLE)]),
        "网址": "http://www.putian.gov.cn/art/2017/3/7/art_1229850027.html",
        "备注": "" if day else random.choice(_NOTES),
    }
    if head in texts:
        return texts[head]
    if head in roster_wording().name_heading:
        return entry.name
    if head in roster_wording().status_heading:
        return entry.status
    return spelt.format(day) if day else ""
