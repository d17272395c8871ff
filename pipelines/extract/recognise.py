"""Which report this is: its title, body, year and period, told by wording and never by a year alone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pipelines.extract.body import identify
from pipelines.extract.numbers import chinese_number
from pipelines.extract.page import Flow, Page
from pipelines.model.body import Body
from pipelines.model.report import Coverage, Located, Unreadable
from pipelines.registry.frame import frame_wording

Period = tuple[date, date]
_ROUND = str.maketrans("○Oo0", "〇〇〇〇")
_LAST_MONTH = 12
_LONGEST_ANNOUNCEMENT = 420
_LONGEST_COUNT = 8
_AFTER_NUMBER, _LONGEST_OPENING = "、", 4
"""What stands after the number of a heading, and how far on it is at most: looked at before the rest."""
_PERIOD_REACH = 800
_NAMED_BEFORE = len("统计")
"""What names a period stands before the word by which it is told: 统计期限."""
_LONGEST_TITLE = 120
_LONGEST_DAY = len("月31日")
"""How far the last month of a page is from the end of what may be its last period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What identifies a report: title as printed, year in it, body, statistical period, date of publication.

    `title_lines` are the fragments up to the title, without the one that holds more than its end.
    """

    title: Located[str]
    title_year: int
    title_name: str
    title_lines: range
    body_name: str
    body: Body
    period: Located[Period] | None
    published: Located[datetime] | None
    coverage: Located[Coverage] | None
    whole: Flow

    @property
    def report_year(self) -> int:
        """The year the report is for: that in which the statistical period ends, else that of the title."""
        return self.period.value[1].year if self.period else self.title_year


def recognise(page: Page) -> Identity:
    """Return what identifies the report in a page.

    Raises Unreadable: `not-an-annual-report` where no line is a report's title, `not-annual` where the statistical
    period ends before December (quarterly and half-year statistics look alike).
    """
    whole = page.whole
    match = _title(page, whole)
    period = _period(page, whole)
    if period and period.value[1].month != _LAST_MONTH:
        raise Unreadable("not-annual", f"{period.printed} ({period.locator})")
    name = _body_name(whole, match)
    identity = Identity(
        title=_located_title(page, whole, match),
        title_year=_year(match["year"]),
        title_name=match["name"],
        title_lines=_title_lines(page, whole, match),
        body_name=name,
        body=identify(name, period.value[1].year if period else _year(match["year"]), whole.text),
        period=period,
        published=_published(page, whole.lines),
        coverage=_coverage(page, whole),
        whole=whole,
    )
    if identity.report_year not in frame_wording().years:
        raise Unreadable("not-an-annual-report", f"a report for the year {identity.report_year}")
    return identity


def another_report(page: Page, identity: Identity) -> int | None:
    """Return the fragment with which another report begins: a title of another body or year with a period below it."""
    whole, wording = page.whole, frame_wording()
    reached, end = 0, whole.text.rfind("月") + _LONGEST_DAY
    for period in wording.period.finditer(whole.text, 0, end):
        begin = max(reached, period.start() - _PERIOD_REACH - _LONGEST_TITLE)
        for match in wording.title.finditer(whole.text, begin, period.start()) if reached else ():
            near = period.start() <= match.end() + _PERIOD_REACH
            if near and _ends_line(page, whole, match) and _is_other(whole, match, identity):
                return whole.line(match.start("year"))
        reached = period.end()
    return None


def _is_other(whole: Flow, match: re.Match[str], identity: Identity) -> bool:
    """Say whether a title is not that of a report: its year is another, or its body."""
    name = _body_name(whole, match)
    return _year(match["year"]) != identity.title_year or bool(name and name != identity.body_name)


def _title(page: Page, whole: Flow) -> re.Match[str]:
    """Return the title: a match that ends where its line ends, among the first lines of the page."""
    reach = whole.starts[min(frame_wording().title_fragments, len(whole.starts)) - 1] + 200
    for match in frame_wording().title.finditer(whole.text, 0, reach):
        if _ends_line(page, whole, match):
            return match
    seen = page.verbatim(whole.lines[0])[:40]
    raise Unreadable("not-an-annual-report", f"no title of the form …20XX年政府信息公开工作年度报告; begins “{seen}”")


def _ends_line(page: Page, whole: Flow, match: re.Match[str]) -> bool:
    """Say whether a match is followed by the end of its line or by a space in it."""
    position = whole.position(match.end() - 1)
    line, inside = whole.lines[position], match.end() - whole.starts[position]
    if inside == len(page.tight[line]):
        return True
    parted = page.offset(line, inside) > page.offset(line, inside - 1) + 1
    return parted or page.tight[line][inside] in "(_-—"


def _year(text: str) -> int:
    return int(text) if text.isdecimal() else int(chinese_number(text.translate(_ROUND)))


def _body_name(whole: Flow, match: re.Match[str]) -> str:
    """Return the body that a title names, before or after the year, else on the line above."""
    first = whole.position(match.start("year"))
    before = match.string[max(whole.starts[first], match.start("before")) : match.start("year")]
    name = frame_wording().before_body.sub("", before) or match["between"]
    if not name and first and match["before"]:
        above = whole.text[whole.starts[first - 1] : whole.starts[first]]
        name = frame_wording().before_body.sub("", above)
    return name


def _title_lines(page: Page, whole: Flow, match: re.Match[str]) -> range:
    """Return the fragments up to a title, without its last where more follows in it: what precedes it is no prose."""
    last = whole.position(match.end() - 1)
    ends = match.end() - whole.starts[last] == len(page.tight[whole.lines[last]])
    return range(whole.lines[last] + ends)


def _located_title(page: Page, whole: Flow, match: re.Match[str]) -> Located[str]:
    first, last = whole.line(match.start("year")), whole.line(match.end() - 1)
    printed = " ".join(filter(None, (page.verbatim(line) for line in range(first, last + 1))))
    return Located(printed, printed, page.locator(first))


def _period(page: Page, whole: Flow) -> Located[Period] | None:
    wording = frame_wording()
    match = wording.period.search(whole.text) or wording.period_lost.search(whole.text)
    if match is None:
        return None
    found = match.groupdict()
    year = int(found["ay"])
    try:
        begin = date(year, int(found.get("am") or 1), int(found.get("ad") or 1))
        end = date(int(found["by"] or year), int(found["bm"]), int(found["bd"]))
    except ValueError:
        return None
    printed = whole.text[max(0, match.start() - _NAMED_BEFORE) : match.end()]
    return Located((begin, end), printed[-40:], page.locator(whole.line(match.start("ay"))))


def _published(page: Page, lines: list[int]) -> Located[datetime] | None:
    for line in lines[: frame_wording().title_fragments]:
        if match := frame_wording().published.search(page.lines[line]):
            parts = [int(match[part] or 0) for part in ("y", "m", "d", "H", "M", "S")]
            try:
                return Located(datetime(*parts), match[0], page.locator(line))  # type: ignore[arg-type]  # noqa: DTZ001
            except ValueError:
                continue
    return None


def _coverage(page: Page, whole: Flow) -> Located[Coverage] | None:
    for coverage, wording in ((Coverage.AGGREGATE, frame_wording().aggregate), (Coverage.OWN, frame_wording().own)):
        if match := wording.search(whole.text):
            return Located(coverage, match[0], page.locator(whole.line(match.start())))
    return None


def announced_parts(page: Page, whole: Flow) -> Located[int] | None:
    """Return how many parts the report says it has."""
    match = _announcement(whole.text)
    if match is None:
        return None
    count = match["count"]
    value = Decimal(count) if count.isdecimal() else chinese_number(count)
    return Located(
        int(value), match[0][match.start("count") - match.start() :], page.locator(whole.line(match.start("count")))
    )


def _announcement(text: str) -> re.Match[str] | None:
    """Return the first sentence that announces a number of parts; sought only before such a number and its end."""
    wording = frame_wording()
    for end in wording.announced_end.finditer(text):
        count = wording.announced_count.search(text, max(0, end.start() - _LONGEST_COUNT), end.end())
        begin = max(0, count.start() - _LONGEST_ANNOUNCEMENT) if count else 0
        if count and (match := wording.announced_parts.search(text, begin, end.end())):
            return match
    return None


def headings(page: Page, lines: list[int]) -> tuple[Located[str], ...]:
    """Return the top-level headings 一、二、三 among some lines, as far as they count on."""
    found: list[Located[str]] = []
    heading, tight, reached = frame_wording().heading, page.tight, 0
    numbered = [line for line in lines if _AFTER_NUMBER in tight[line][:_LONGEST_OPENING]]
    for line, match in [(line, match) for line in numbered if (match := heading.match(tight[line]))]:
        number = int(chinese_number(match["number"]))
        if number > reached:
            reached = number
            found.append(Located(match["title"], page.verbatim(line)[:60], page.locator(line)))
    return tuple(found)


def annex_headings(page: Page) -> dict[int, str]:
    """Return the number of each annex heading that stands on a line of its own, by fragment."""
    found = ((line, frame_wording().annex_heading.fullmatch(page.tight[line])) for line in _annex_lines(page))
    return {line: match["number"] for line, match in found if match}


def _annex_lines(page: Page) -> Iterator[int]:
    """Yield the fragments that begin as a heading or a list of annexes does."""
    whole = page.whole
    for match in frame_wording().annex_opening.finditer(whole.text):
        position = whole.position(match.start())
        if whole.starts[position] == match.start():
            yield whole.lines[position]


def annexes(page: Page, headings: Mapping[int, str]) -> tuple[Located[str], ...]:
    """Return the headings of annexes, each number once."""
    first = {number: line for line, number in reversed(list(headings.items()))}
    return tuple(Located(headings[line], page.verbatim(line), page.locator(line)) for line in sorted(first.values()))


def announced_annexes(page: Page, headings: Iterable[int]) -> tuple[Located[str], ...]:
    """Return the items of the list of annexes, which may be broken over lines."""
    for line in _annex_lines(page):
        if frame_wording().annex_list.match(page.tight[line]):
            return tuple(_list_items(page, line, min((below for below in headings if below >= line), default=None)))
    return ()


def _list_items(page: Page, first: int, below: int | None) -> list[Located[str]]:
    """Return the items 1., 2., 3. that follow each other from a fragment on, up to the first annex below."""
    whole = page.whole
    offset, limit = whole.offset(first), len(whole.text) if below is None else whole.offset(below)
    items: list[Located[str]] = []
    while match := re.compile(rf"(?<!\d){len(items) + 1}[.、]").search(whole.text, offset, limit):
        offset = match.end()
        line = whole.line(match.start())
        items.append(Located(page.verbatim(line), page.verbatim(line), page.locator(line)))
    return items
