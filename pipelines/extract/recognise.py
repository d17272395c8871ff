"""Which report this is: its title, body, year and period, told by wording and never by a year alone."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pipelines.extract.numbers import chinese_number
from pipelines.extract.page import Flow, Page
from pipelines.model.report import Body, Coverage, Located, Unreadable
from pipelines.registry.bodies import resolve
from pipelines.registry.frame import frame_wording

Period = tuple[date, date]
_ROUND = str.maketrans("○Oo0", "〇〇〇〇")
_LAST_MONTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What identifies a report: title as printed, year in it, body, statistical period, date of publication."""

    title: Located[str]
    title_year: int
    title_name: str
    body_name: str
    body: Body
    period: Located[Period] | None
    published: Located[datetime] | None
    coverage: Located[Coverage] | None
    whole: Flow

    @property
    def report_year(self) -> int:
        """The year the report is for: that of the statistical period, else that of the title."""
        return self.period.value[0].year if self.period else self.title_year


def recognise(page: Page) -> Identity:
    """Return what identifies the report in a page.

    Raises Unreadable: `not-an-annual-report` where no line is a report's title, `not-annual` where the statistical
    period ends before December (quarterly and half-year statistics look alike).
    """
    lines = [line for line, text in enumerate(page.tight) if text]
    whole = Flow.of([page.tight[line] for line in lines], lines)
    match = _title(page, whole)
    period = _period(page, whole)
    if period and period.value[1].month != _LAST_MONTH:
        raise Unreadable("not-annual", f"{period.printed} ({period.locator})")
    name = _body_name(whole, match)
    return Identity(
        title=_located_title(page, whole, match),
        title_year=_year(match["year"]),
        title_name=match["name"],
        body_name=name,
        body=resolve(name, whole.text),
        period=period,
        published=_published(page, lines),
        coverage=_coverage(page, whole),
        whole=whole,
    )


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
    printed = list(re.finditer(r"\S", page.lines[line]))
    return printed[inside].start() > printed[inside - 1].start() + 1 or page.tight[line][inside] in "(_-—"


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
    return Located((begin, end), match[0][-40:], page.locator(whole.line(match.start("ay"))))


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
    match = frame_wording().announced_parts.search(whole.text)
    if match is None:
        return None
    count = match["count"]
    value = Decimal(count) if count.isdecimal() else chinese_number(count)
    return Located(
        int(value), match[0][match.start("count") - match.start() :], page.locator(whole.line(match.start("count")))
    )


def headings(page: Page, lines: list[int]) -> tuple[Located[str], ...]:
    """Return the top-level headings 一、二、三 among some lines, as far as they count on."""
    found: list[Located[str]] = []
    reached = 0
    for line in lines:
        match = frame_wording().heading.match(page.tight[line])
        if match and chinese_number(match["number"]) > reached:
            reached = int(chinese_number(match["number"]))
            found.append(Located(match["title"], page.verbatim(line)[:60], page.locator(line)))
    return tuple(found)


def annexes(page: Page, whole: Flow) -> tuple[Located[str], ...]:
    """Return the annex headings that stand on a line of their own, each number once."""
    found: dict[str, Located[str]] = {}
    for line in whole.lines:
        if match := frame_wording().annex_heading.fullmatch(page.tight[line]):
            found.setdefault(match["number"], Located(match["number"], page.verbatim(line), page.locator(line)))
    return tuple(found.values())


def announced_annexes(page: Page, whole: Flow) -> tuple[Located[str], ...]:
    """Return the items of the list of annexes, which may be broken over lines."""
    for position, line in enumerate(whole.lines):
        if frame_wording().annex_list.match(page.tight[line]):
            return tuple(_list_items(page, whole, position))
    return ()


def _list_items(page: Page, whole: Flow, position: int) -> list[Located[str]]:
    """Return the items 1., 2., 3. that follow each other up to the first annex."""
    end = position
    while end < len(whole.lines) and not frame_wording().annex_heading.fullmatch(page.tight[whole.lines[end]]):
        end += 1
    offset, limit = whole.starts[position], whole.starts[end] if end < len(whole.lines) else len(whole.text)
    items: list[Located[str]] = []
    while match := re.compile(rf"(?<!\d){len(items) + 1}[.、]").search(whole.text, offset, limit):
        offset = match.end()
        line = whole.line(match.start())
        items.append(Located(page.verbatim(line), page.verbatim(line), page.locator(line)))
    return items
