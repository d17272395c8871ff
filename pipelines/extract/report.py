"""A document as a whole: every figure it prints, its frame and its roster."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from pipelines.extract.matrix.table import not_read, read_matrix
from pipelines.extract.matrix.trust import UNPROVEN, Trust, stated_in, trust_in
from pipelines.extract.narrative import read_narrative
from pipelines.extract.page import Page
from pipelines.extract.prose import Prose
from pipelines.extract.recognise import (
    Identity,
    annex_headings,
    annexes,
    announced_annexes,
    announced_parts,
    another_report,
    headings,
    recognise,
)
from pipelines.extract.regions import forms_on, part_of
from pipelines.extract.roster import read_roster, roster_counts
from pipelines.extract.series import read_series
from pipelines.extract.setting import Speaker
from pipelines.extract.settle import prove
from pipelines.extract.split.sums import Stated
from pipelines.extract.strangers import unknown_rows
from pipelines.extract.tables import TableReading, first_of_rows, read_table
from pipelines.extract.unrolled import unrolled
from pipelines.extract.years_in_prose import read_years_in_prose
from pipelines.model.document import Document
from pipelines.model.finding import Finding
from pipelines.model.observation import Observation, Status
from pipelines.model.report import Coverage, Extraction, Frame, Located, Unreadable
from pipelines.registry.annexes import roster_wording
from pipelines.registry.forms import Form, FormTable, national_form
from pipelines.registry.identities import sums_of
from pipelines.registry.rules import rules

_LEAST_PROSE = 200
_LEAST_SENTENCE = 16
_SIGNATURE = 4
_SIGNED_WITHIN = 12
_SIGNED_REACH = 60
_BEFORE_MARK, _AFTER_MARK = 40, 120
_CLOSING = ("。", "!", "?", ";", ")", "》", "”", "日", ":", "报告", "情况", "、")


def extract(document: Document, outside: Sequence[Stated] = ()) -> Extraction:
    """Return everything that a document prints, with what was not understood as findings.

    `outside` is what reports of other years state of its cells; it decides between cuts as the prose does.
    Raises Unreadable where the document is no annual report, or a form without a single figure.
    """
    page, identity, second = _first_report(Page.of(document))
    held = forms_on(page)
    tables = [table for form, part in held for table in _tables(part, form, identity.report_year)]
    if not tables and (parted := _unrolled(page, held)):
        return extract(parted.document, outside)
    taken = [table.lines for table in tables]
    after = max((lines.stop for lines in taken), default=0)
    series, roster = read_series(page, after), read_roster(page, after)
    taken += [*series.lines, roster.lines, *_signatures(page, tables)]
    annex_lines = annex_headings(page)
    lines = _prose_lines(page, min(annex_lines, default=len(page.lines)), [identity.title_lines, *taken])
    prose = Prose.of(page, lines)
    narrative, listed = read_narrative(prose, _speaker(identity, held, tables)), read_years_in_prose(prose)
    alone = filter(listed.leaves, narrative.observations) if listed.taken else narrative.observations
    told = (*alone, *listed.observations)
    stated = (*stated_in(told, identity.report_year), *outside)
    if stated and any(_is_open(table) for table in tables):
        tables = [table for form, part in held for table in _tables(part, form, identity.report_year, stated)]
    observations = [*_settled(tables, told), *series.observations, *told]
    filled = any(found.value is not None or found.status is Status.UNREADABLE for found in observations)
    if not filled and not roster.roster and sum(len(page.tight[line]) for line in lines) < _LEAST_PROSE:
        raise Unreadable("blank-form", f"{len(observations)} cells, none filled; titled “{identity.title.value}”")
    return Extraction(
        frame=_frame(page, identity, tables, lines, annex_lines),
        observations=tuple(_counted(observations)),
        roster=roster.roster,
        findings=(
            *second,
            *(finding for table in tables for finding in table.findings),
            *(finding for form, part in held for finding in _not_read(part, form, tables)),
            *(finding for table in tables for finding in unknown_rows(page, table, taken)),
            *series.findings,
            *roster.findings,
            *roster_counts(prose, roster.roster),
            *filter(listed.leaves_open, narrative.findings),
            *listed.findings,
        ),
    )


def _first_report(page: Page) -> tuple[Page, Identity, tuple[Finding, ...]]:
    """Return a page up to another report, what identifies the first, and that the other is not read."""
    identity = recognise(page)
    begins = another_report(page, identity)
    if begins is None:
        return page, identity, ()
    second = rules()["second-table"].broken(locators=(page.locator(begins),), expected=1, found=2)
    first = part_of(page, 0, begins)
    return first, recognise(first), (second,)


def _speaker(identity: Identity, held: Sequence[tuple[Form, Page]], tables: Sequence[TableReading]) -> Speaker:
    """Return who reports, as far as the frame tells, and which figures its forms ask for, in tables read or not.

    Where none of a form is read the national form of its year says what its prose speaks of.
    """
    read = {table.table.form for table in tables}
    forms = tuple(form for form, _ in held if form.form in read) or (national_form(identity.report_year),)
    asked = _asked(tuple(table for form in forms for table in form.tables))
    coverage = identity.coverage.value if identity.coverage else Coverage.UNKNOWN
    return Speaker(identity.report_year, identity.body_name, coverage is Coverage.AGGREGATE, asked)


@lru_cache(maxsize=64)
def _asked(tables: tuple[FormTable, ...]) -> frozenset[str]:
    return frozenset(row.indicator for table in tables for row in table.figures)


def _is_open(table: TableReading) -> bool:
    """Say whether a table with columns has cells that run together and are not settled."""
    return bool(table.table.columns) and any(each.content.status is Status.UNREADABLE for each in table.readings)


def _tables(page: Page, form: Form, year: int, stated: Sequence[Stated] = ()) -> list[TableReading]:
    """Return the tables of a form in the order of the form; how far this copy can be trusted is told by the largest."""
    if not any(declared.columns for declared in form.tables):
        return [table for declared in form.tables if (table := read_table(page, declared, year))]
    largest = max(form.tables, key=lambda declared: len(declared.figures))
    there = {each for each in form.tables if each.opens is None or _near_marks(page, form, each.opens)}
    shown = _in_any_layout(page, largest, year, stated) if largest in there else None
    trust = trust_in(shown)
    others = [each for each in form.tables if each is not largest]
    read = {each: _in_any_layout(page, each, year, stated, trust) if each in there else None for each in others}
    found = read | {largest: shown}
    return [table for each in form.tables if (table := found[each])]


def _unrolled(page: Page, held: Sequence[tuple[Form, Page]]) -> Page | None:
    """Return a page with the rows of a table without columns on lines of their own, None where they are already."""
    tables = [table for form, _ in held for table in form.tables if not table.columns]
    return next((parted for table in tables if (parted := unrolled(page, table))), None)


def _near_marks(page: Page, form: Form, sought: re.Pattern[str]) -> re.Match[str] | None:
    """Return the heads of a table about a mark of its form, anywhere where the form has no marks."""
    text = page.keyed.text
    places = _about_marks(text, form.marks) if form.marks else ((0, len(text)),)
    return next((match for begin, end in places if (match := sought.search(text, begin, end))), None)


@lru_cache(maxsize=8)
def _about_marks(text: str, marks: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    """Return the windows about the marks of a form."""
    return tuple((max(0, mark.start() - _BEFORE_MARK), mark.end() + _AFTER_MARK) for mark in marks.finditer(text))


def _in_any_layout(
    page: Page, table: FormTable, year: int, stated: Sequence[Stated], trust: Trust = UNPROVEN
) -> TableReading | None:
    """Return a table with columns in the layout in which it is printed, None where it is in none."""
    layouts = (read_matrix(page, each, year, stated, trust=trust) for each in (table, *table.layouts))
    return next((reading for reading in layouts if reading), None)


def _not_read(page: Page, form: Form, read: Sequence[TableReading]) -> Iterator[Finding]:
    """Yield the tables whose beginning, or whose heads, are printed and of which nothing was read."""
    done = {reading.table for reading in read}
    told_by_heads = [each for each in form.tables if each.known]
    yield from not_read(page, form, [*done, *told_by_heads])
    for table in told_by_heads:
        known = table.known if done.isdisjoint((table, *table.layouts)) else None
        if known and (match := _near_marks(page, form, known)):
            place = page.locator(page.keyed.line(match.start()))
            yield rules()["table-not-read"].broken(locators=(place,), expected=table.title, found=match[0])
        elif known and not read and (line := first_of_rows(page, table)) is not None:
            place, seen = page.locator(line), page.verbatim(line)
            yield rules()["table-not-read"].broken(locators=(place,), expected=table.title, found=seen)


def _signatures(page: Page, tables: list[TableReading]) -> list[range]:
    """Return the fragments under a table in which people sign: their names and telephone numbers are not read."""
    return [
        range(line, line + _SIGNATURE)
        for table in tables
        for line in _below(page, table.lines.stop)
        if page.tight[line].startswith(table.table.footers)
    ]


def _below(page: Page, line: int) -> list[int]:
    """Return the next few fragments from a place on."""
    position = bisect_left(page.whole.lines, line)
    return page.whole.lines[position : position + _SIGNED_WITHIN]


def _breaks_off(page: Page, lines: list[int]) -> Located[str] | None:
    """Return the end of the text where that is running text that stops in mid-sentence, and no signature."""
    last = page.whole.lines[-1]
    text = page.tight[last]
    if not lines or lines[-1] != last or len(text) < _LEAST_SENTENCE or text.endswith(_CLOSING):
        return None
    if any(word in text[-_SIGNED_REACH:] for word in roster_wording().personal):
        return None
    return Located(text[-_LEAST_SENTENCE:], page.verbatim(last), page.locator(last))


def _prose_lines(page: Page, end: int, taken: list[range]) -> list[int]:
    """Return the fragments of running text: neither in a table nor in an annex, which begin at `end`."""
    tables = {line for lines in taken for line in range(lines.start, min(lines.stop, end))}
    return [line for line in page.whole.lines[: bisect_left(page.whole.lines, end)] if line not in tables]


def _settled(tables: list[TableReading], told: Sequence[Observation]) -> list[Observation]:
    counted = {found.indicator for found in told if found.value}
    stated = {
        found.indicator: found
        for found in told
        if found.status is Status.STATED_ZERO and found.indicator not in counted
    }
    return [
        observation
        for table in tables
        for observation in table.settled(prove(table.cells, sums_of(table.table.form), stated))
    ]


def _counted(observations: Iterable[Observation]) -> Iterator[Observation]:
    """Yield the observations, those that have the same key numbered in reading order."""
    seen: dict[tuple[str, int, str, str], int] = {}
    for found in observations:
        key = found.source, found.time_period, found.indicator, found.breakdown
        seen[key] = occurrence = seen.get(key, 0) + 1
        yield found if occurrence == 1 else replace(found, occurrence=occurrence)


def _frame(
    page: Page, identity: Identity, tables: list[TableReading], lines: list[int], annex_lines: dict[int, str]
) -> Frame:
    return Frame(
        title=identity.title,
        title_year=identity.title_year,
        title_name=identity.title_name,
        body_name=identity.body_name,
        body=identity.body,
        report_year=identity.report_year,
        period=identity.period,
        published=identity.published,
        coverage=identity.coverage,
        announced_parts=announced_parts(page, identity.whole),
        parts=headings(page, lines),
        announced_annexes=announced_annexes(page, annex_lines),
        annexes=annexes(page, annex_lines),
        filled_in_by=next((table.filled_in_by for table in tables if table.filled_in_by), None),
        breaks_off=_breaks_off(page, lines),
        forms=tuple(dict.fromkeys(table.table.form for table in tables)),
    )
