"""Statistics tables of a declared form: rows found by their labels, cells by what stands between two labels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from pipelines.extract.cells import (
    MARKED_NUMBER,
    Kind,
    Piece,
    Token,
    cell_tokens,
    holds_digits,
    pieces_of,
    without_note,
    without_numbering,
)
from pipelines.extract.numbers import Cell
from pipelines.extract.page import Flow, Page
from pipelines.model.figure import Figure
from pipelines.model.finding import Finding
from pipelines.model.identity import Verdict
from pipelines.model.identity import ZERO
from pipelines.model.observation import VALUELESS, Observation, Source, Status
from pipelines.model.report import Located
from pipelines.registry.dictionary import indicators
from pipelines.registry.forms import FormRow, FormTable
from pipelines.registry.rules import rules
from pipelines.registry.units import same_unit
from pipelines.registry.wording import COUNTED, key, squeeze

_MAY_PRECEDE = re.compile(r"[\W\d_其中一二三四五六七八九十条件次篇个人万元期项场无零①-⑳⑴-⒇㈠-㈩⒈-⒛]*")
_SEQUENCE = re.compile(r"序号\W*$")
_FILLED_IN_BY = re.compile(r"[:](.+?)(?:\s{2,}|$)")
_FEWEST_ROWS = 5
_TITLE_REACH = 12


@dataclass(frozen=True, slots=True)
class RowMatch:
    """Where the label of a row begins and ends: fragment and offset in its folded text."""

    row: FormRow
    first: int
    begins: int
    last: int
    ends: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The cell of a row as understood, where it stands, and what around it was not understood."""

    match: RowMatch
    cell: Cell
    line: int
    printed: str
    unit: str
    unknown: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TableReading:
    """One statistics table as read: a row for each printed row of the form, and the fragments it takes up."""

    table: FormTable
    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    lines: range
    filled_in_by: Located[str] | None


def read_table(page: Page, table: FormTable, report_year: int) -> TableReading | None:
    """Return the rows of a form's table in a page, None where the table is not there.

    Every row whose label is found becomes one observation, blanks included. A gap that holds two figures, or digits
    that cannot be told apart, is stored as unreadable: it is never guessed.
    """
    start = _start(page, table)
    if start is None:
        return None
    begin, sequence = start
    matches = list(_match_rows(page, table, begin))
    if len(matches) < _FEWEST_ROWS:
        return None
    gaps = _gaps(page, table, matches, sequence=sequence)
    numbered = _pages_are_numbered(gaps)
    readings = [
        _read_gap(page, match, _settle_pages(gap, numbered=numbered)) for match, gap in zip(matches, gaps, strict=True)
    ]
    observations = tuple(_observation(page, table, reading, report_year) for reading in readings)
    title = _title_line(page, table, begin)
    return TableReading(
        table=table,
        observations=observations,
        findings=tuple(_findings(page, table, readings, observations)),
        lines=range(title, max(readings[-1].line, readings[-1].match.last) + 1),
        filled_in_by=_filled_in_by(page, table, range(title, begin + 1)),
    )


def _start(page: Page, table: FormTable) -> tuple[int, bool] | None:
    """Return the fragment in which the rows begin, and whether a column of sequence numbers stands before them."""
    lines = [line for line, text in enumerate(page.tight) if text]
    flow = Flow.of([page.tight[line] for line in lines], lines)
    if match := table.head.search(flow.text):
        return flow.line(match.end() - 1), bool(_SEQUENCE.search(flow.text[: match.start()]))
    if match := table.opening.search(flow.text):
        return flow.line(match.start()), False
    return None


def _match_rows(page: Page, table: FormTable, begin: int) -> Iterator[RowMatch]:
    """Yield the rows whose labels are found after `begin`, in printed order, each row at most once."""
    lines = [line for line in range(begin, len(page.tight)) if page.tight[line]]
    flow = Flow.of(key("\n".join(page.tight[line] for line in lines)).split("\n"), lines)
    used: set[int] = set()
    reached = end = 0
    for match in table.labels.finditer(flow.text):
        row = _choose(table.by_label[match[0]], used, reached)
        before = flow.text[max(end, flow.starts[flow.position(match.start())]) : match.start()]
        if row is not None and _MAY_PRECEDE.fullmatch(before):
            used.add(row.position)
            reached, end = row.position, match.end()
            yield _row_match(page, flow, row, match)


def _choose(candidates: tuple[FormRow, ...], used: set[int], reached: int) -> FormRow | None:
    """Return the row that a label means: the next one of that wording, or the only one if it is still open."""
    later = [row for row in candidates if row.position > reached and row.position not in used]
    if later:
        return later[0]
    return candidates[0] if len(candidates) == 1 and candidates[0].position not in used else None


