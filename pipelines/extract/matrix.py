"""Tables with several columns: requests by applicant, cases by outcome, documents by what became of them.

Rows are found by their labels, as in any table; what stands between two labels is cut into the cells of the row by
the separators that are seen, or by the form's own sums where figures run together.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import islice, zip_longest
from typing import NamedTuple

from pipelines.extract.cells import Content, Reading, Remark, in_doubt
from pipelines.extract.decipher import deciphered
from pipelines.extract.numbers import Cell as Printed
from pipelines.extract.numbers import parse_cell
from pipelines.extract.page import Flow, Page
from pipelines.extract.rows import RowMatch, match_rows
from pipelines.extract.split.layout import Strip, amount
from pipelines.extract.split.rows import ONLY_CUT
from pipelines.extract.split.solver import Reading as Cut
from pipelines.extract.split.solver import split
from pipelines.extract.split.sums import Stated
from pipelines.extract.strips import Mark, ink_of, marks_after
from pipelines.extract.tables import TableReading, findings_of, second_table, year_findings
from pipelines.model.figure import Bound, Figure
from pipelines.model.finding import Finding
from pipelines.model.identity import ZERO, Cell, Identity
from pipelines.model.observation import ONE, TOTAL, VALUELESS, Observation, Status
from pipelines.registry.forms import Form, FormRow, FormTable
from pipelines.registry.identities import identities_of
from pipelines.registry.misread import meant
from pipelines.registry.narrative import narrative_wording
from pipelines.registry.rules import rules
from pipelines.registry.units import same_unit
from pipelines.registry.wording import key

_LAST_REACH = 40
_CAPTION = 6
_MOST_PLACES = 5
_YEAR = re.compile(r"(20\d{2})年")
_HEAD_REACH = 200
_HEAD_BEFORE = 60
_TOTAL, _OTHERS, _SUBTOTAL = "总计", "其他", "小计"
_END_OF_TITLE, _LAWSUITS = "诉讼情况", "行政诉讼"
_DIGIT = re.compile(r"\d")
_UNCHANGED = frozenset({"不变", "无变化"})


class Trust(NamedTuple):
    """What another table of the same copy shows: its noughts are printed, it adds up, its cells run together.

    Where the large table three closes in every row and column, the sums of table four alone may cut its figures.
    """

    noughts: bool = False
    sound: bool = False
    glued: bool = False


UNPROVEN = Trust()


class Row(NamedTuple):
    """A row with its cells as they are printed, and where they stand."""

    row: FormRow
    label: str
    line: int
    marks: tuple[Mark, ...]


def read_matrix(
    page: Page, table: FormTable, report_year: int, stated: Iterable[Stated] = (), *, trust: Trust = UNPROVEN
) -> TableReading | None:
    """Return the rows of a table with columns, None where the table is not there.

    `stated` are figures of the prose that may decide between cuts, `trust` is what another table of the copy shows.
    """
    rows, again = _fullest(page, table, report_year)
    if not any(row.marks for row in rows):
        return None
    readings = deciphered(tuple(_readings(table, rows, stated, trust)), table.form)
    begin, end = rows[0].line, max(max((mark.line for mark in row.marks), default=row.line) for row in rows)
    return TableReading(
        page=page,
        table=table,
        report_year=report_year,
        readings=readings,
        findings=(
            *findings_of(page, table, readings, report_year),
            *second_table(page, again),
            *year_findings(page, range(max(0, begin - _CAPTION), begin + 1), report_year),
        ),
        lines=range(begin, end + 1),
        filled_in_by=None,
    )


def not_read(page: Page, form: Form, read: Collection[FormTable]) -> Iterator[Finding]:
    """Yield the tables with columns whose beginning is printed and of which nothing was read."""
    for table in form.tables:
        match = table.opening.search(page.keyed.text) if table.columns and table not in read else None
        if match:
            place = page.locator(page.keyed.line(match.start()))
            yield rules()["table-not-read"].broken(locators=(place,), expected=table.title, found="")


def stated_in(prose: Iterable[Observation], year: int) -> tuple[Stated, ...]:
    """Return the exact figures of the prose that may decide between cuts: those that it states in one way only."""
    said: dict[str, list[Observation]] = {}
    for found in prose:
        if found.value is not None and found.time_period == year and found.breakdown == TOTAL:
            said.setdefault(found.indicator, []).append(found)
    wording = narrative_wording().stands_for
    return tuple(
        Stated(((cell, TOTAL),), found[0].value or ZERO, found[0].locator)
        for name, found in said.items()
        if all(map(_is_exact, found)) and len({each.value for each in found}) == 1
        for cell in wording.get(name, (name,))
    )


def _is_exact(found: Observation) -> bool:
    return found.bound is Bound.EXACT and found.status is Status.REPORTED


def trust_in(reading: TableReading | None) -> Trust:
    """Return what the largest table of a form shows of the copy: whether it prints its noughts, whether it adds up."""
    if reading is None:
        return UNPROVEN
    contents = [each.content for each in reading.readings]
    full = all(content.value is not None for content in contents)
    return Trust(
        noughts=full and any(content.value == 0 for content in contents),
        sound=full and _adds_up(reading),
        glued=any(content.status is Status.SPLIT for content in contents),
    )


def _adds_up(reading: TableReading) -> bool:
    """Say whether every sum of a table without a blank holds."""
    cells = {each.row.cell: each.content.value or ZERO for each in reading.readings}
    sums = [law for law in identities_of(reading.table.form) if law.hard and law.operator == "=" and law.applies(cells)]
    asked = [law for law in sums if all(cell in cells for cell in law.cells)]
    return bool(asked) and all(
        sum(cells[cell] for cell in law.left) == sum(cells[cell] for cell in law.right) for law in asked
    )


def _fullest(page: Page, table: FormTable, year: int) -> tuple[list[Row], int | None]:
    """Return the rows of the place that looks like the table and has most cells, and where it is printed again.

    A place under a caption of another year comes last. The rows of a second table that says something else follow
    those of the first: nobody can tell which is meant.
    """
    places = list(islice(table.opening.finditer(page.keyed.text), _MOST_PLACES))
    found = [rows for place in places if (rows := list((_blocks if table.blocks else _rows)(page, table, place)))]
    if not found:
        return [], None
    late = [_captioned_otherwise(page, table, rows[0].line, year) for rows in found]
    first, *ranked = sorted(range(len(found)), key=lambda number: (late[number], -_inked(found[number]), number))
    others = [number for number in ranked if _is_table(found[number]) and _apart(found[first], found[number])]
    rivals = [row for number in others if late[number] == late[first] for row in found[number]]
    return [*found[first], *rivals], (found[others[0]][0].line if others else None)


def _captioned_otherwise(page: Page, table: FormTable, line: int, year: int) -> bool:
    """Say whether the title of a table names another year than that of the report."""
    above = [page.tight[number] for number in range(max(0, line - _CAPTION), line)]
    years = {int(text) for caption in above if table.title in key(caption) for text in _YEAR.findall(caption)}
    return bool(years) and year not in years


def _is_table(rows: Sequence[Row]) -> bool:
    """Say whether rows are a table, and not prose that names them: several have all of their cells."""
    return sum(_is_plain(row) and len(row.marks) > 1 for row in rows) > 1


def _inked(rows: Sequence[Row]) -> int:
    """Return how many marks hold a figure."""
    return sum(
        mark.text[:1].isdecimal() or mark.text[:1] in {"+", "-", "增", "减"} for row in rows for mark in row.marks
    )


def _apart(rows: Sequence[Row], others: Sequence[Row]) -> bool:
    """Say whether the cells of one reading are none of the other's."""
    taken = {mark.line for row in rows for mark in row.marks}
    return not any(mark.line in taken for row in others for mark in row.marks)


