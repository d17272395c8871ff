"""Statistics tables of a declared form: rows found by their labels, cells by what stands between two labels."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.extract.cells import Block, Layout, read_block, read_last_block
from pipelines.extract.decipher import deciphered
from pipelines.extract.doubts import with_doubts
from pipelines.extract.evidence import Evidence
from pipelines.extract.gaps import Content, Reading, Remark, in_doubt, with_doubt
from pipelines.extract.numbers import BARE_NUMBER
from pipelines.extract.page import Page
from pipelines.extract.rows import RowMatch, figures_stand_first, find_head, match_rows
from pipelines.extract.settle import Proof
from pipelines.model.finding import Finding
from pipelines.model.frozen import maker
from pipelines.model.identity import Cell
from pipelines.model.observation import Observation, Source, Status
from pipelines.model.report import Located
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.rules import rules

_FILLED_IN_BY = re.compile(r"[:](.+?)(?:\s{2,}|$)")
_TITLE_YEAR = re.compile(r"(20\d{2})年")
_FEWEST_ROWS = 5
_FIGURES_REACH = 40
_DIGIT = re.compile(r"\d")
_TITLE_REACH = 12
_LAST_REACH = 12
_TABLE = Source.TABLE
_observed = maker(Observation)


@dataclass(frozen=True, slots=True)
class TableReading:
    """One statistics table as read: a row for each printed row of the form, and the fragments it takes up."""

    page: Page
    table: FormTable
    report_year: int
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]
    lines: range
    filled_in_by: Located[str] | None

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The rows as they are printed."""
        return self.settled({})

    @property
    def cells(self) -> dict[Cell, Content]:
        """What is printed for each figure of the form."""
        return {reading.row.cell: reading.content for reading in self.readings}

    def settled(self, proofs: Mapping[Cell, Proof]) -> tuple[Observation, ...]:
        """Return the rows with what was proved of the blank ones."""
        return tuple([_observation(self, reading, proofs.get(reading.row.cell)) for reading in self.readings])


def read_table(page: Page, table: FormTable, report_year: int) -> TableReading | None:
    """Return the rows of a form's table in a page, None where the table is not there.

    Every row whose label is found becomes one observation, blanks included. A gap that holds two figures, or digits
    that cannot be told apart, is stored as unreadable: it is never guessed.
    """
    head = find_head(page, table)
    if head is None:
        return None
    begin, sequence = head
    matches, again = match_rows(page.keyed, table, page.keyed.offset(begin))
    if len(matches) < _FEWEST_ROWS or (not sequence and figures_stand_first(page, matches)):
        return None
    readings = deciphered(
        _once(_readings(page, table, matches, _blocks(page, Layout(table, sequence), matches))), table.form
    )
    title = _title_line(page, table, begin)
    return TableReading(
        page=page,
        table=table,
        report_year=report_year,
        readings=readings,
        findings=(
            *_findings(page, table, readings, report_year, matches[0].first),
            *year_findings(page, range(title, begin + 1), report_year),
            *second_table(page, again),
        ),
        lines=range(title, readings[-1].line + readings[-1].content.line + 1 if again is None else len(page.lines)),
        filled_in_by=_filled_in_by(page, table, range(title, begin + 1)),
    )


def first_of_rows(page: Page, table: FormTable) -> int | None:
    """Return the fragment of the first row where as many rows as make a table have figures, whatever their columns."""
    matches = [match for match in match_rows(page.keyed, table, 0).matches if not match.row.heading]
    filled = {here.row for here, there in pairwise((*matches, None)) if here and _has_figure(page, here, there)}
    return matches[0].first if len(filled) >= _FEWEST_ROWS else None


def _has_figure(page: Page, here: RowMatch, there: RowMatch | None) -> bool:
    """Say whether a digit stands between a label and the next, or not far below the last."""
    flow = page.keyed
    begin = flow.offset(here.last) + here.ends
    end = flow.offset(there.first) + there.begins if there else begin + _LAST_REACH
    return _DIGIT.search(flow.text, begin, min(end, begin + _FIGURES_REACH)) is not None


