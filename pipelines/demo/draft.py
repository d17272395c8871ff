"""One synthetic report: what it is about, what it prints, and the blocks that it is made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from pipelines.demo.bodies import Member
from pipelines.demo.facts import facts
from pipelines.demo.figures import Cell, Figures, Number
from pipelines.demo.layout import Grid, Place, grids_of, roster_heads, series_heads, table_title
from pipelines.demo.media import Block, media, table_template
from pipelines.model.body import BodyKind
from pipelines.model.observation import TOTAL

_TENTH = Decimal("0.1")


class RosterLine(NamedTuple):
    """A line of a publication roster: a body, and the day on which it published, None where it did not."""

    name: str
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A report before it is printed.

    `figures` are true; `printed` is what stands in a cell of a table instead, `told` what the prose says instead, and
    `glued` the indicators whose cells are printed without anything between them. `before` are the figures of the year
    before, `rate` a rate of growth that is told instead of the true one, `earlier` years for an annex, oldest first.
    `variant` is which of several wordings the body uses, `nought` what its tables print for one.
    """

    member: Member
    year: int
    form: str
    figures: Figures
    published: datetime
    medium: str
    variant: int
    nought: str
    title_year: int
    table_year: int
    half_year: bool = False
    before: Figures = field(default_factory=dict)
    rate: str = ""
    earlier: Mapping[int, Figures] = field(default_factory=dict)
    roster: tuple[RosterLine, ...] = ()
    printed: Mapping[Cell, str] = field(default_factory=dict)
    told: Mapping[Cell, Number] = field(default_factory=dict)
    glued: frozenset[str] = frozenset()

    @property
    def path(self) -> str:
        """The name of its file below the folder of raw reports."""
        return f"{self.year}/synthetic_{self.year}_{self.member.body.body_id}.{media()[self.medium].suffix}"


def print_report(draft: Draft) -> bytes:
    """Return the bytes of a report."""
    return media()[draft.medium].bytes_of(list(_blocks(draft)))


def _blocks(draft: Draft) -> Iterator[Block]:
    wording, said = facts("wording"), _Said(draft)
    yield Block("title", wording["title"] % said)
    yield Block("text", wording["published"] % said)
    yield Block("text", wording["notice"])
    kind = "government" if draft.member.body.kind is BodyKind.GOVERNMENT else "other"
    yield Block("text", (wording["opening"][kind] + wording["period"]) % said)
    for section in wording["sections"][draft.form]:
        yield Block("heading", section["heading"])
        yield from (Block("text", text) for text in _prose(draft, said, section.get("paragraphs", ())))
        yield from (_table(draft, grid) for grid in grids_of(draft.form).get(section.get("tables", ""), ()))
    yield from _annexes(draft, said)


class _Said(dict[str, object]):
    """What the wording of a report can name; figures are looked up by indicator and breakdown."""

    def __init__(self, draft: Draft, **more: object) -> None:
        wording, place = facts("wording"), draft.member.place
        super().__init__(
            name=draft.member.name,
            place=place,
            year=draft.year,
            title_year=draft.title_year,
            table_year=draft.table_year,
            published=f"{draft.published:%Y-%m-%d %H:%M:%S}",
            month=wording["half_year" if draft.half_year else "last_day"],
            **more,
        )
        self._draft = draft

    def __missing__(self, key: str) -> Number:
        return told(self._draft, key)


def told(draft: Draft, name: str) -> Number:
    """Return what the prose of a report says of an indicator."""
    cell = name, TOTAL
    return draft.told[cell] if cell in draft.told else draft.figures.get(cell, 0)


def _prose(draft: Draft, said: Mapping[str, object], paragraphs: Sequence[Any]) -> Iterator[str]:
    """Yield the paragraphs of a section; sentences that follow each other are one."""
    found = "".join(_sentence(draft, each) % said for each in paragraphs)
    if found:
        yield found