def _rows(page: Page, table: FormTable, opening: re.Match[str]) -> Iterator[Row]:
    """Yield the rows of a table in which each label is followed by its cells; none where its heads are in disorder."""
    matches = _near(match_rows(page.keyed, table, opening.start()).matches)
    if not matches or not _heads_in_order(table, page.keyed.text, opening.end()):
        return
    for ink in ink_of(page, matches, matches[-1].last + _LAST_REACH):
        row = ink.match.row
        if not row.heading:
            yield Row(row, ink.label, ink.match.last, ink.marks)


def _heads_in_order(table: FormTable, keyed: str, end: int) -> bool:
    """Say whether the heads that stand before the first row have the order of the form.

    A total may be read before the groups it adds up, but not before the first column. A column that the form does
    not have shifts all others.
    """
    begin = keyed.rfind(table.columns[0], max(0, end - _HEAD_REACH), end)
    if begin >= 0 and _SUBTOTAL in keyed[begin:end]:
        return False
    since = max(0, (begin if begin >= 0 else end) - _HEAD_BEFORE)
    found = [(keyed.rfind(head, since, end), head) for head in table.columns if head != _OTHERS]
    places = [place for place, head in found if place >= 0 and head != _TOTAL]
    totals = [place for place, head in found if place >= 0 and head == _TOTAL]
    return places == sorted(places) and not any(begin > total for total in totals)


