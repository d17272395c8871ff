"""Publication rosters (编制公布情况统计表): which body has made and published its report, and when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipelines.extract.annex import MAY_OPEN, annex_cells, is_page_number, plain_cells
from pipelines.extract.numbers import PAGE_NUMBER
from pipelines.extract.page import Page
from pipelines.extract.prose import Prose
from pipelines.extract.roster_columns import RosterRow, is_name, rows_by_columns
from pipelines.extract.series_figures import unreadable
from pipelines.model.finding import Finding
from pipelines.model.frozen import maker
from pipelines.model.identity import Verdict
from pipelines.model.report import RosterLine
from pipelines.registry.annexes import ends_at, roster_wording
from pipelines.registry.rules import rules
from pipelines.registry.wording import key, squeeze

_DATE = re.compile(r"(?:(?P<y>\d{4})[年./-])(?P<m>\d{1,2})[月./-](?P<d>\d{1,2})日?")
_CONTACT = re.compile(r"\d[\d-]{6,}\d")
_LINK = re.compile(r"https?:|www\.")
_HEAD = 6
_BEFORE_NAME = 2
_roster_line = maker(RosterLine)


class _Kind(StrEnum):
    """What a cell of a roster is: a remark below it, a heading or number, a state, a date, words, or only signs."""

    END = "E"
    HEADING = "H"
    STATE = "S"
    DAY = "D"
    OTHER = "O"
    SIGN = "N"


_COUNTERS = ("个", "家")
_COUNT = re.compile(r"(?<!\d)\d{1,4}(?:余|多)?$")
_LONGEST_COUNT = 6
_OPENS = re.compile(f"{_Kind.OTHER}(?=[{_Kind.STATE}{_Kind.DAY}])")
"""A body's name: no state or date itself, and one of them follows it."""


@dataclass(frozen=True, slots=True)
class RosterReading:
    """The lines of a page's roster, the fragments they take up, and what is to be said of it."""

    roster: tuple[RosterLine, ...] = ()
    lines: range = range(0)
    findings: tuple[Finding, ...] = ()


def read_roster(page: Page, begin: int) -> RosterReading:
    """Return the roster that follows a fragment, empty where there is none.

    Where the rows are seen the head of a column says what its cells are. Otherwise a line is a name followed by a
    state or a date; what else stands after it is its note. Names of people, and telephone numbers, are not read: a
    roster that has a column of them and rows that cannot be told apart is not read at all.
    """
    cells = _cells(page, begin)
    head = _head(cells.keys)
    if head is None:
        return RosterReading()
    first, end = head
    rows = _rows(page, cells.lines[first])
    if rows is not None:
        return _by_columns(page, cells.lines[first], rows)
    if any(word in roster_wording().personal for word in cells.keys[first : first + _HEAD]):
        name = cells.texts[first]
        return RosterReading((), range(0), (unreadable(page, cells.lines[first], name, name),))
    entries = _entries("".join(map(_kind, cells.texts[end:])))
    return _by_entries(page, cells, head, entries) if entries else RosterReading()


def _by_entries(page: Page, cells: "_Cells", head: tuple[int, int], entries: list[tuple[int, str]]) -> RosterReading:
    """Return a roster whose rows are not seen; its last line may be the signature of the report below it."""
    first, end = head
    signed = entries.pop() if _is_signature(entries) else None
    roster = [
        _line(page, position, cells, end + start, kinds) for position, (start, kinds) in enumerate(entries, start=1)
    ]
    start, kinds = entries[-1]
    last = end + start + len(kinds.rstrip(_Kind.HEADING)) - 1
    numbers = [text for text in cells.texts[end : last + 1] if text.isdecimal()]
    findings = list(_miscounted(roster, numbers))
    if signed:
        name, day = (end + signed[0] + place for place in (0, 1))
        findings.append(unreadable(page, cells.lines[name], cells.texts[name], cells.texts[day]))
    return RosterReading(tuple(roster), range(cells.lines[first], cells.lines[last] + 1), tuple(findings))


def _is_signature(entries: Sequence[tuple[int, str]]) -> bool:
    """Say whether the last line is nothing but a name and a date, and every line before it has a state."""
    *before, (_, last) = entries
    return last == _Kind.OTHER + _Kind.DAY and bool(before) and all(_Kind.STATE in kinds for _, kinds in before)


def _rows(page: Page, line: int) -> list[RosterRow] | None:
    """Return the bodies of a roster whose rows are seen, None where they are not."""
    before, known = max(line - _BEFORE_NAME, 0), roster_wording().known
    first = list(annex_cells(page, range(before, min(line + _HEAD, len(page.lines))), known))
    row = next(cell.row for cell in first if cell.line == line)
    if sum(cell.row == row for cell in first) == 1:
        return None
    return rows_by_columns(
        [cell for cell in annex_cells(page, range(before, len(page.lines)), known) if cell.row >= row]
    )


def _by_columns(page: Page, line: int, rows: list[RosterRow]) -> RosterReading:
    roster = [
        _roster_line(
            position=position,
            body_name=row.name.text,
            status=row.status,
            published_on=_day(row.day),
            note=" ".join(map(_without_contact, row.notes)),
            printed=" ".join(filter(None, (row.name.text, row.status, row.day))),
            locator=page.document.places[row.name.line],
        )
        for position, row in enumerate((row for row in rows if is_name(row.name.text)), start=1)
    ]
    last = max((row.last for row in rows), default=line)
    nameless = (row for row in rows if not is_name(row.name.text) and (row.status or row.day))
    findings = (
        *(unreadable(page, row.name.line, row.name.text, f"{row.status} {row.day}".strip()) for row in nameless),
        *_miscounted(roster, [row.number for row in rows if row.number]),
    )
    return RosterReading(tuple(roster), range(line, last + 1), findings)


