"""What a whole table tells of bare numbers in it: a row's value, the number of a page, or that of the next row."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from pipelines.extract.cells import Block
from pipelines.extract.gaps import Gap, doubted, spilled, with_doubt, without
from pipelines.extract.rows import RowMatch
from pipelines.extract.tokens import Kind, Token, before_words, is_lone_number, is_own
from pipelines.model.observation import Status
from pipelines.registry.forms import FormRow

_UNREADABLE = Status.UNREADABLE
# Members of an enum cost a look-up each time; a table asks for them hundreds of times.
_VALUE, _BLANK, _UNIT, _STRANGER = Kind.VALUE, Kind.BLANK, Kind.UNIT, Kind.STRANGER
_SPEAKING = (_UNIT, _VALUE, _BLANK)
_UNIT_FIRST, _UNIT_LAST = [True, False], [False, True]
_UP_TO_REMARK = 3
_PAGES_ON = 4
"""How far the number of a page may be from the last that is known, where none is known after it."""


class Evidence(NamedTuple):
    """How a table is printed, as far as it tells numbers apart.

    `most` is how many cells a row has, `slots` how many with its unit at most, `unitless` how many where it prints
    none, `inline` whether values stand beside their labels, `visible` whether blank cells are seen, `pages` which bare
    numbers may be those of pages. `numbered` is whether labels have numbers before them while some lack theirs,
    `broken` whether most of these stand on lines of their own, `unit_first` and `unit_last` whether units stand before
    or behind their values, `beside_unit` whether some stand right after.
    """

    most: int
    inline: bool
    visible: bool
    slots: int
    unitless: int
    pages: frozenset[int]
    numbered: bool
    broken: bool
    unit_first: bool
    unit_last: bool
    beside_unit: bool

    @classmethod
    def of(cls, matches: Sequence[RowMatch], blocks: Sequence[Block]) -> "Evidence":
        """Return what the rows of a table tell."""
        gaps, rows = [block.gap for block in blocks], [match.row for match in matches]
        ended, valued = [gap for gap in gaps if gap.header], [gap for gap in gaps if gap.valued]
        plain = [
            gap
            for row, gap in zip(rows, gaps, strict=True)
            if not (row.heading or gap.header or gap.suspect is not None)
        ]
        ordered = [block for row, block in zip(rows, blocks, strict=True) if row.number.isdecimal()]
        most = _usual([gap.cells for gap in plain if gap.cells and gap.content.status is not _UNREADABLE])
        ordinals = sum([gap.ordinal is not None or gap.shifted for gap in gaps])
        orders = [[token.kind is _UNIT for token in gap.tokens if token.kind in _SPEAKING][:2] for gap in plain]
        first, last = orders.count(_UNIT_FIRST), orders.count(_UNIT_LAST)
        slots = _most_slots(plain, most)
        return cls(
            most=most,
            inline=2 * sum([gap.inline for gap in valued]) > len(valued),
            visible=True in [gap.blank for gap in plain],
            slots=slots,
            unitless=slots if 2 * (first + last) > len(plain) else most,
            pages=_pages(ended),
            numbered=ordinals > 1 and any(block.numbered for block in ordered),
            broken=2 * ordinals > len(ordered),
            unit_first=first > last,
            unit_last=last > first,
            beside_unit=any(map(_stands_beside_unit, [gap for gap in plain if gap.valued])),
        )

    def settled(self, row: FormRow, gap: Gap, before: str) -> Gap:
        """Return a gap without what is no value of its row; with a doubt where nobody can tell.

        `before` is what was printed before the row's label and is no part of the row above for certain.
        """
        if gap.valued:
            gap = self._told_apart(row, gap)
        return spilled(row, gap, before) if before and not gap.cells else gap

    def between_pages(self, gaps: Sequence[Gap]) -> list[tuple[int, Token]]:
        """Return the rows whose only number may be that of a page, with it.

        Where blank cells are lost, a bare number after the value of one row is that of a page; between two such pages
        another may stand where a row is blank.
        """
        if self.inline or self.visible:
            return []
        pages = [(place, int(gap.tokens[-1].piece.text)) for place, gap in enumerate(gaps) if self._ends_page(gap)]
        lone = (
            (place, gap.tokens[-1])
            for place, gap in enumerate(gaps)
            if pages and _is_lone(gap) and not self._ends_page(gap)
        )
        return [(place, number) for place, number in lone if _may_be_page(place, int(number.piece.text), pages)]

    def _ends_page(self, gap: Gap) -> bool:
        """Say whether a number on a line of its own follows the cells of a row, one more than rows have."""
        values = [token for token in gap.tokens if token.kind is _VALUE]
        surplus = len(values) == self.most + 1 and all(map(is_own, gap.tokens))
        return surplus and gap.tokens[-1] is values[-1] and is_lone_number(values[-1])

    def _told_apart(self, row: FormRow, gap: Gap) -> Gap:
        """Return a gap with a value without what is none, or with a doubt."""
        if gap.ordinal is not None:
            gap = self._without_ordinal(row, gap)
        if gap.suspect is not None:
            gap = self._without_page(row, gap)
            if gap.content.status is _UNREADABLE:
                return gap
        elif gap.late is not None and gap.slots > (self.slots if gap.content.has_unit else self.unitless):
            return with_doubt(row, gap, gap.late)
        told = gap.valued and not row.heading and gap.content.status is not _UNREADABLE
        lost = self._of_lost_row(gap) if told else None
        found = (before_words(gap.tokens), self._out_of_place(gap), self._in_remarks(gap), lost)
        doubtful = [id(token) for token in found if token]
        first = next((token for token in gap.tokens if id(token) in doubtful), None) if doubtful else None
        return with_doubt(row, gap, first) if first else gap

    def _out_of_place(self, gap: Gap) -> Token | None:
        """Return a number on a line of its own, which may be that of a page, where no value of the table stands.

        Values stand beside their labels there, or all of them after their units, or all before.
        """
        own = [token.kind for token in takewhile(is_own, gap.tokens)]
        unit = own.index(_UNIT) if _UNIT in own else 0
        reach = len(gap.tokens) if self.inline else unit * self.unit_first
        behind = gap.tokens[unit:] if self.unit_last and _UNIT in own else ()
        return next(filter(is_lone_number, (*gap.tokens[:reach], *behind)), None)

    def _of_lost_row(self, gap: Gap) -> Token | None:
        """Return a value that may be that of a row whose label a copy has lost.

        It stands beside a second unit, or after a blank cell where rows have no units and a cell each.
        """
        kinds = [token.kind for token in gap.tokens]
        place, units_of = kinds.index(_VALUE), kinds.count(_UNIT)
        if not units_of:
            extra = self.unitless == self.most < gap.cells and kinds[-2:] == [_BLANK, _VALUE]
            return gap.tokens[-1] if extra and not gap.tokens[-2].piece.text else None
        behind = self.unit_last and units_of > 1 and _UNIT in kinds[:place] and _UNIT in kinds[place:]
        return gap.tokens[place] if behind or kinds[:place].count(_UNIT) > 1 else None

    def _in_remarks(self, gap: Gap) -> Token | None:
        """Return a number after a blank cell that stands right after the unit, where values stand elsewhere.

        It stands in a column of remarks, or in another that the form does not have.
        """
        kinds = [token.kind for token in gap.tokens[:_UP_TO_REMARK]] if self.beside_unit else []
        blank = gap.tokens[1] if kinds == [_UNIT, _BLANK, _VALUE] else None
        return gap.tokens[2] if blank and not blank.piece.text else None

    def _without_ordinal(self, row: FormRow, gap: Gap) -> Gap:
        if gap.ordinal is None or not (self.broken or self.numbered):
            return gap
        telling = self.broken or gap.cells > 1 or self.inline
        return without(row, gap, gap.ordinal) if telling else with_doubt(row, gap, gap.ordinal)

    def _without_page(self, row: FormRow, gap: Gap) -> Gap:
        if gap.suspect is None:
            return gap
        alone = gap.suspect.piece.alone
        if gap.cells > self.most or (self.inline and alone):
            told = gap.header or self.inline or int(gap.suspect.piece.text) in self.pages
            return without(row, gap, gap.suspect) if told else doubted(row, gap)
        may_be_page = not alone or (int(gap.suspect.piece.text) in self.pages and not self.visible)
        return with_doubt(row, gap, gap.suspect) if may_be_page else gap


def _is_lone(gap: Gap) -> bool:
    """Say whether the one value of a row is a bare number on a line of its own that nothing follows."""
    return gap.cells == 1 and bool(gap.tokens) and is_lone_number(gap.tokens[-1])


def _may_be_page(place: int, number: int, pages: Sequence[tuple[int, int]]) -> bool:
    """Say whether a number counts on from the page before it, and is less than the one after."""
    before = [page for row, page in pages if row < place]
    after = [page for row, page in pages if row > place]
    least, most = before[-1] if before else 0, after[0] if after else before[-1] + _PAGES_ON
    return least < number < most


def _stands_beside_unit(gap: Gap) -> bool:
    return [token.kind for token in gap.tokens[:2]] == [_UNIT, _VALUE]


def _usual(counts: Iterable[int]) -> int:
    """Return how many cells most rows with any have."""
    seen = Counter(counts)
    return min(seen, key=lambda count: (-seen[count], count), default=1)


def _most_slots(plain: Sequence[Gap], most: int) -> int:
    """Return how many cells and units a row has at most, of rows with no more cells than usual.

    Rows with a number after a blank are left out unless many have one.
    """
    valued = [gap for gap in plain if gap.valued]
    many = 2 * sum([gap.late is not None for gap in valued]) >= len(valued)
    usual = [gap for gap in plain if many or gap.cells <= most]
    return max([gap.slots for gap in usual if many or gap.late is None], default=0)


def _pages(ended: Sequence[Gap]) -> frozenset[int]:
    """Return the numbers that pages may have: those before every repeated header, if they count on, and the next."""
    numbers = [int(gap.suspect.piece.text) for gap in ended if gap.suspect]
    if not numbers or len(numbers) < len(ended) or any(later != sooner + 1 for sooner, later in pairwise(numbers)):
        return frozenset()
    return frozenset((*numbers, numbers[-1] + 1))