def _near(matches: Sequence[RowMatch]) -> list[RowMatch]:
    """Return the rows up to the first that stands far below the one before: prose that names a row again."""
    kept: list[RowMatch] = []
    for match in matches:
        if kept and match.first - kept[-1].last > _LAST_REACH:
            break
        kept.append(match)
    return kept


def _blocks(page: Page, table: FormTable, opening: re.Match[str]) -> Iterator[Row]:
    """Yield the rows of a table in which each has its own heads: side by side with all cells below, or one by one."""
    flow, head = page.keyed, table.opening
    places = [opening]
    while len(places) < len(table.rows) and (match := head.search(flow.text, places[-1].end(), places[-1].end() + 400)):
        places.append(match)
    below = [tuple(_below(page, here, there)) for here, there in zip_longest(places, places[1:])]
    rows = _in_order(table, flow, places)
    if len(places) < len(table.rows) or rows is None:
        return
    line = flow.line(places[0].start())
    if below[0]:
        yield from (Row(row, row.label, line, marks) for row, marks in zip(rows, below, strict=True))
    else:
        yield from _side_by_side(rows, line, below[-1])


def _below(page: Page, head: re.Match[str], following: re.Match[str] | None) -> Iterator[Mark]:
    """Yield the cells that follow a head, up to the first words or the following head."""
    flow = page.keyed
    if following and not _DIGIT.search(flow.text, head.end(), following.start()):
        return
    line = flow.line(head.end() - 1)
    end = flow.line(following.start()) + 1 if following else line + _LAST_REACH
    yield from marks_after(page, line, head.end() - flow.offset(line), end)


def _in_order(table: FormTable, flow: Flow, heads: Sequence[re.Match[str]]) -> list[FormRow] | None:
    """Return the rows in the order in which their labels stand above their heads, None where one is not there.

    The title of the table names them too, and is passed over.
    """
    since, until = max(0, heads[0].start() - _HEAD_BEFORE), heads[-1].start()
    title = flow.text.rfind(_END_OF_TITLE, since, heads[0].start())
    since = title + len(_END_OF_TITLE) if title >= 0 else since
    found = {row: max(flow.text.rfind(label, since, until) for label in row.wordings) for row in table.rows}
    groups = flow.text.find(_LAWSUITS, since, until)
    if min(found.values()) < 0 or 0 <= groups < found[table.rows[0]]:
        return None
    return sorted(found, key=lambda row: found[row])


def _side_by_side(rows: Sequence[FormRow], line: int, marks: tuple[Mark, ...]) -> Iterator[Row]:
    """Yield one row for all: its cells stand on one line under heads that stand side by side."""
    figures = tuple(figure for row in rows for figure in row.figures)
    yield Row(_together(rows[0], figures), rows[0].label, line, marks)


@cache
def _together(row: FormRow, figures: tuple[FormRow, ...]) -> FormRow:
    return replace(row, figures=figures)