def _miscounted(roster: Sequence[RosterLine], numbers: Sequence[str]) -> Iterator[Finding]:
    """Yield that the numbers of the lines say that there are more bodies, or fewer, than were read."""
    counted = [int(number) for number in numbers]
    if counted and counted == list(range(1, len(counted) + 1)) and counted[-1] != len(roster):
        locators = (roster[0].locator, roster[-1].locator)
        yield rules()["roster-count"].broken(locators=locators, expected=counted[-1], found=len(roster))


def roster_counts(prose: Prose, roster: Sequence[RosterLine]) -> Iterator[Finding]:
    """Yield whether the roster has as many bodies that are done as the prose says; 30余 cannot tell more."""
    done = sum(line.status in roster_wording().done for line in roster)
    for match in _announcements(prose.flow.text) if roster else ():
        expected = int(match["count"])
        told = Verdict.HOLDS if done == expected else Verdict.BROKEN
        rounded = match["more"] is not None and done >= expected
        yield rules()["roster-count"].finding(
            Verdict.CANNOT_TELL if rounded or not done else told,
            locators=(prose.locator(match.start()), roster[0].locator, roster[-1].locator),
            expected=match["count"] + (match["more"] or ""),
            found=done,
        )


def _announcements(text: str) -> list[re.Match[str]]:
    """Return the sentences that say how many bodies are done, one for each place."""
    ends = (unit.start() for counter in _COUNTERS for unit in re.finditer(counter, text))
    counts = sorted(count.start() for end in ends if (count := _COUNT.search(text, max(0, end - _LONGEST_COUNT), end)))
    matches = ((pattern.match(text, count) for pattern in roster_wording().announced) for count in counts)
    return [found for each in matches if (found := next(filter(None, each), None))]


def _without_contact(text: str) -> str:
    """Return a note without telephone numbers; the digits of a link are none."""
    return text if _LINK.match(text) else _CONTACT.sub("…", text)


class _Cells(NamedTuple):
    """The cells of a roster, column by column: the text of each, its wording, its fragment."""

    texts: Sequence[str] = ()
    keys: Sequence[str] = ()
    lines: Sequence[int] = ()


def _cells(page: Page, begin: int) -> _Cells:
    """Return the cells that are not blank, from the first fragment on that holds the heading of a name."""
    wording, flow = roster_wording(), page.keyed
    heading = wording.name_pattern.search(flow.text, flow.offset(begin))
    if heading is None:
        return _Cells()
    tight, below = page.tight, flow.lines[flow.position(heading.start()) :]
    numbers = {line for line in below if tight[line][0] in MAY_OPEN and is_page_number(page, line)}
    lines = [line for line in below if line not in numbers] if numbers else below
    return _Cells(*zip(*[cell for cell in plain_cells(page, lines, wording.known) if cell[1]], strict=True))


def _head(keys: Sequence[str]) -> tuple[int, int] | None:
    """Return where the headings begin and end: a name's, then a date's or state's within a few cells."""
    wording = roster_wording()
    for first, word in enumerate(keys):
        if word in wording.name_heading:
            near = keys[first : first + _HEAD]
            if any(other in wording.date_heading or other in wording.status_heading for other in near):
                headings = [other in wording.headings for other in near]
                return first, first + (headings.index(False) if False in headings else len(headings))
    return None


def _entries(kinds: str) -> list[tuple[int, str]]:
    """Return the lines of a roster, told by the kinds of all its cells: which cell begins each, and its kinds.

    Each begins with a name.
    """
    kinds = kinds.partition(_Kind.END)[0]
    starts = [match.start() for match in _OPENS.finditer(kinds)]
    return [(start, kinds[start:stop]) for start, stop in pairwise((*starts, len(kinds)))]


@lru_cache(maxsize=4096)
def _kind(text: str) -> _Kind:
    """Return what a cell of a roster is."""
    known, wording = roster_wording(), key(text)
    if wording.startswith(ends_at()):
        return _Kind.END
    if wording in known.headings or wording.isdecimal() or PAGE_NUMBER.fullmatch(squeeze(text)):
        return _Kind.HEADING
    if wording in known.states:
        return _Kind.STATE
    if _DATE.fullmatch(text):
        return _Kind.DAY
    return _Kind.OTHER if is_name(text) else _Kind.SIGN


@lru_cache(maxsize=1024)
def _shape(kinds: str) -> tuple[int, int, tuple[int, ...]]:
    """Return which cell of a line holds its first state, its first date (0 for none), and which ones hold notes."""
    state, day = max(kinds.find(_Kind.STATE), 0), max(kinds.find(_Kind.DAY), 0)
    others = (index for index in range(1, len(kinds)) if index not in (state, day))
    return state, day, tuple(index for index in others if kinds[index] != _Kind.HEADING)


def _line(page: Page, position: int, cells: _Cells, start: int, kinds: str) -> RosterLine:
    """Return a line of a roster: a name, its state, its date, and what else stands there as a note."""
    state, day, others = _shape(kinds)
    texts = cells.texts
    name = texts[start]
    status = texts[start + state] if state else ""
    printed_day = texts[start + day] if day else ""
    return _roster_line(
        position=position,
        body_name=name,
        status=status,
        published_on=_day(printed_day) if day else None,
        note=" ".join([_without_contact(texts[start + index]) for index in others]) if others else "",
        printed=f"{name} {status} {printed_day}" if state and day else f"{name} {status}{printed_day}",
        locator=page.document.places[cells.lines[start]],
    )


@lru_cache(maxsize=1024)
def _day(printed: str) -> date | None:
    match = _DATE.fullmatch(printed)
    if match is None:
        return None
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
