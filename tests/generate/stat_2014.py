"""Reports of the 2014-2018 form with the truth about them: `report(Random(seed))`, or `reports(seeds)` for many."""

import codecs
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.generate.annexes import Annex, print_roster, print_series
from tests.generate.figures import SUMS, misprinted, true_figures
from tests.generate.grid import Block, Text
from tests.generate.prose import print_prose
from tests.generate.style import Hazard, Shape, Style, draw_style
from tests.generate.table import Table, print_table
from tests.generate.truth import Cell, Entry, Key, Report

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le")
BODIES = (
    "海门市人民政府",
    "桐柏县人民政府",
    "长沙市岳麓区人民政府",
    "安庆市财政局",
    "伊宁县水利局",
    "桥西区中山街道办事处",
    "汉源县九襄镇人民政府",
)
NAMES = ("欧阳靖宇", "司马若兰", "赵铁柱", "钱多多", "王海娇")
_TITLES = ("政府信息公开工作年度报告", "信息公开工作年度报告", "政府信息公开年度报告", "政府信息公开工作年报")
_HEADING = re.compile("[一二三四五六七]、.{2,12}$")
_BY_ROW = (Shape.TABS, Shape.WIDE, Shape.SINGLE)


def reports(
    seeds: range,
    *hazards: Hazard,
    misprints: bool = False,
    encoding: str | None = None,
    shape: Shape | None = None,
) -> Iterator[tuple[int, Report]]:
    """Yield seeds with their reports that hold the hazards named and no other, each with a figure at least."""
    for seed in seeds:
        drawn = report(Random(seed), hazards, misprints=misprints, encoding=encoding, shape=shape)
        if any(entry.value is not None for entry in drawn.truth.values()):
            yield seed, drawn


def report(
    random: Random,
    hazards: Collection[Hazard] = (),
    *,
    misprints: bool = False,
    encoding: str | None = None,
    shape: Shape | None = None,
) -> Report:
    """Draw one report: body, year, figures, which cells are blank, prose, annexes, layout and encoding."""
    style, year, body = _style(random, frozenset(hazards)), random.randint(2014, 2018), random.choice(BODIES)
    style = replace(style, shape=shape or style.shape)
    actual = true_figures(random)
    secrets = _secrets(random)
    table = print_table(random, style, misprinted(random, actual) if misprints else actual)
    prose = print_prose(random, year, body, _noughts(actual, table), secrets[-1])
    annexes = _annexes(random, style, year)
    foot = _signatures(random, style, secrets)
    title, above = _title(random, year, body), _above_table(random, year)
    lines = [*title, *prose.lines, *above, *table.lines, *foot, ""]
    blocks = [*_heads(title), *_texts(prose.lines), *_texts(above), table.grid, *_texts(foot)]
    for number, annex in enumerate(annexes, start=2):
        blocks += [Text(f"附件{number}", 2), annex.grid, Text(_signature_line(secrets))]
        lines += [f"附件{number}", "", *annex.lines, "", _signature_line(secrets), ""]
    text = random.choice(("\n", "\r\n")).join(lines)
    encoding = encoding or random.choice(ENCODINGS)
    return Report(
        data=text.encode(encoding),
        text=text,
        encoding=encoding,
        year=year,
        body=body,
        truth=_keyed(year, table.entries) | prose.entries | _merged(annexes),
        actual=actual,
        consistent=not misprints,
        noughts=tuple(prose.noughts),
        roster=tuple(entry for annex in annexes for entry in annex.roster),
        announced_parts=prose.announced_parts,
        has_period=prose.has_period,
        secrets=secrets,
        hazards=frozenset(hazards),
        blocks=tuple(blocks),
    )


def prose_reports(seeds: range) -> Iterator[tuple[int, Report]]:
    """Yield seeds with reports that hold prose and no table, each with a figure at least."""
    drawn = ((seed, _prose_report(Random(seed))) for seed in seeds)
    yield from ((seed, report) for seed, report in drawn if report.truth)


def _prose_report(random: Random) -> Report:
    year, body = random.randint(2010, 2018), random.choice(BODIES)
    actual, secrets = true_figures(random), _secrets(random)
    prose = print_prose(random, year, body, _noughts(actual, Table(entries={cell: Entry(None) for cell in actual})), "")
    title = _title(random, year, body)
    text = "\n".join((*title, *prose.lines))
    return Report(
        data=text.encode(),
        text=text,
        encoding="utf-8",
        year=year,
        body=body,
        truth=prose.entries,
        actual=actual,
        consistent=True,
        noughts=tuple(prose.noughts),
        secrets=secrets,
        blocks=(*_heads(title), *_texts(prose.lines)),
    )


