"""Reports of the 2014 form whose text is stored on one line, with or without a space where a cell ends."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from random import Random

from tests.generate.figures import misprinted, true_figures
from tests.generate.stat_2014 import BODIES
from tests.generate.style import Hazard, PageNumbers, Shape, Style, draw_style
from tests.generate.table import print_table
from tests.generate.truth import Entry, Report


class Glue(StrEnum):
    """What stands between two cells."""

    SPACE = "cells parted by spaces on one line"
    WIDE = "cells parted by wide spaces on one line"
    NOTHING = "run together on one line"

    @property
    def text(self) -> str:
        """The characters between two cells."""
        return {Glue.SPACE: " ", Glue.WIDE: "\u3000\u3000", Glue.NOTHING: ""}[self]


def reports(seeds: range, glue: Glue, *hazards: Hazard, misprints: bool = False) -> Iterator[tuple[int, Report]]:
    """Yield seeds with their reports, each with a figure at least."""
    for seed in seeds:
        drawn = report(Random(seed), glue, *hazards, misprints=misprints)
        if any(entry.value is not None for entry in drawn.truth.values()):
            yield seed, drawn


def report(random: Random, glue: Glue, *hazards: Hazard, misprints: bool = False) -> Report:
    """Draw one report: its table follows the prose on the same line, or stands on one of its own."""
    style = replace(draw_style(random, frozenset(hazards)), shape=Shape.CELLS_TIGHT)
    year, body = random.randint(2014, 2018), random.choice(BODIES)
    actual = true_figures(random)
    table = print_table(random, style, misprinted(random, actual) if misprints else actual)
    told = glue is not Glue.NOTHING and _is_told(style)
    # Whether a bare number behind the last row is that of a page no one can tell where no line ends.
    lines = table.lines[:-1] if style.page_numbers is PageNumbers.BARE else table.lines
    cells = glue.text.join(line.strip() for line in lines if line.strip())
    foot = random.choice(("", "单位负责人：赵铁柱 填报人：钱多多", "（注：本表由办公室填报）"))
    parts = [
        f"本报告根据《中华人民共和国政府信息公开条例》编制，统计期限自{year}年1月1日起至{year}年12月31日止。",
        "一、概述。全年围绕中心工作推进政府信息公开，制度逐步完善，渠道逐步拓宽。",
        f"附件：{year}年度政府信息公开情况统计表",
        cells + glue.text + foot,
    ]
    text = f"{body}{year}年政府信息公开工作年度报告\n" + random.choice(("\n", " ")).join(parts) + "\n"
    return Report(
        data=text.encode(),
        text=text,
        encoding="utf-8",
        year=year,
        body=body,
        truth={
            ("table", year, *cell): Entry(entry.value, determined=told and entry.determined)
            for cell, entry in table.entries.items()
        },
        actual=actual,
        consistent=not misprints,
        hazards=frozenset(hazards),
    )


def _is_told(style: Style) -> bool:
    """Say whether the numbers of rows cannot be taken for figures: they have marks."""
    return bool(style.numbering["arabic"]) and not style.breaks
