"""Publication rosters (编制公布情况统计表): which body has made and published its report, and when."""

import re
from dataclasses import dataclass
from datetime import date

from pipelines.extract.annex import AnnexCell, annex_cells
from pipelines.extract.page import Page
from pipelines.model.report import RosterLine
from pipelines.registry.annexes import ends_at, roster_wording

_DATE = re.compile(r"(?:(?P<y>\d{4})[年./-])(?P<m>\d{1,2})[月./-](?P<d>\d{1,2})日?")
_CONTACT = re.compile(r"\d[\d-]{6,}\d")
_HEAD = 6


@dataclass(frozen=True, slots=True)
class RosterReading:
    """The lines of a page's roster and the fragments they take up."""

    roster: tuple[RosterLine, ...] = ()
    lines: range = range(0)


@dataclass(slots=True)
class _Entry:
    """A line while its cells are being gathered."""

    name: AnnexCell
    status: str = ""
    printed_date: str = ""
    notes: tuple[str, ...] = ()
    last: int = 0


def read_roster(page: Page, begin: int) -> RosterReading:
    """Return the roster that follows a fragment, empty where there is none.

    A line is a name followed by a state or a date; what else stands after it is its note. Names of the people who
    filled the table in, and telephone numbers, are not read.
    """
    wording = roster_wording()
    known = wording.headings | wording.states
    cells = [cell for cell in annex_cells(page, range(begin, len(page.lines)), known) if cell.key]
    head = _head(cells)
    if head is None:
        return RosterReading()
    first, end = head
    entries = _entries(cells[end:])
    if not entries:
        return RosterReading()
    last = max(entry.last for entry in entries)
    roster = tuple(_line(page, position, entry) for position, entry in enumerate(entries, start=1))
    return RosterReading(roster, range(cells[first].line, last + 1))


def _head(cells: list[AnnexCell]) -> tuple[int, int] | None:
    """Return where the headings begin and end: a name's, then a date's or state's within a few cells."""
    wording = roster_wording()
    for first, cell in enumerate(cells):
        if cell.key in wording.name_heading:
            near = cells[first : first + _HEAD]
            if any(other.key in wording.date_heading | wording.status_heading for other in near):
                headings = [other.key in wording.headings for other in near]
                return first, first + (headings.index(False) if False in headings else len(headings))
    return None


def _entries(cells: list[AnnexCell]) -> list[_Entry]:
    entries: list[_Entry] = []
    for cell, after in zip(cells, [*cells[1:], None], strict=True):
        if cell.key.startswith(ends_at()):
            break
        if cell.key in roster_wording().headings or cell.key.isdecimal():
            continue
        if _opens(cell, after):
            entries.append(_Entry(cell, last=cell.line))
        elif entries:
            _add(entries[-1], cell)
    return entries


def _opens(cell: AnnexCell, after: AnnexCell | None) -> bool:
    """Say whether a cell is a body's name: no state or date itself, and one of them follows."""
    return not _closes(cell) and after is not None and _closes(after)


def _closes(cell: AnnexCell) -> bool:
    return cell.key in roster_wording().states or _DATE.fullmatch(cell.text) is not None


def _add(entry: _Entry, cell: AnnexCell) -> None:
    if cell.key in roster_wording().states and not entry.status:
        entry.status = cell.text
    elif _DATE.fullmatch(cell.text) and not entry.printed_date:
        entry.printed_date = cell.text
    else:
        entry.notes = (*entry.notes, _CONTACT.sub("…", cell.text))
    entry.last = cell.line


def _line(page: Page, position: int, entry: _Entry) -> RosterLine:
    return RosterLine(
        position=position,
        body_name=entry.name.text,
        status=entry.status,
        published_on=_day(entry.printed_date),
        note=" ".join(entry.notes),
        printed=" ".join(filter(None, (entry.name.text, entry.status, entry.printed_date))),
        locator=page.locator(entry.name.line),
    )


def _day(printed: str) -> date | None:
    match = _DATE.fullmatch(printed)
    if match is None:
        return None
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
