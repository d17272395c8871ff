"""A table with several columns as read: its rows found by their labels, its columns by their heads.

What stands between two labels is cut into the cells of the row by the separators that are seen, or by the form's own
sums where figures run together.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from pipelines.extract.decipher import deciphered
from pipelines.extract.gaps import Reading
from pipelines.extract.matrix.columns import Order, extra_columns
from pipelines.extract.matrix.contents import printed, readings_of
from pipelines.extract.matrix.places import fullest
from pipelines.extract.matrix.rows import Row
from pipelines.extract.matrix.trust import UNPROVEN, Trust
from pipelines.extract.page import Page
from pipelines.extract.split.sums import Stated
from pipelines.extract.tables import TableReading, findings_of, second_table, year_findings
from pipelines.model.finding import Finding
from pipelines.model.identity import ZERO
from pipelines.model.observation import Status
from pipelines.registry.forms import Form, FormRow, FormTable
from pipelines.registry.rules import rules

_CAPTION = 6


def read_matrix(
    page: Page, table: FormTable, report_year: int, stated: Iterable[Stated] = (), *, trust: Trust = UNPROVEN
) -> TableReading | None:
    """Return the rows of a table with columns, None where the table is not there.

    `stated` are figures of the prose that may decide between cuts, `trust` is what another table of the copy shows.
    """
    rows, order, again = fullest(page, table, report_year)
    if not any(row.marks for row in rows):
        return None
    readings = deciphered(tuple(readings_of(table, rows, stated, trust)), table.form)
    begin, end = rows[0].line, max(max((mark.line for mark in row.marks), default=row.line) for row in rows)
    return TableReading(
        page=page,
        table=table,
        report_year=report_year,
        readings=readings,
        findings=(
            *findings_of(page, table, readings, report_year),
            *_columns(page, table, order, begin),
            *_subtotals(page, rows, readings, report_year),
            *second_table(page, again),
            *year_findings(page, range(max(0, begin - _CAPTION), begin + 1), report_year),
        ),
        lines=range(begin, end + 1),
        filled_in_by=None,
    )


def not_read(page: Page, form: Form, read: Collection[FormTable]) -> Iterator[Finding]:
    """Yield the tables with columns whose beginning is printed and of which nothing was read."""
    for table in form.tables:
        if table.columns and table not in read and (match := _beginning(table).search(page.keyed.text)):
            place = page.locator(page.keyed.line(match.start()))
            yield rules()["table-not-read"].broken(locators=(place,), expected=table.title, found="")


@cache
def _beginning(table: FormTable) -> re.Pattern[str]:
    """Return what shows that a table is there: its opening, or the labels of several rows side by side."""
    side_by_side = f"(?:{table.labels.pattern}){{2}}"
    return re.compile(f"{table.opening.pattern}|{side_by_side}") if table.blocks else table.opening


def _columns(page: Page, table: FormTable, order: Order, line: int) -> Iterator[Finding]:
    """Yield the columns of the form that are not printed, and those that are printed and of no figure of the form."""
    place = (page.locator(line),)
    if missing := order.missing(table):
        yield rules()["columns-missing"].broken(
            locators=place, expected=len(table.columns), found=len(order.places), labels="、".join(missing)
        )
    for head in extra_columns(order):
        yield rules()["column-not-stored"].broken(locators=place, found=head.label)


def _subtotals(page: Page, rows: Sequence[Row], readings: Sequence[Reading], year: int) -> Iterator[Finding]:
    """Yield the sums printed in a column of their own that are not those of the figures that they add up."""
    known = {reading.row: reading.content for reading in readings}
    for row in rows:
        for check in row.checks:
            said = printed(check.mark.text)
            parts = [known[part] for part in check.parts if part in known]
            exact = len(parts) == len(check.parts) and all(part.status is not Status.UNREADABLE for part in parts)
            total = sum((part.value or ZERO for part in parts), Decimal(0))
            if said and said.figure and exact and said.figure.value != total:
                yield _differs(page.locator(check.mark.line), row, check.parts[0], (total, said.figure.value), year)


def _differs(place: str, row: Row, part: FormRow, sides: tuple[Decimal, Decimal], year: int) -> Finding:
    expected, found = sides
    return rules()["subtotal-differs"].broken(
        locators=(place,), expected=expected, found=found, time_period=year, indicator=part.indicator, label=row.label
    )
