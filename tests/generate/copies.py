"""Copies of reports as they are pasted together again: their blocks are printed with noise."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from random import Random
from typing import Protocol

from tests.generate.grid import NBSP, Block, Grid, Merged, Text, expanded
from tests.generate.truth import Cell, Entry

_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_MARKS = ("①", "*", "[1]", "¹", "(注)", "（含重复）", "注1")
_LONG_LABEL, _LEAST_PART = 6, 2


class Parting(StrEnum):
    """What parts the cells of a row."""

    TABS = "tabs"
    BARS = "bars between cells, none at the ends"
    FRAMED = "bars between cells and at the ends"
    WIDE = "three spaces"
    SINGLE = "one space"
    CELLS = "a line each"
    HTML = "web page"
    MARKDOWN = "Markdown"

    @property
    def keeps_blanks(self) -> bool:
        """Whether a blank cell is seen."""
        return self not in {Parting.WIDE, Parting.SINGLE, Parting.CELLS}

    @property
    def in_lines(self) -> bool:
        """Whether a line may be broken or followed by the number of a page."""
        return self not in {Parting.HTML, Parting.MARKDOWN}


class Noise(StrEnum):
    """A difficulty that copies hold."""

    WRAPPED_FIGURES = "figures that a line breaks"
    WRAPPED_LABELS = "labels that a line breaks, their cells beside either part"
    LOST_HEAD = "a row of heads lost"
    SEQUENCE = "the number of each row in a column of its own"
    REMARKS = "a blank column of remarks"
    PAGES = "numbers of pages between rows"
    BARE_PAGES = "numbers of pages that look like figures"
    HEADS_AGAIN = "heads repeated after the number of a page"
    MARKS = "marks of footnotes on figures"
    BLANK_NOUGHTS = "noughts left blank"
    THOUSANDS = "separators of thousands"
    WIDE_DIGITS = "digits of full width"
    SPARSE = "blank lines between rows"


_LONE = {Noise.BARE_PAGES, Noise.WRAPPED_FIGURES}
"""What nobody can tell from a figure where each cell has a line and blank ones are lost."""


class Source(Protocol):
    """A generated report whose blocks can be printed anew."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What it prints."""

    @property
    def year(self) -> int:
        """The year of the report."""

    @property
    def truth(self) -> Mapping[Cell, Entry]:
        """What each cell prints."""

    @property
    def actual(self) -> Mapping[Cell, Decimal]:
        """The figures before anything was spoilt."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a generated report, with the truth about its cells."""

    text: str
    year: int
    truth: Mapping[Cell, Entry]
    actual: Mapping[Cell, Decimal]
    consistent: bool = False

    @property
    def data(self) -> bytes:
        """The bytes of the copy."""
        return self.text.encode()


def copy_of(source: Source, random: Random, parting: Parting, noises: Collection[Noise]) -> Copy:
    """Return a copy of a report; what its cells print stays the same, except that noughts may become blanks."""
    text = copied(source.blocks, random, parting, noises)
    gone = {Decimal(0)} if Noise.BLANK_NOUGHTS in noises else set[Decimal]()
    truth = {cell: Entry(None if entry.value in gone else entry.value) for cell, entry in source.truth.items()}
    return Copy(text, source.year, truth, source.actual)


def copied(blocks: Sequence[Block], random: Random, parting: Parting, noises: Collection[Noise]) -> str:
    """Return the text of a copy of some blocks."""
    merged = random.choice(list(Merged)) if parting is not Parting.CELLS else Merged.DROPPED
    pages = iter(range(random.randint(1, 5), 1_000))
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Text):
            lines += [f"<p>{block.text}</p>" if parting is Parting.HTML else block.text]
            lines += [""] if parting is Parting.MARKDOWN else []
        else:
            lines += _table(_rows(block, random, merged, noises), random, parting, noises, pages)
    text = "\n".join(lines)
    return f"<html><body>{text}</body></html>" if parting is Parting.HTML else text


@dataclass(frozen=True, slots=True)
class _Rows:
    """The texts of a table, the first rows of which are its head."""

    heads: list[list[str]]
    body: list[list[str]]


def _rows(grid: Grid, random: Random, merged: Merged, noises: Collection[Noise]) -> _Rows:
    texts = expanded(grid, merged)
    heads, body = texts[: grid.heads], [[_printed(text, random, noises) for text in row] for row in texts[grid.heads :]]
    if Noise.LOST_HEAD in noises and len(heads) > 1:
        heads = heads[random.randrange(1, len(heads)) :] if random.randrange(2) else heads[:-1]
    if Noise.SEQUENCE in noises:
        heads = [["序号", *row] for row in heads]
        body = [[str(number), *row] for number, row in enumerate(body, start=1)]
    if Noise.REMARKS in noises:
        heads = [[*row, "" if number else "备注"] for number, row in enumerate(heads)]
        body = [[*row, ""] for row in body]
    return _Rows(heads, body)