def _row_match(page: Page, flow: Flow, row: FormRow, match: re.Match[str]) -> RowMatch:
    first, last = flow.position(match.start()), flow.position(match.end() - 1)
    return RowMatch(
        row=row,
        first=flow.lines[first],
        begins=_offset(page.lines[flow.lines[first]], match.start() - flow.starts[first] + 1) - 1,
        last=flow.lines[last],
        ends=_offset(page.lines[flow.lines[last]], match.end() - flow.starts[last]),
    )


def _offset(folded: str, kept: int) -> int:
    """Return how far the first `kept` characters that count for labels reach into a folded fragment."""
    for match in islice(COUNTED.finditer(folded), kept - 1, None):
        return match.end()
    return len(folded)


def _gaps(page: Page, table: FormTable, matches: list[RowMatch], *, sequence: bool) -> list[list[Token]]:
    """Return for each row the tokens between its label and the next; after the last row, up to the first stranger."""
    gaps = [
        cell_tokens(table, without_numbering(_between(page, table, here, there), sequence=sequence))
        for here, there in pairwise(matches)
    ]
    rest = cell_tokens(table, without_note(matches[-1].row, _after(page, table, matches[-1])))
    strangers = (index for index, token in enumerate(rest) if token.kind in {Kind.STRANGER, Kind.HEADER})
    return [*gaps, rest[: next(strangers, len(rest))]]


def _between(page: Page, table: FormTable, here: RowMatch, there: RowMatch) -> list[Piece]:
    if here.last == there.first:
        return without_note(here.row, list(pieces_of(page, table, here.last, here.ends, there.begins)))
    pieces = list(pieces_of(page, table, here.last, here.ends))
    for line in range(here.last + 1, there.first):
        pieces.extend(pieces_of(page, table, line))
    if not _is_number_of(there.row, page.lines[there.first][: there.begins]):
        pieces.extend(pieces_of(page, table, there.first, 0, there.begins))
    return without_note(here.row, pieces)


def _is_number_of(row: FormRow, before: str) -> bool:
    """Say whether what stands before a label at the head of its fragment is just the row's number."""
    return not before.strip() or MARKED_NUMBER.fullmatch(squeeze(before)) is not None or key(before) == key(row.number)


def _after(page: Page, table: FormTable, last: RowMatch) -> list[Piece]:
    """Return what follows the last label: a few fragments are enough for unit and value."""
    lines = range(last.last + 1, min(last.last + 12, len(page.lines)))
    return [*pieces_of(page, table, last.last, last.ends), *(p for line in lines for p in pieces_of(page, table, line))]


def _pages_are_numbered(gaps: list[list[Token]]) -> bool:
    """Say whether the bare numbers before repeated headers count on as page numbers do."""
    before = [int(number.piece.text) for gap in gaps for number in gap if number in _before_header(gap)]
    return len(before) > 1 and all(later == sooner + 1 for sooner, later in pairwise(before))


def _before_header(gap: list[Token]) -> list[Token]:
    """Return the bare number that stands right before a repeated header, if there is one."""
    return [
        token
        for token, after in pairwise(gap)
        if after.kind is Kind.HEADER and token.kind is Kind.VALUE and token.piece.text.isdecimal()
    ]


def _settle_pages(gap: list[Token], *, numbered: bool) -> list[Token]:
    """Leave out page numbers; where a number may be the page's or the row's, turn it into a stranger."""
    suspects = _before_header(gap) if numbered else []
    if not suspects:
        return gap
    rest = [token for token in gap if token not in suspects]
    if any(token.kind in {Kind.VALUE, Kind.BLANK} for token in rest):
        return rest
    return [*rest, *(Token(Kind.STRANGER, token.piece) for token in suspects)]


def _read_gap(page: Page, match: RowMatch, gap: list[Token]) -> Reading:
    """Return the one value that a gap holds; unreadable where it holds two, or digits that are no figure."""
    of = {kind: [token for token in gap if token.kind is kind] for kind in Kind}
    values, strangers = of[Kind.VALUE], of[Kind.STRANGER]
    unit = next((token.piece.text for token in of[Kind.UNIT]), "")
    doubtful = [token for token in strangers if holds_digits(token.piece.text)]
    if len(values) > 1 or (doubtful and not values):
        tokens, cell = [*values, *doubtful], Cell(Status.UNREADABLE)
    else:
        tokens = values or of[Kind.BLANK][-1:]
        cell = (tokens[0].cell if tokens else None) or Cell(Status.BLANK)
    return Reading(
        match=match,
        cell=cell,
        line=tokens[0].piece.line if tokens else match.last,
        printed=" ".join(page.verbatim(t.piece.line, t.piece.start, t.piece.end) for t in tokens).strip(),
        unit=cell.unit or unit,
        unknown=tuple(token.piece for token in strangers),
    )


