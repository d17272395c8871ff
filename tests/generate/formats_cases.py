"""Table four in every layout in which copies print it: side by side, one under the other, rows, columns."""

from collections.abc import Sequence
from enum import StrEnum
from random import Random
from typing import NamedTuple

from tests.generate.grid import Block, Cell, Grid, Shape, Text

OUTCOMES = {
    "upheld": ("结果维持",),
    "corrected": ("结果纠正",),
    "other": ("其他结果", "其他结果", "其它结果"),
    "pending": ("尚未审结", "尚未审结", "尚未审理"),
    "total": ("总计", "总计", "合计"),
}
CHANNELS = {
    "cases.review": ("行政复议",),
    "cases.litigation_direct": ("未经复议直接起诉", "未经复议直接起诉", "未经复议直接诉讼"),
    "cases.litigation_after_review": ("复议后起诉", "复议后起诉", "复议后诉讼"),
}
_LAWSUITS = "行政诉讼"


class Layout(StrEnum):
    """Where the three groups of five figures stand."""

    SIDE = "side by side, outcomes in one row"
    TALL = "side by side, outcomes of reviews reach over two rows"
    STACKED = "each group a table of its own"
    ROWS = "groups are rows"
    COLUMNS = "groups are columns"


class Cases(NamedTuple):
    """How a copy prints table four: layout, keys of groups and outcomes in printed order with their wordings."""

    layout: Layout
    corner: str
    channels: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, str], ...]

    def told(self, shape: Shape, texts: Sequence[Sequence[str]], *, blanks_seen: bool) -> bool:
        """Say whether a careful reader can tell all figures; `texts` are those of each group."""
        if shape.blanks_show:
            return True
        if not shape.parts_cells or self.layout is Layout.COLUMNS:
            return False
        full = all(text for group in texts for text in group)
        return full or (blanks_seen and self.layout in {Layout.SIDE, Layout.TALL} and any(texts[0]))


def drawn_cases(random: Random) -> Cases:
    """Draw how a copy prints table four."""
    layout = random.choice((Layout.SIDE, Layout.TALL, Layout.TALL, *Layout))
    channels = [(key, random.choice(wordings)) for key, wordings in CHANNELS.items()]
    outcomes = [(key, random.choice(wordings)) for key, wordings in OUTCOMES.items()]
    if not random.randrange(5):
        random.shuffle(outcomes)
        if layout in {Layout.STACKED, Layout.ROWS, Layout.COLUMNS}:
            random.shuffle(channels)
    return Cases(layout, random.choice(("", "统计指标")), tuple(channels), tuple(outcomes))


def printed_cases(cases: Cases, texts: Sequence[Sequence[str]]) -> list[Block]:
    """Return table four; `texts` are the cells of each group in printed order."""
    outcomes = tuple(Cell(wording, label=True) for _, wording in cases.outcomes)
    values = [tuple(map(Cell, group)) for group in texts]
    if cases.layout is Layout.STACKED:
        titles = [_title(key, wording) for key, wording in cases.channels]
        pairs = zip(titles, values, strict=True)
        return [block for title, row in pairs for block in (Text(title, 3), Grid((outcomes, row), 1))]
    labels = [Cell(wording, label=True) for _, wording in cases.channels]
    if cases.layout is Layout.ROWS:
        rows = [(label, *row) for label, row in zip(labels, values, strict=True)]
        return [Grid(((Cell(cases.corner, label=True), *outcomes), *rows), 1)]
    if cases.layout is Layout.COLUMNS:
        rows = [(outcome, *column) for outcome, *column in zip(outcomes, *values, strict=True)]
        return [Grid(((Cell(cases.corner, label=True), *labels), *rows), 1)]
    heads = _heads(cases, labels, outcomes)
    return [Grid((*heads, tuple(cell for row in values for cell in row)), len(heads))]


def _title(key: str, wording: str) -> str:
    return wording if key == "cases.review" else f"{_LAWSUITS}（{wording}）"


def _heads(cases: Cases, labels: Sequence[Cell], outcomes: tuple[Cell, ...]) -> list[tuple[Cell, ...]]:
    """Return the three rows of the head: the outcomes of reviews reach over two of them, or their title does."""
    litigation = Cell(_LAWSUITS, 1, 10, label=True)
    review, *others = labels
    channels = tuple(Cell(label.text, 1, 5, label=True) for label in others)
    if cases.layout is Layout.SIDE:
        return [(Cell(review.text, 2, 5, label=True), litigation), channels, outcomes * 3]
    tall = tuple(Cell(cell.text, 2, 1, label=True) for cell in outcomes)
    return [(Cell(review.text, 1, 5, label=True), litigation), (*tall, *channels), outcomes * 2]
