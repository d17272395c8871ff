"""What a whole table tells of bare numbers in it: a row's value, the number of a page, or that of the next row."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.extract.cells import Block, Gap, Kind, spilled, with_doubt, without
from pipelines.extract.rows import RowMatch
from pipelines.model.observation import Status
from pipelines.registry.forms import FormRow


class Evidence(NamedTuple):
    """How a table is printed, as far as it tells numbers apart.

    `most` is how many cells a row has, `inline` whether values stand beside their labels, `visible` whether blank
    cells are seen, `breaks` how many headers are repeated, `counting` whether a bare number stands before each of
    them and these count on. `numbered` is whether labels have numbers before them while some lack theirs, `broken`
    whether most of these stand on lines of their own.
    """

    most: int
    inline: bool
    visible: bool
    breaks: int
    counting: bool
    numbered: bool
    broken: bool

    @classmethod
    def of(cls, matches: Sequence[RowMatch], blocks: Sequence[Block]) -> "Evidence":
        """Return what the rows of a table tell."""
        rows = [(match.row, block) for match, block in zip(matches, blocks, strict=True)]
        ended = [block.gap for _, block in rows if block.gap.header]
        plain = [block.gap for row, block in rows if not row.heading and not block.gap.header and not block.gap.suspect]
        ordered = [block for row, block in rows if row.number.isdecimal()]
        ordinals = sum(block.gap.ordinal is not None or block.gap.shifted for block in blocks)
        return cls(
            most=_usual(gap.cells for gap in plain if gap.content.status is not Status.UNREADABLE),
            inline=2 * sum(block.gap.inline for _, block in rows) > sum(_valued(block.gap) for _, block in rows),
            visible=any(gap.blank for gap in plain),
            breaks=len(ended),
            counting=_counting(ended),
            numbered=any(block.numbered for block in ordered) and ordinals > 1,
            broken=2 * ordinals > len(ordered),
        )

    def settled(self, row: FormRow, gap: Gap, before: str) -> Gap:
        """Return a gap without what is no value of its row; with a doubt where nobody can tell.

        `before` is what was printed before the row's label and is no part of the row above for certain.
        """
        if gap.ordinal is not None:
            gap = self._without_ordinal(row, gap)
        if gap.suspect is not None:
            gap = self._without_page(row, gap)
        return spilled(row, gap, before) if before and not gap.cells else gap

    def _without_ordinal(self, row: FormRow, gap: Gap) -> Gap:
        if gap.ordinal is None or not (self.broken or self.numbered):
            return gap
        telling = self.broken or gap.cells > 1 or self.inline
        return without(row, gap, gap.ordinal) if telling else with_doubt(row, gap, gap.ordinal)

    def _without_page(self, row: FormRow, gap: Gap) -> Gap:
        if gap.suspect is None:
            return gap
        if gap.cells > self.most or self.inline:
            return without(row, gap, gap.suspect)
        if self.visible or not self.counting or not (gap.header or self.breaks):
            return gap
        return with_doubt(row, gap, gap.suspect)


def _valued(gap: Gap) -> bool:
    return any(token.kind is Kind.VALUE for token in gap.tokens)


def _usual(counts: Iterable[int]) -> int:
    """Return how many cells most rows have, rows without any left out."""
    seen = Counter(count for count in counts if count)
    return min(seen, key=lambda count: (-seen[count], count), default=1)


def _counting(ended: Sequence[Gap]) -> bool:
    """Say whether a bare number stands before every repeated header, and these count on as pages do."""
    numbers = [int(gap.suspect.piece.text) for gap in ended if gap.suspect]
    return len(numbers) == len(ended) and all(later == sooner + 1 for sooner, later in pairwise(numbers))