def _texts(lines: Sequence[str]) -> list[Block]:
    """Return lines as paragraphs, the headings of parts as such."""
    return [Text(text, 2 if _HEADING.match(text) else 0) for text in map(str.strip, lines) if text]


def _heads(lines: Sequence[str]) -> list[Block]:
    """Return the lines of a title as such; what stands below them is a paragraph."""
    return [Text(text, 0 if text.startswith("发布日期") else 1) for text in lines if text]


def in_encoding(original: Report, encoding: str) -> Report:
    """Return the same report stored in another encoding; `utf-16-be` gets its byte order mark."""
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    return replace(original, data=mark + original.text.encode(encoding), encoding=encoding)


def _style(random: Random, hazards: frozenset[Hazard]) -> Style:
    style = draw_style(random, hazards)
    if Hazard.WRAPPED_LABELS in hazards:
        return replace(style, shape=random.choice(_BY_ROW))
    if Hazard.SPACED_NOTES in hazards:
        return replace(style, notes_in_cells=True)
    return style


def _secrets(random: Random) -> tuple[str, ...]:
    return (*random.sample(NAMES, 3), f"138{random.randint(0, 99_999_999):08}", f"86{random.randint(0, 99_999):05}")


def _noughts(actual: dict[Cell, Decimal], table: Table) -> dict[Cell, Decimal]:
    """Return the cells that are nought in truth and not printed as anything else, parts included."""
    nought = {cell: value for cell, value in actual.items() if not value and not table.entries[cell].value}
    return {cell: value for cell, value in nought.items() if all(part in nought for part in SUMS.get(cell, ()))}


def _title(random: Random, year: int, body: str) -> list[str]:
    name = random.choice(_TITLES)
    spelt = random.choice((str(year), "二〇一" + "零一二三四五六七八"[year - 2010]))
    title = random.choice(
        (
            [f"{body}{spelt}年{name}"],
            [f"{body} {spelt}年{name}"],
            [f"{spelt}年{body}{name}"],
            [body, f"{spelt}年{name}"],
            [f"{body}{spelt}年", name],
        )
    )
    stamp = random.choice(([], [f"发布日期:{year + 1}-03-16 16:23:19   浏览次数:7625"]))
    return [*title, *stamp, ""]


def _above_table(random: Random, year: int) -> list[str]:
    return [
        "附件1",
        "",
        random.choice(
            (f"{year}年度政府信息公开情况统计表", "政府信息公开情况统计表", f"政府信息公开情况统计表({year}年度)")
        ),
        random.choice(("", "填报单位（盖章）：县政府办公室")),
    ]


def _annexes(random: Random, style: Style, year: int) -> list[Annex]:
    wanted = Hazard.GAPPED_SERIES in style.hazards or Hazard.SERIES_REMARKS in style.hazards
    printed = [print_series(random, style, year)] if wanted or random.randrange(2) else []
    if random.randrange(2):
        printed.append(print_roster(random, style, year))
        random.shuffle(printed)
    return printed


def _signature_line(secrets: tuple[str, ...]) -> str:
    return f"填报人:{secrets[0]}                  联系电话:{secrets[3]}"


def _signatures(random: Random, style: Style, secrets: tuple[str, ...]) -> list[str]:
    """Return the lines under a table that name who filled it in."""
    head, checked, filled, mobile, phone = secrets
    if Hazard.SPLIT_SIGNATURES not in style.hazards:
        return [f"单位负责人：{head}   审核人：{checked}   填报人：{filled}", f"联系电话：{mobile}", ""]
    cells = [("填报人：", filled), ("联系电话：", random.choice((mobile, phone))), ("审核人", checked)]
    random.shuffle(cells)
    if not style.shape.by_row:
        return [text for pair in cells for text in pair]
    return [random.choice(("  ", "\t")).join(text for pair in cells for text in pair)]


def _keyed(year: int, entries: dict[Cell, Entry]) -> dict[Key, Entry]:
    return {("table", year, *cell): entry for cell, entry in entries.items()}


def _merged(annexes: list[Annex]) -> dict[Key, Entry]:
    return {key: entry for annex in annexes for key, entry in annex.entries.items()}