def _readings(table: FormTable, rows: Sequence[Row], stated: Iterable[Stated], trust: Trust) -> Iterator[Reading]:
    """Yield every figure of the rows as it is printed or cut."""
    twice = _printed_twice(rows)
    single = _once(rows)
    open_rows = [row for row in single if row.marks and not (_is_plain(row) or _is_misread(row))]
    cut = _cut(table, single, stated, trust) if open_rows else {}
    for row in single:
        if row.row.subtotal and not row.marks:
            continue
        contents = _contents(row, cut)
        for figure, content in zip(row.row.figures, contents, strict=True):
            said = in_doubt(content, " | ".join(twice[row.row])) if row.row in twice else content
            yield Reading(figure, row.label, said, row.line)


def _once(rows: Sequence[Row]) -> list[Row]:
    """Return each row once: the first that has figures."""
    found: dict[FormRow, Row] = {}
    for row in rows:
        if row.row not in found or (_inked([row]) and not _inked([found[row.row]])):
            found[row.row] = row
    return list(found.values())


def _printed_twice(rows: Sequence[Row]) -> dict[FormRow, list[str]]:
    """Return what is printed for the rows that stand there twice with different cells."""
    said: dict[FormRow, list[str]] = {}
    for row in rows:
        if _inked([row]):
            said.setdefault(row.row, []).append(" ".join(mark.printed for mark in row.marks))
    return {row: texts for row, texts in said.items() if len(set(texts)) > 1}


def _is_plain(row: Row) -> bool:
    """Say whether each cell of a row has a text of its own."""
    return len(row.marks) == len(row.row.figures) and all(_is_cell(mark.text) for mark in row.marks)


def _is_misread(row: Row) -> bool:
    """Say whether each cell of a row is seen apart, and what is no figure may be one that a machine misread."""
    if len(row.marks) != len(row.row.figures) or not _strip(row).whole:
        return False
    return all(_is_cell(mark.text) or meant(mark.text) is not None for mark in row.marks)


def _is_cell(text: str) -> bool:
    """Say whether a text is that of one cell: blank, a figure without leading noughts, or a word for nought or none."""
    if not text or text in _UNCHANGED or amount(text) is not None:
        return True
    cell = parse_cell(text)
    if cell is None:
        return False
    figure = text.partition("(")[0].strip().removesuffix(cell.unit).strip()
    return not text[0].isdecimal() or amount(figure) is not None


def _cut(table: FormTable, rows: Sequence[Row], stated: Iterable[Stated], trust: Trust) -> Mapping[Cell, Cut]:
    """Return what the sums of the form, and the prose, say of cells that run together.

    Only a copy that runs a row of noughts together (`0000000`) is cut: elsewhere what is missing is a blank cell.
    """
    if not (trust.glued or any(map(_is_glued, rows))):
        return {}
    inked = [row for row in rows if row.marks and all(_has_ink(mark.text) for mark in row.marks)]
    strips = [strip for row in inked if not (strip := _strip(row)).whole or len(row.marks) == len(row.row.figures)]
    printed = {cell for strip in strips for cell in strip.cells}
    sums = [identity for identity in identities_of(table.form) if identity.applies(printed)]
    told = [each for each in stated if printed.issuperset(each.cells)]
    blanks = False if trust.noughts else None
    cut = split(strips, sums, told, slips=0 if table.blocks and trust.sound else 1, blanks=blanks)
    return {
        cell: found
        for strip in strips
        if _is_borne_out(strip, cut, sums)
        for cell in strip.cells
        if (found := cut.get(cell))
    }


def _is_borne_out(strip: Strip, cut: Mapping[Cell, Cut], sums: Sequence[Identity]) -> bool:
    """Say whether the only cut of a row is one that its sums confirm; where none is asked it must be noughts."""
    found = [cut[cell] for cell in strip.cells if cell in cut]
    if not any(each.evidence == ONLY_CUT for each in found):
        return True
    worth = {cell: each.value or ZERO for cell, each in cut.items()}
    own = [law for law in sums if law.operator == "=" and not set(strip.cells).isdisjoint(law.cells)]
    asked = [law for law in own if all(cell in worth for cell in law.cells)]
    if not asked:
        return all(each.value == 0 for each in found)
    return all(sum(worth[cell] for cell in law.left) == sum(worth[cell] for cell in law.right) for law in asked)


