"""What the cells of rows with several columns hold, and what is to be said of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pipelines.extract.gaps import Content, Reading, Remark, in_doubt
from pipelines.extract.matrix.cuts import cuts_of
from pipelines.extract.matrix.rows import Row, inked, is_misread, is_plain
from pipelines.extract.matrix.trust import Trust
from pipelines.extract.numbers import Cell as Printed
from pipelines.extract.numbers import parse_cell
from pipelines.extract.page import folded
from pipelines.extract.split.layout import amount
from pipelines.extract.split.solver import Reading as Cut
from pipelines.extract.split.sums import Stated
from pipelines.extract.strips import UNCHANGED
from pipelines.model.figure import Bound, Figure
from pipelines.model.identity import ZERO, Cell
from pipelines.model.observation import ONE, VALUELESS, Status
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.misread import meant
from pipelines.registry.units import same_unit


def readings_of(table: FormTable, rows: Sequence[Row], stated: Iterable[Stated], trust: Trust) -> Iterator[Reading]:
    """Yield every figure of the rows as it is printed or cut."""
    twice = _printed_twice(rows)
    single = _once(rows)
    open_rows = [row for row in single if row.marks and not (is_plain(row) or is_misread(row))]
    cut = cuts_of(table, single, stated, trust) if open_rows else {}
    for row in single:
        if row.row.subtotal and not row.marks:
            continue
        for figure, content in zip(row.figures, _contents(row, cut), strict=True):
            said = in_doubt(content, " | ".join(twice[row.row])) if row.row in twice else content
            yield Reading(figure, row.label, said, row.line)


def _once(rows: Sequence[Row]) -> list[Row]:
    """Return each row once: the first that has figures."""
    found: dict[FormRow, Row] = {}
    for row in rows:
        if row.row not in found or (inked([row]) and not inked([found[row.row]])):
            found[row.row] = row
    return list(found.values())


def _printed_twice(rows: Sequence[Row]) -> dict[FormRow, list[str]]:
    """Return what is printed for the rows that stand there twice with different cells."""
    said: dict[FormRow, list[str]] = {}
    for row in rows:
        if inked([row]):
            said.setdefault(row.row, []).append(" ".join(mark.printed for mark in row.marks))
    return {row: texts for row, texts in said.items() if len(set(texts)) > 1}


def _contents(row: Row, cut: Mapping[Cell, Cut]) -> Iterator[Content]:
    """Yield what each cell of a row holds."""
    named = list(zip(row.figures, row.units, strict=True))
    if not row.marks:
        yield from (_content(figure, "", 0, parse_cell("")) for figure in row.figures)
    elif is_plain(row) or is_misread(row):
        for (figure, unit), mark in zip(named, row.marks, strict=True):
            yield _content(figure, mark.printed, mark.line - row.line, printed(mark.text), unit)
    else:
        ink, below = " ".join(mark.printed for mark in row.marks if mark.printed), row.marks[0].line - row.line
        yield from _said_once([_cut_content(figure, cut.get(figure.cell), ink, below, unit) for figure, unit in named])


def _said_once(contents: Sequence[Content]) -> Iterator[Content]:
    """Yield the cells of a row; that it cannot be cut is said once, not for each of them."""
    said = False
    for content in contents:
        yield content._replace(remarks=()) if said else content
        said = said or content.status is Status.UNREADABLE


def printed(text: str) -> Printed | None:
    """Return what the text of a cell says, changes with their signs included."""
    if text in UNCHANGED:
        return Printed(Status.STATED_ZERO, Figure(ZERO))
    worth = amount(text)
    if worth is not None and text[0] in "增减":
        return Printed(Status.REPORTED, Figure(Decimal(worth)))
    return parse_cell(text)


def _cut_content(figure: FormRow, cut: Cut | None, ink: str, below: int, unit: str) -> Content:
    """Return a cell that was cut out of a run, or why it could not be."""
    if cut is None or cut.status is Status.UNREADABLE:
        return _content(figure, ink, below, Printed(Status.UNREADABLE))
    if cut.status is Status.BLANK:
        return _content(figure, "", below, Printed(Status.BLANK))
    return _content(figure, cut.printed, below, printed(cut.printed), unit)._replace(
        status=cut.status, evidence=cut.evidence
    )


def _content(figure: FormRow, text: str, below: int, cell: Printed | None, named: str = "") -> Content:
    """Return the content of one cell; `below` counts fragments from the one in which the label ends.

    A unit beside the figure is nearer than the one that the head of its column names.
    """
    cell = cell or Printed(Status.UNREADABLE)
    if figure.kind == "count" and cell.figure and cell.figure.value % 1 and meant(folded(text)) is not None:
        cell = Printed(Status.UNREADABLE)
    told = None if cell.status in VALUELESS else cell.figure or Figure(ZERO)
    unit = cell.unit or (named if told else "")
    unit = unit if unit and not same_unit(unit, figure.unit) else ""
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