def _blocks(page: Page, layout: Layout, matches: list[RowMatch]) -> list[Block]:
    """Return for each row its label and what stands between it and the next."""
    lines = _without_numbers_beside(page, matches)
    blocks = [
        read_block(layout, (row, following), (begins, last - first, ends, begin), tuple(lines[first : below + 1]))
        for (row, first, begins, last, ends), (following, below, begin, *_) in pairwise(matches)
    ]
    last = matches[-1]
    reach = tuple(lines[last.first : last.last + _LAST_REACH])
    end = read_last_block(layout.table, last.row, (last.begins, last.last - last.first, last.ends), reach)
    return _with_rows(page, matches, [*blocks, end])


def _with_rows(page: Page, matches: Sequence[RowMatch], blocks: list[Block]) -> list[Block]:
    """Return what follows each label; a number in a cell beside it, in a row that the file marks, is no page's."""
    if not page.document.grids:
        return blocks
    rows = page.document.rows_of_cells()
    beside = [
        block.gap.suspect and rows.get(match.last, -1) == rows.get(match.last + block.gap.suspect.piece.line)
        for match, block in zip(matches, blocks, strict=True)
    ]
    return [
        block._replace(gap=block.gap._replace(suspect=None)) if own else block
        for block, own in zip(blocks, beside, strict=True)
    ]


def _without_numbers_beside(page: Page, matches: list[RowMatch]) -> Sequence[str]:
    """Return the fragments; where all labels stand in grids, a bare number beside them is that of a page."""
    texts = page.document.texts
    inside = page.document.rows_of_cells()
    if not inside or not all(match.last in inside for match in matches):
        return texts
    beside = range(matches[0].first, min(matches[-1].last + _LAST_REACH, len(texts)))
    numbers = {line for line in beside if line not in inside and BARE_NUMBER.fullmatch(page.tight[line])}
    return [("" if line in numbers else text) for line, text in enumerate(texts)] if numbers else texts


def _readings(page: Page, table: FormTable, matches: list[RowMatch], blocks: list[Block]) -> tuple[Reading, ...]:
    """Return the rows with the contents of their gaps, numbers of pages and rows left out where they are told apart."""
    layout, before = Evidence.of(matches, blocks), ["", *[block.gap.spill for block in blocks[:-1]]]
    gaps = [
        layout.settled(match.row, block.gap, spill) if spill or block.gap.valued else block.gap
        for match, block, spill in zip(matches, blocks, before, strict=True)
    ]
    for place, number in layout.between_pages(gaps):
        gaps[place] = with_doubt(matches[place].row, gaps[place], number)
    settled = with_doubts(page, table, matches, gaps, in_lines=layout.inline)
    return tuple(
        [
            Reading(match.row, block.label, gap.content, match.last)
            for match, block, gap in zip(matches, blocks, settled, strict=True)
        ]
    )