def _observation(page: Page, table: FormTable, reading: Reading, report_year: int) -> Observation:
    row, cell = reading.match.row, reading.cell
    status = Status.NOT_APPLICABLE if row.heading else cell.status
    figure = (None if status in VALUELESS else cell.figure) or Figure(ZERO)
    return Observation(
        source=Source.TABLE,
        time_period=report_year,
        indicator=row.indicator,
        breakdown=row.breakdown,
        value=None if status in VALUELESS else figure.value,
        unit=reading.unit if reading.unit and not same_unit(reading.unit, row.unit) and not row.heading else row.unit,
        status=status,
        bound=figure.bound,
        precision=figure.precision,
        form=table.form,
        table=table.table,
        label=_label(page, reading.match),
        printed=reading.printed,
        locator=page.locator(reading.line),
    )


def _label(page: Page, match: RowMatch) -> str:
    """Return the label of a row as it is printed, over as many fragments as it takes."""
    first, last = match.first, match.last
    start = 0 if _is_number_of(match.row, page.lines[first][: match.begins]) else match.begins
    if first == last:
        return page.verbatim(first, start, match.ends)
    middle = [page.verbatim(line) for line in range(first + 1, last)]
    return "".join((page.verbatim(first, start), *middle, page.verbatim(last, 0, match.ends)))


def _title_line(page: Page, table: FormTable, begin: int) -> int:
    """Return the fragment of the table's title above its header, or that of the header."""
    above = range(begin, max(-1, begin - _TITLE_REACH), -1)
    return next((line for line in above if table.title in key(page.tight[line])), begin)


def _filled_in_by(page: Page, table: FormTable, lines: range) -> Located[str] | None:
    """Return which body filled the table in, as printed above its header."""
    for line in lines:
        text = page.tight[line]
        if text.startswith(table.filled_in_by) and (match := _FILLED_IN_BY.search(page.lines[line])):
            return Located(match[1].strip(), page.verbatim(line), page.locator(line))
    return None


def _findings(
    page: Page, table: FormTable, readings: list[Reading], observations: tuple[Observation, ...]
) -> Iterator[Finding]:
    for reading, observation in zip(readings, observations, strict=True):
        yield from _row_findings(page, reading, observation)
    yield from _table_findings(page, table, readings)


def _row_findings(page: Page, reading: Reading, observation: Observation) -> Iterator[Finding]:
    row, label = reading.match.row, reading.match.row.label
    place = {
        "locators": (observation.locator,),
        "time_period": observation.time_period,
        "indicator": row.indicator,
        "breakdown": row.breakdown,
    }
    if row.heading and reading.cell.status not in {Status.BLANK, Status.NOT_APPLICABLE}:
        yield rules()["heading-with-value"].broken(expected="", found=reading.printed, label=label, **place)
    elif reading.cell.status is Status.UNREADABLE:
        yield rules()["unreadable-cell"].broken(expected="1", found=reading.printed, label=label, **place)
    elif reading.unit and not row.heading and not same_unit(reading.unit, row.unit):
        yield rules()["unit-differs"].broken(expected=row.unit, found=reading.unit, label=label, **place)
    if _implausible(observation):
        yield rules()["implausible-figure"].broken(expected="0, 1, 2, …", found=reading.printed, label=label, **place)
    for piece in reading.unknown:
        place["locators"] = (page.locator(piece.line),)
        yield rules()["unknown-text"].broken(
            found=page.verbatim(piece.line, piece.start, piece.end), label=label, **place
        )


def _implausible(observation: Observation) -> bool:
    value, kind = observation.value, indicators()[observation.indicator].kind
    return value is not None and kind == "count" and (value < 0 or value != value.to_integral_value())


def _table_findings(page: Page, table: FormTable, readings: list[Reading]) -> Iterator[Finding]:
    found = {reading.match.row.position for reading in readings}
    missing = [row for row in table.rows if row.position not in found]
    where = page.locator(readings[-1].line)
    if missing:
        yield rules()["rows-missing"].finding(
            Verdict.BROKEN,
            locators=(where,),
            expected=len(table.rows),
            found=len(found),
            labels="、".join(row.label for row in missing),
        )
    with_unit = [reading for reading in readings if not reading.match.row.heading]
    printed = sum(bool(reading.unit) for reading in with_unit)
    if printed < len(with_unit):
        yield rules()["units-missing"].broken(
            locators=(page.locator(readings[0].match.first),), expected=len(with_unit), found=printed
        )