def _sentence(draft: Draft, declared: Any) -> str:  # noqa: ANN401 - a wording, several of them, or one with a condition
    if isinstance(declared, dict) and "grows" in declared:
        return _growth(draft, declared)
    if isinstance(declared, dict):
        chosen: str = declared["some" if told(draft, declared["of"]) else "none"]
        return chosen
    return str(declared[draft.variant % len(declared)] if isinstance(declared, list) else declared)


def _growth(draft: Draft, declared: Mapping[str, str]) -> str:
    """Return a sentence on how a figure moved since the year before, nothing where that cannot be said."""
    now, before = told(draft, declared["grows"]), draft.before.get((declared["grows"], TOTAL), 0)
    rate = growth(now, before)
    if not rate:
        return ""
    said = {"now": now, "before": before, "rate": draft.rate or f"{abs(rate)}"}
    return (declared["more" if rate > 0 else "less"] % said).replace("%", "%%")


def growth(now: Number, before: Number) -> Decimal:
    """Return by how many per cent a figure moved, nought where it did not or nobody can tell.

    >>> growth(15, 20), growth(3, 0)
    (Decimal('-25.0'), Decimal('0'))
    """
    return (Decimal(now - before) * 100 / Decimal(before)).quantize(_TENTH) if before and now else Decimal(0)


def _table(draft: Draft, grid: Grid) -> Block:
    text = table_template(draft.medium, grid) % tuple([_figure(draft, cell) for cell in grid.cells])
    return Block("table", _glued(draft, grid, text) if draft.glued else text)


def _glued(draft: Draft, grid: Grid, text: str) -> str:
    """Return a table of plain text in which nothing stands between the figures of some rows."""
    lines = text.split("\n")
    for index, row in enumerate(grid.rows):
        figures = [_figure(draft, place.cell) for place in row if place.cell and place.cell[0] in draft.glued]
        if figures:
            lines[index] = lines[index].removesuffix("\t".join(figures)) + "".join(figures)
    return "\n".join(lines)


def _figure(draft: Draft, cell: Cell) -> str:
    if cell in draft.printed:
        return draft.printed[cell]
    number = draft.figures.get(cell, 0)
    return str(number) if number else draft.nought


def _annexes(draft: Draft, said: Mapping[str, object]) -> Iterator[Block]:
    """Yield the annexes, numbered: the statistics table, the roster, the years before."""
    for number, (title, blocks) in enumerate(_annex_tables(draft), start=1):
        yield Block("heading", facts("wording")["annexes"]["heading"] % {"number": number})
        yield Block("heading", title % said)
        yield from blocks


def _annex_tables(draft: Draft) -> Iterator[tuple[str, list[Block]]]:
    wording = facts("wording")["annexes"]
    for grid in grids_of(draft.form).get("s14", ()):
        title = wording["statistics"].replace("%(title)s", table_title(draft.form, "s14"))
        yield title, [Block("text", wording["filled_in_by"] % {"name": draft.member.name}), _table(draft, grid)]
    if draft.roster:
        yield wording["roster"], _annex_table(draft, roster_heads(), _roster_rows(draft.roster))
    if draft.earlier:
        heading, columns = series_heads()
        heads = (f"{heading[0]}  {heading[1:]}", *(columns[name] for name in facts("wording")["series"]))
        yield wording["series"], _annex_table(draft, heads, _series_rows(draft))


def _roster_rows(roster: Sequence[RosterLine]) -> Iterator[Sequence[str]]:
    wording = facts("wording")["annexes"]
    for line in roster:
        day = f"{line.published:%Y-%m-%d}" if line.published else ""
        yield line.name, wording["done" if line.published else "open"], day


def _series_rows(draft: Draft) -> Iterator[Sequence[str]]:
    for year, figures in draft.earlier.items():
        yield str(year), *(str(figures[name, TOTAL]) for name in facts("wording")["series"])


def _annex_table(draft: Draft, heads: Sequence[str], rows: Iterator[Sequence[str]]) -> list[Block]:
    """Return a table of texts and the remark below it."""
    grid = Grid("", tuple(tuple(map(Place, row)) for row in (heads, *rows)))
    text = media()[draft.medium].table(grid) % ()
    return [Block("table", text), Block("text", facts("wording")["annexes"]["remark"])]
