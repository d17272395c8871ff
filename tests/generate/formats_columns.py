"""The columns of table three as copies print them: in any order, more or fewer than the form has, under any heads."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from random import Random
from typing import NamedTuple

from tests.generate.formats_figures import TYPES
from tests.generate.grid import Cell, Merged, Print, Shape

ORGANISATIONS = "法人或其他组织"
TOTAL = "total"
_NAMES = dict(zip(TYPES, ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"), strict=True))
_NAMES[TOTAL] = "总计"
_ALIASES = {"总计": ("合计", "总数"), "其他": ("其它",), "科研机构": ("科研单位",)}
_CORNERS = ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "")
_STRANGERS = ("港澳台居民", "外籍人士", "新闻媒体")
_ROWS = frozenset({Shape.TABS, Shape.PIPES, Shape.MARKDOWN})
_CUT = 2


class Extra(StrEnum):
    """What a copy prints beside the columns of the form, or instead of some."""

    NONE = "nothing"
    SUBTOTAL = "a subtotal of the organisations"
    REMARK = "remarks"
    STRANGER = "a column of its own"
    GROUP = "one column for all organisations"


class Layout(StrEnum):
    """How the heads are laid out."""

    MERGED = "in three rows"
    FLAT = "in one row"
    CUT = "in four rows, long words cut"


class Column(NamedTuple):
    """A printed column: its head, the applicant of which it is, or what else it holds."""

    head: str
    applicant: str = ""
    extra: Extra = Extra.NONE


class Columns(NamedTuple):
    """The columns of a copy: those before the organisations, these, those after them."""

    before: tuple[Column, ...]
    within: tuple[Column, ...]
    after: tuple[Column, ...]
    layout: Layout
    corner: str

    @property
    def printed(self) -> tuple[Column, ...]:
        """Every column from left to right."""
        return (*self.before, *self.within, *self.after)

    @property
    def extras(self) -> set[Extra]:
        """What is printed that the form does not have."""
        return {column.extra for column in self.printed} - {Extra.NONE}

    def told(self, how: Print) -> bool:
        """Say whether a careful reader knows which column is which."""
        seen = how.shape is Shape.HTML or (
            how.shape in _ROWS and (how.merged is not Merged.DROPPED or self.layout is Layout.FLAT)
        )
        words = self.layout is not Layout.CUT and Extra.STRANGER not in self.extras
        if Extra.GROUP in self.extras:
            words = words and self.layout is Layout.MERGED
        return seen or (words and (how.shape in _ROWS or Extra.REMARK not in self.extras))


def drawn_columns(random: Random) -> Columns:
    """Draw the columns of a copy: mostly those of the form."""
    extra = random.choice((*[Extra.NONE] * 8, *Extra))
    person, *organisations = (Column(_NAMES[kind], kind) for kind in TYPES)
    total = Column(_NAMES[TOTAL], TOTAL)
    if extra is Extra.GROUP:
        organisations = [Column(ORGANISATIONS, extra=extra)]
    sides = [person, total]
    if not random.randrange(5):
        random.shuffle(sides)
        random.shuffle(organisations)
    if extra is Extra.SUBTOTAL:
        organisations.append(Column(random.choice(("法人小计", "小计", "法人合计")), extra=extra))
    if extra is Extra.STRANGER:
        organisations.insert(random.randint(0, 5), Column(random.choice(_STRANGERS), extra=extra))
    place = random.choice((1, 1, 1, 0, 2)) if sides[0] is total else 1
    after = [*sides[place:], *([Column("备注", extra=extra)] if extra is Extra.REMARK else [])]
    layout = random.choice((*[Layout.MERGED] * 4, *Layout))
    if extra is Extra.GROUP and layout is Layout.CUT:
        layout = Layout.MERGED
    found = Columns(tuple(sides[:place]), tuple(organisations), tuple(after), layout, random.choice(_CORNERS))
    return found if random.randrange(4) else _aliased(random, found)


def _aliased(random: Random, columns: Columns) -> Columns:
    def worded(some: Sequence[Column]) -> tuple[Column, ...]:
        return tuple(column._replace(head=random.choice(_ALIASES.get(column.head, (column.head,)))) for column in some)

    return columns._replace(before=worded(columns.before), within=worded(columns.within), after=worded(columns.after))


def heads_of_third(columns: Columns, width: int) -> list[tuple[Cell, ...]]:
    """Return the rows of the head; `width` columns are left to labels."""
    corner, printed = columns.corner, columns.printed
    if columns.layout is Layout.FLAT:
        return [(Cell(corner or "信息内容", 1, width, label=True), *_cells(printed, 1))]
    deep = 1 if Extra.GROUP in columns.extras else 1 + (_CUT if columns.layout is Layout.CUT else 1)
    first = (Cell(corner, 1 + deep, width, label=True), Cell("申请人情况", 1, len(printed), label=True))
    if deep == 1:
        return [first, tuple(_cells(printed, 1))]
    group = Cell(ORGANISATIONS, 1, len(columns.within), label=True)
    second = (*_cells(columns.before, deep), group, *_cells(columns.after, deep))
    if columns.layout is Layout.MERGED:
        return [first, second, tuple(_cells(columns.within, 1))]
    return [first, second, *_cut(columns.within)]


def _cells(columns: Sequence[Column], rows: int) -> Iterator[Cell]:
    return (Cell(column.head, rows, 1, label=True) for column in columns)


def _cut(columns: Sequence[Column]) -> list[tuple[Cell, ...]]:
    """Return heads in two rows: long words are cut, short ones reach over both."""
    long = [column.head for column in columns if len(column.head) > _CUT + 1]
    upper = tuple(
        Cell(column.head[:_CUT], label=True) if column.head in long else Cell(column.head, _CUT, 1, label=True)
        for column in columns
    )
    return [upper, tuple(Cell(head[_CUT:], label=True) for head in long)]