def _once(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Return each row once, in the order of the form; one that is printed twice with two contents is unreadable."""
    if len({reading.row for reading in readings}) == len(readings):
        return readings
    printed: dict[FormRow, list[Reading]] = {}
    for reading in readings:
        printed.setdefault(reading.row, []).append(reading)
    return tuple(map(_one_of, printed.values()))


def _one_of(printed: Sequence[Reading]) -> Reading:
    """Return what the places say in which one row is printed: the first that is not blank, if they agree."""
    filled = [reading for reading in printed if reading.content.status is not Status.BLANK] or printed[:1]
    said = {(reading.content.status, reading.content.value, reading.content.unit) for reading in filled}
    if len(printed) == 1 or filled[0].row.heading:
        return printed[0]
    first, words = filled[0], " | ".join([reading.content.printed or "" for reading in printed])
    remark = Remark("row-repeated", first.content.line, str(len(printed)), words)
    content = first.content if len(said) == 1 else in_doubt(first.content, words)
    return first._replace(content=content._replace(remarks=(*content.remarks, remark)))


def _observation(table: TableReading, reading: Reading, proof: Proof | None) -> Observation:
    (row, label, content, line), form = reading, table.table
    status, value, bound, precision, unit, _, below, printed, _, evidence = content
    return _observed(
        source=_TABLE,
        time_period=table.report_year,
        indicator=row.indicator,
        breakdown=row.breakdown,
        value=proof.value if proof else value,
        unit=unit,
        status=proof.status if proof else status,
        bound=bound,
        precision=precision,
        form=form.form,
        table=form.table,
        label=label,
        printed=printed,
        locator=table.page.document.places[line + below],
        evidence=proof.evidence if proof else evidence,
    )


def _title_line(page: Page, table: FormTable, begin: int) -> int:
    """Return the fragment of the table's title above its header, or that of the header."""
    above = range(begin, max(-1, begin - _TITLE_REACH), -1)
    return next((line for line in above if table.title in page.keys[line]), begin)


def _filled_in_by(page: Page, table: FormTable, lines: range) -> Located[str] | None:
    """Return which body filled the table in, as printed above its header."""
    for line in lines:
        text = page.tight[line]
        if text.startswith(table.filled_in_by) and (match := _FILLED_IN_BY.search(page.lines[line])):
            return Located(match[1].strip(), page.verbatim(line), page.locator(line))
    return None


def _findings(page: Page, table: FormTable, readings: tuple[Reading, ...], year: int, first: int) -> Iterator[Finding]:
    yield from findings_of(page, table, readings, year)
    units = [reading.content.has_unit for reading in readings if not reading.row.heading]
    if not all(units):
        yield rules()["units-missing"].broken(locators=(page.locator(first),), expected=len(units), found=sum(units))


def findings_of(page: Page, table: FormTable, readings: tuple[Reading, ...], year: int) -> Iterator[Finding]:
    """Yield what is to be said of the cells of a table, and which of its rows are not there."""
    for reading in readings:
        for remark in reading.content.remarks:
            yield _finding(page, reading, remark, year)
    yield from _rows_missing(page, table, readings)


def _finding(page: Page, reading: Reading, remark: Remark, year: int) -> Finding:
    row = reading.row
    return rules()[remark.rule].broken(
        locators=(page.locator(reading.line + remark.line),),
        expected=remark.expected,
        found=remark.found,
        time_period=year,
        indicator=row.indicator,
        breakdown=row.breakdown,
        label=row.label,
    )


def second_table(page: Page, again: int | None) -> Iterator[Finding]:
    """Yield that the same form is printed once more: it may be another body's, and is not read."""
    if again is not None:
        yield rules()["second-table"].broken(locators=(page.locator(again),), expected=1, found=2)


def year_findings(page: Page, lines: range, year: int) -> Iterator[Finding]:
    """Yield the year that a table's own title names, where it is not the report's."""
    for line in lines:
        match = _TITLE_YEAR.search(page.tight[line])
        if match and int(match[1]) != year:
            yield rules()["table-year"].broken(locators=(page.locator(line),), expected=year, found=match[1])


def _rows_missing(page: Page, table: FormTable, readings: tuple[Reading, ...]) -> Iterator[Finding]:
    found = {reading.row.position for reading in readings}
    lost = [row for row in table.rows if row.position not in found] if len(found) < len(table.rows) else []
    missing = [row for row in lost if not _may_lack(table, row)]
    if missing:
        yield rules()["rows-missing"].broken(
            locators=(page.locator(readings[-1].line + readings[-1].content.line),),
            expected=len(table.rows),
            found=len(table.rows) - len(missing),
            labels="、".join(row.label for row in missing),
        )


def _may_lack(table: FormTable, row: FormRow) -> bool:
    """Say whether a row of a table is not read, or not asked for by all: headings of columns, optional rows."""
    return table.optional or row.subtotal or bool(table.columns and row.heading)