def _printed(text: str, random: Random, noises: Collection[Noise]) -> str:
    if not text.isdecimal():
        return text
    shown = f"{int(text):,}" if Noise.THOUSANDS in noises else text
    shown = shown.translate(_WIDE_DIGITS) if Noise.WIDE_DIGITS in noises else shown
    shown += random.choice(_MARKS) if Noise.MARKS in noises and not random.randrange(20) else ""
    return "" if Noise.BLANK_NOUGHTS in noises and not int(text) else shown


def _table(
    rows: _Rows, random: Random, parting: Parting, noises: Collection[Noise], pages: Iterator[int]
) -> Iterator[str]:
    if parting is Parting.HTML:
        cells = ["".join(f"<td>{text}</td>" for text in row) for row in (*rows.heads, *rows.body)]
        yield "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    elif parting is Parting.MARKDOWN:
        for number, row in enumerate((*rows.heads, *rows.body)):
            yield f"| {' | '.join(row)} |"
            yield from [] if number else ["|" + "---|" * len(row)]
        yield ""
    else:
        yield from _in_lines(rows, random, parting, noises, pages)


def _in_lines(
    rows: _Rows, random: Random, parting: Parting, noises: Collection[Noise], pages: Iterator[int]
) -> Iterator[str]:
    for row in rows.heads:
        yield from _broken(row, random, parting, noises)
    for number, row in enumerate(rows.body):
        if number and not random.randrange(6):
            yield from _page(rows, random, parting, noises, pages)
        yield from _broken(row, random, parting, noises)
        yield from [""] if Noise.SPARSE in noises and not random.randrange(3) else []


def _page(
    rows: _Rows, random: Random, parting: Parting, noises: Collection[Noise], pages: Iterator[int]
) -> Iterator[str]:
    """Yield what stands where a page ends: its number, the heads of the table."""
    shown = ["- {page} -", "第{page}页 共9页"] * (Noise.PAGES in noises) + ["{page}"] * (Noise.BARE_PAGES in noises)
    if shown:
        yield random.choice(shown).format(page=next(pages))
        for row in rows.heads if Noise.HEADS_AGAIN in noises else []:
            yield from _broken(row, random, parting, ())


def _broken(row: Sequence[str], random: Random, parting: Parting, noises: Collection[Noise]) -> Iterator[str]:
    """Yield a row in one line, or in two where one of its texts is broken."""
    texts = list(row) if parting.keeps_blanks else [text for text in row if text]
    if parting is Parting.CELLS and not _LONE.isdisjoint(noises):
        texts = [text or NBSP for text in row]
    place = _breaks_at(texts, random, noises)
    if place is None:
        yield _line(texts, parting)
        return
    text = texts[place]
    at = random.randint(1 if text.isdecimal() else _LEAST_PART, len(text) - (1 if text.isdecimal() else _LEAST_PART))
    above = random.randrange(2)
    parts = (text[:at], text[at:])
    line = _line([*texts[:place], parts[above], *texts[place + 1 :]], parting)
    if parting is Parting.CELLS:
        yield _line([*texts[:place], *parts, *texts[place + 1 :]], parting)
    else:
        yield from (parts[0], line) if above else (line, parts[1])


def _breaks_at(texts: Sequence[str], random: Random, noises: Collection[Noise]) -> int | None:
    """Return which text of a row a line breaks, None where none is broken."""
    figures = [place for place, text in enumerate(texts) if text.isdecimal() and len(text) > 1]
    labels = [place for place, text in enumerate(texts) if not text[:1].isdecimal() and len(text) > _LONG_LABEL]
    places = figures[-1:] * (Noise.WRAPPED_FIGURES in noises) + labels[:1] * (Noise.WRAPPED_LABELS in noises)
    return random.choice(places) if places and not random.randrange(3) else None


def _line(texts: Sequence[str], parting: Parting) -> str:
    between = {
        Parting.TABS: "\t",
        Parting.BARS: " | ",
        Parting.FRAMED: " | ",
        Parting.WIDE: "   ",
        Parting.SINGLE: " ",
        Parting.CELLS: "\n",
    }
    line = between[parting].join(texts)
    return f"| {line} |" if parting is Parting.FRAMED else line
