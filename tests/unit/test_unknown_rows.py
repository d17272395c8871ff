"""Rows that a copy adds to a table of a national form: told with their words where they are seen, and read by none."""

from random import Random

import pytest

from pipelines.ingest.reading import read_report
from pipelines.model.observation import Source
from tests.generate.formats import report
from tests.generate.grid import Shape
from tests.generate.plain import cells

ADDED = ("区级公开专区受理数", "（九）政务新媒体咨询", "电话申请", "镇街自行统计数")
SEEN = (Shape.TABS, Shape.PIPES, Shape.MARKDOWN)


def with_row(text: str, label: str, random: Random, *, last: bool) -> str | None:
    """Return a report with one more row like another of its largest table, below its last row or anywhere."""
    lines = text.split("\n")
    wide = [at for at, line in enumerate(lines) if any(mark in line for mark in "\t|") and "---" not in line]
    widths = {at: lines[at].count("\t") + lines[at].count("|") for at in wide}
    body = [
        at
        for at in wide
        if widths[at] > 6 and any(part.strip().isdecimal() for part in lines[at].replace("|", "\t").split("\t"))
    ]
    if len(body) < 3:
        return None
    at = body[-1] if last else random.choice(body[1:-1])
    bar = "|" in lines[at]
    mark = " | " if bar else "\t"
    row = mark.join((label, *(str(random.randint(1, 9)) for _ in range(widths[at] - 2 * bar))))
    return "\n".join((*lines[: at + 1], f"| {row} |" if bar else row, *lines[at + 1 :]))


@pytest.mark.parametrize("shape", SEEN)
@pytest.mark.parametrize("form", ["format_2019", "format_2021"])
@pytest.mark.parametrize("last", [False, True])
def test_a_row_that_the_form_does_not_have_is_told(form: str, shape: Shape, *, last: bool) -> None:
    asked = 0
    for seed in range(30):
        random = Random(seed)
        drawn, label = report(random, form, shape), random.choice(ADDED)
        text = with_row(drawn.text, label, random, last=last)
        before = read_report(drawn.data)
        if text is None or not cells(before, Source.TABLE):
            continue
        reading, asked = read_report(text.encode()), asked + 1
        told = " ".join(each.found for each in reading.extraction.findings if each.rule != "title-wording")
        assert label.strip("（九）") in told or "table-not-read" in {
            each.rule for each in reading.extraction.findings
        }, seed
        values = {key: value for key, (value, _) in cells(reading, Source.TABLE).items() if value is not None}
        assert values.items() <= {key: value for key, (value, _) in cells(before, Source.TABLE).items()}.items(), seed
    assert asked > 5


def test_nobody_who_signs_below_a_table_is_named() -> None:
    for seed in range(10):
        text = report(Random(seed), "format_2021", Shape.TABS).text
        signed = text.replace("\n四、", "\n填报人：欧阳靖宇\t联系电话\t13812345678\n四、", 1)
        told = repr(read_report(signed.encode()).extraction)
        assert [secret for secret in ("欧阳靖宇", "13812345678") if secret in told] == [], seed
