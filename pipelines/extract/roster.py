"""Publication rosters (编制公布情况统计表): which body has made and published its report, and when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipelines.extract.annex import plain_cells
from pipelines.extract.page import Page
from pipelines.model.frozen import maker
from pipelines.model.report import RosterLine
from pipelines.registry.annexes import ends_at, roster_wording
from pipelines.registry.wording import key

_DATE = re.compile(r"(?:(?P<y>\d{4})[年./-])(?P<m>\d{1,2})[月./-](?P<d>\d{1,2})日?")
_CONTACT = re.compile(r"\d[\d-]{6,}\d")
_HEAD = 6
_roster_line = maker(RosterLine)


class _Kind(StrEnum):
    """What a cell of a roster is: a remark below it, a heading or number, a state, a date, anything else."""

    END = "E"
    HEADING = "H"
    STATE = "S"
    DAY = "D"
    OTHER = "O"


_OPENS = re.compile(f"{_Kind.OTHER}(?=[{_Kind.STATE}{_Kind.DAY}])")
"""A body's name: no state or date itself, and one of them follows it."""


@dataclass(frozen=True, slots=True)
class RosterReading:
    """The lines of a page's roster and the fragments they take up."""

    roster: tuple[RosterLine, ...] = ()
    lines: range = range(0)


def read_roster(page: Page, begin: int) -> RosterReading:
    """Return the roster that follows a fragment, empty where there is none.

    A line is a name followed by a state or a date; what else stands after it is its note. Names of the people who
    filled the table in, and telephone numbers, are not read.
    """
    cells = _cells(page, begin)
    head = _head(cells.keys)
    if head is None:
        return RosterReading()
    first, end = head
    entries = _entries("".join(map(_kind, cells.texts[end:])))
    if not entries:
        return RosterReading()
    roster = [
        _line(page, position, cells, end + start, kinds) for position, (start, kinds) in enumerate(entries, start=1)
    ]
    start, kinds = entries[-1]
    last = end + start + len(kinds.rstrip(_Kind.HEADING)) - 1
    return RosterReading(tuple(roster), range(cells.lines[first], cells.lines[last] + 1))


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
    lines = flow.lines[flow.position(heading.start()) :]
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
    if wording in known.headings or wording.isdecimal():
        return _Kind.HEADING
    if wording in known.states:
        return _Kind.STATE
    return _Kind.DAY if _DATE.fullmatch(text) else _Kind.OTHER


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
        note=" ".join([_CONTACT.sub("…", texts[start + index]) for index in others]) if others else "",
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