def _is_glued(row: Row) -> bool:
    """Say whether all cells of a row are noughts that run together."""
    ink = row.marks[0].text if len(row.marks) == 1 else ""
    return len(row.row.figures) > 1 and ink == "0" * len(row.row.figures)


def _has_ink(text: str) -> bool:
    """Say whether a text may be cut: digits, or nothing; one with separators of thousands is one figure or none."""
    return not text or ((text[0] in "+-增减" or text[0].isdecimal()) and "," not in text)


def _strip(row: Row) -> Strip:
    """Return the strip of a row; it is `whole` where its cells are seen apart: then nothing runs together."""
    lines = {mark.line for mark in row.marks}
    apart = any(mark.apart for mark in row.marks) or (len(row.marks) > 1 and len(lines) == len(row.marks))
    cells = tuple(figure.cell for figure in row.row.figures)
    return Strip(cells, tuple(mark.text for mark in row.marks), whole=apart)


def _contents(row: Row, cut: Mapping[Cell, Cut]) -> Iterator[Content]:
    """Yield what each cell of a row holds."""
    figures = row.row.figures
    if not row.marks:
        yield from (_content(figure, "", 0, parse_cell("")) for figure in figures)
    elif _is_plain(row) or _is_misread(row):
        for figure, mark in zip(figures, row.marks, strict=True):
            yield _content(figure, mark.printed, mark.line - row.line, _printed(mark.text))
    else:
        ink, below = " ".join(mark.printed for mark in row.marks if mark.printed), row.marks[0].line - row.line
        contents = [_cut_content(figure, cut.get(figure.cell), ink, below) for figure in figures]
        yield from _said_once(contents)


def _said_once(contents: Sequence[Content]) -> Iterator[Content]:
    """Yield the cells of a row; that it cannot be cut is said once, not for each of them."""
    said = False
    for content in contents:
        yield content._replace(remarks=()) if said else content
        said = said or content.status is Status.UNREADABLE


def _printed(text: str) -> Printed | None:
    if text in _UNCHANGED:
        return Printed(Status.STATED_ZERO, Figure(ZERO))
    worth = amount(text)
    if worth is not None and text[0] in "增减":
        return Printed(Status.REPORTED, Figure(Decimal(worth)))
    return parse_cell(text)


def _cut_content(figure: FormRow, cut: Cut | None, ink: str, below: int) -> Content:
    """Return a cell that was cut out of a run, or why it could not be."""
    if cut is None or cut.status is Status.UNREADABLE:
        return _content(figure, ink, below, Printed(Status.UNREADABLE))
    if cut.status is Status.BLANK:
        return _content(figure, "", below, Printed(Status.BLANK))
    return _content(figure, cut.printed, below, _printed(cut.printed))._replace(
        status=cut.status, evidence=cut.evidence
    )


def _content(figure: FormRow, text: str, below: int, cell: Printed | None) -> Content:
    """Return the content of one cell; `below` counts fragments from the one in which the label ends."""
    cell = cell or Printed(Status.UNREADABLE)
    if figure.kind == "count" and cell.figure and cell.figure.value % 1 and meant(text) is not None:
        cell = Printed(Status.UNREADABLE)
    unit = cell.unit if cell.unit and not same_unit(cell.unit, figure.unit) else ""
    told = None if cell.status in VALUELESS else cell.figure or Figure(ZERO)
    remarks = [Remark("unreadable-cell", below, "1", text)] if cell.status is Status.UNREADABLE else []
    remarks += [Remark("unit-differs", below, figure.unit, unit)] if unit else []
    if told and figure.kind == "count" and (told.value < 0 or told.value != told.value.to_integral_value()):
        remarks.append(Remark("implausible-figure", below, "0, 1, 2, …", text))
    return Content(
        status=cell.status,
        value=told.value if told else None,
        bound=told.bound if told else Bound.EXACT,
        precision=told.precision if told else ONE,
        unit=unit or figure.unit,
        has_unit=True,
        line=below,
        printed=text,
        remarks=tuple(remarks),
    )
