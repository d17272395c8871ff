"""What the multi-year annexes of any layout share: years, headings with their units, and the figures they make."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipelines.extract.annex import AnnexCell
from pipelines.extract.numbers import Cell, chinese_number, parse_cell
from pipelines.extract.page import Page
from pipelines.model.figure import Figure
from pipelines.model.finding import Finding
from pipelines.model.frozen import maker
from pipelines.model.identity import ZERO
from pipelines.model.observation import VALUELESS, Observation, Source, Status
from pipelines.registry.annexes import series_wording
from pipelines.registry.dictionary import indicators
from pipelines.registry.rules import rules
from pipelines.registry.units import factor, units

_CHINESE = "二[〇○零Oo0][〇○零Oo0一二三][〇○零Oo0一二三四五六七八九]"
ANY_YEAR = rf"(?:19\d{{2}}|20\d{{2}}|{_CHINESE})"
_ARABIC_YEAR = re.compile(r"((?:19|20)\d{2})(?:年度?)?")
_CHINESE_YEAR = re.compile(rf"({_CHINESE})年度?")
_ROUND = str.maketrans("○Oo0", "〇〇〇〇")
_TEN_THOUSAND = "万"
_observed = maker(Observation)


@dataclass(frozen=True, slots=True)
class SeriesReading:
    """What the multi-year annexes of a page hold, and the fragments they take up."""

    observations: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: tuple[range, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading counts, None where nobody knows, and how many of its unit one printed unit is: 万条 is 10,000."""

    indicator: str | None
    scale: Decimal = Decimal(1)


@lru_cache(maxsize=4096)
def year_of(wording: str) -> int | None:
    """Return the year that a cell is, None where it is anything else.

    >>> year_of("2015年"), year_of("二〇一五年"), year_of("930")
    (2015, 2015, None)
    """
    if match := _ARABIC_YEAR.fullmatch(wording):
        return int(match[1])
    if match := _CHINESE_YEAR.fullmatch(wording):
        return int(chinese_number(match[1].translate(_ROUND)))
    return None


@lru_cache(maxsize=1024)
def heading_of(wording: str, unit: str = "") -> Heading:
    """Return what a heading counts, told with or without the unit behind it, or the one in a column beside it.

    >>> heading_of("网站信息公开数万条"), heading_of("网站信息公开数", "条").indicator
    (Heading(indicator='disclosure.via_website', scale=Decimal('10000')), 'disclosure.via_website')
    """
    columns = series_wording().columns
    if wording in columns:
        return _counted(columns[wording], unit)
    for word in sorted(units(), key=len, reverse=True):
        for printed in (_TEN_THOUSAND + word, word):
            if not unit and (name := columns.get(wording.removesuffix(printed))) and wording.endswith(printed):
                return _counted(name, printed)
    return Heading(None)


def _counted(name: str, unit: str) -> Heading:
    """Return a heading in a printed unit; one that is no unit of the figure counts something else."""
    own = indicators()[name].unit
    worth = factor(unit or own, own)
    if worth is None and unit.startswith(_TEN_THOUSAND):
        single = factor(unit.removeprefix(_TEN_THOUSAND), own)
        worth = single * 10_000 if single else None
    return Heading(name if worth is not None else None, worth or Decimal(1))


def is_rate(cell: AnnexCell) -> bool:
    """Say whether a cell is a rate and no count: 12.5%."""
    content = parse_cell(cell.text)
    return content is not None and content.unit != "" and units().get(content.unit) == units()["%"]


def series_figure(page: Page, year: int, heading: AnnexCell, counted: Heading, cell: AnnexCell) -> Observation:
    """Return the figure of one year under one heading that is known."""
    name = counted.indicator or ""
    content = parse_cell(cell.text) or Cell(Status.UNREADABLE)
    figure = content.figure or Figure(ZERO)
    if counted.scale != 1:
        content = content._replace(status=Status.UNREADABLE) if content.unit else content
        figure = figure._replace(value=figure.value * counted.scale, precision=figure.precision * counted.scale)
    return _observed(
        source=Source.SERIES,
        time_period=year,
        indicator=name,
        value=None if content.status in VALUELESS else figure.value,
        unit=content.unit or indicators()[name].unit,
        status=content.status,
        bound=figure.bound,
        precision=figure.precision,
        table="series",
        label=page.verbatim(heading.line) if heading.text == page.lines[heading.line].strip() else heading.text,
        printed=cell.text,
        locator=page.locator(cell.line),
    )


def unmapped(page: Page, heading: AnnexCell) -> Finding:
    """Return that nobody knows what a heading counts."""
    return rules()["unmapped-column"].broken(locators=(page.locator(heading.line),), found=heading.text)


def unreadable(page: Page, line: int, label: str, seen: str) -> Finding:
    """Return that the cells of an annex cannot be assigned to years and headings in exactly one way."""
    return rules()["unreadable-annex"].broken(locators=(page.locator(line),), label=label, found=seen)
