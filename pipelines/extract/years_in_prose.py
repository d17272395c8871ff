"""Sentences that give one figure for each of several years: each goes to its own year, or none is claimed."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipelines.extract.numbers import PHRASE, figure_of, is_figure
from pipelines.extract.prose import Prose
from pipelines.extract.series_figures import ANY_YEAR, heading_of, unreadable, year_of
from pipelines.model.finding import Finding
from pipelines.model.frozen import maker
from pipelines.model.observation import Observation, Source, Status
from pipelines.registry.annexes import series_wording
from pipelines.registry.dictionary import indicators
from pipelines.registry.units import same_unit
from pipelines.registry.wording import key

_YEARS = re.compile(rf"{ANY_YEAR}年度?")
_BARE_YEAR = re.compile(ANY_YEAR)
_AND = "[、,;和及与]"
_UP_TO = "[至到~—–-]"
_SPAN = re.compile(rf"{ANY_YEAR}(?:年度?)?{_UP_TO}")
_COUNTED = r"(?:[^\s、,;。:和及与年]|(?<=\d),(?=\d{3}(?!\d))){1,16}"
_RESPECTIVELY = re.compile(
    rf"(?P<years>(?:{ANY_YEAR}(?:年度?)?(?:{_AND}|{_UP_TO})?){{2,8}}?)(?P<label>(?!{ANY_YEAR})[^\d。;:!?]{{2,30}}?),?分别(?:为|是|达到?)?:?"
    rf"(?P<figures>{_COUNTED}(?:{_AND}{_COUNTED}){{1,7}})"
)
_SEVERAL = re.compile(rf"{ANY_YEAR}年度?(?:为|是|达到?|:)?{_COUNTED}{_AND}{ANY_YEAR}年")
"""Two figures of a list that gives each behind its year: sought before the whole list is, with its label."""

_SEVERAL_YEARS = re.compile(rf"{ANY_YEAR}(?:年度?)?(?:{_AND}|{_UP_TO})?{ANY_YEAR}")
_OPENS = re.compile(r"(?:^|[。;:,!?\n])(?:(?:全|我|本)[县市区省州镇乡局委厅]|通过)*$")
_BEFORE = 8
_LONGEST_LABEL = 40
_LONGEST_YEARS, _LONGEST_FIGURES = 120, 160
_observed = maker(Observation)


class YearsTold(NamedTuple):
    """What sentences on several years say, and the place and value of figures that are no other year's."""

    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    taken: frozenset[tuple[str, str]]

    def leaves(self, found: Observation) -> bool:
        """Say whether a figure of the prose is none of those that stand in a list of years."""
        return (found.locator, _plain(found.printed)) not in self.taken

    def leaves_open(self, finding: Finding) -> bool:
        """Say whether a finding speaks of anything but a figure in a list of years that nothing else could take."""
        listed = any((place, _plain(finding.found)) in self.taken for place in finding.locators)
        return finding.rule not in {"unmapped-figure", "other-scope"} or not listed


class _Told(NamedTuple):
    """A list of years with its figures: where it begins, its label, the years, and where each figure stands."""

    start: int
    label: str
    years: list[int]
    figures: list[re.Match[str]]


def read_years_in_prose(prose: Prose) -> YearsTold:
    """Return the figures of every sentence that lists years, and what is to be said of those that cannot be told."""
    observations, findings, taken = list[Observation](), list[Finding](), set[tuple[str, str]]()
    for told in _lists(prose.flow.text):
        counted = heading_of(key(told.label)).indicator or heading_of(key(told.label) + "数").indicator
        places = [(prose.locator(match.start()), _plain(match[0])) for match in told.figures]
        taken.update(places)
        if counted and len(told.years) == len(told.figures) and _is_own(prose.flow.text, told, counted):
            observations += [_observation(prose, told, counted, place) for place in range(len(told.years))]
        else:
            seen = prose.flow.text[told.start : told.figures[-1].end()]
            findings.append(unreadable(prose.page, prose.flow.line(told.start), told.label, seen))
    return YearsTold(tuple(observations), tuple(findings), frozenset(taken))


def _lists(text: str) -> Iterator[_Told]:
    """Yield the lists of a text: a year before each figure, or all years first and 分别 before the figures."""
    several = _SEVERAL.search(text)
    for match in _one_by_one().finditer(text, max(0, several.start() - _LONGEST_LABEL)) if several else ():
        years = [year for each in _YEARS.findall(match["list"]) if (year := year_of(each))]
        yield _Told(match.start(), match["label"], years, _figures(text, match.start("list"), match.end("list")))
    for match in _respectively(text):
        years = _years(match["years"])
        figures = _figures(text, match.start("figures"), match.end("figures"))
        if figures:
            yield _Told(match.start(), match["label"].removeprefix("通过"), years, figures)


def _respectively(text: str) -> Iterator[re.Match[str]]:
    """Yield the lists in which 分别 parts the years from the figures; sought only where years stand before it."""
    reached = 0
    for place in re.finditer("分别", text):
        begin = max(reached, place.start() - _LONGEST_YEARS)
        if not _SEVERAL_YEARS.search(text, begin, place.start()):
            continue
        if match := _RESPECTIVELY.search(text, begin, place.end() + _LONGEST_FIGURES):
            yield match
            reached = match.end()


def _years(text: str) -> list[int]:
    """Return the years of a list, or all those from the first to the last of two.

    >>> _years("2015年至2017年"), _years("2017年和2016年")
    ([2015, 2016, 2017], [2017, 2016])
    """
    years = [year for each in _BARE_YEAR.findall(text) if (year := year_of(f"{each}年"))]
    return list(range(years[0], years[-1] + 1)) if _SPAN.search(text) else years


@cache
def _one_by_one() -> re.Pattern[str]:
    """Return what a label looks like that figures follow, each behind its year."""
    labels = "|".join(re.escape(label.removesuffix("数")) for label in sorted(series_wording().columns, key=len)[::-1])
    pair = rf"{ANY_YEAR}年度?(?:为|是|达到?|:)?{_COUNTED}"
    return re.compile(rf"(?P<label>(?:{labels})数?)(?:为|:)?(?P<list>{pair}(?:{_AND}{pair}){{1,7}})")


def _figures(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the figures of a list, the years left out."""
    years = {match.start() for match in _YEARS.finditer(text, start, end)}
    found = (match for match in PHRASE.finditer(text, start, end) if match.start() not in years)
    return [match for match in found if is_figure(match)]


def _is_own(text: str, told: _Told, counted: str) -> bool:
    """Say whether a list is about the body itself, its years run one way, and its figures are in the unit asked for."""
    opens = _OPENS.search(text[max(0, told.start - _BEFORE) : told.start]) is not None or told.start == 0
    units = all(same_unit(match["unit"], indicators()[counted].unit) for match in told.figures)
    return opens and units and told.years in (sorted(set(told.years)), sorted(set(told.years))[::-1])


def _plain(printed: str) -> str:
    """Return a printed figure without its unit, as two readings of it are compared."""
    match = re.search(r"[\d.]+", printed.replace(",", ""))
    return match[0] if match else printed


def _observation(prose: Prose, told: _Told, counted: str, place: int) -> Observation:
    match = told.figures[place]
    figure = figure_of(match)
    return _observed(
        source=Source.NARRATIVE,
        time_period=told.years[place],
        indicator=counted,
        value=figure.value,
        unit=indicators()[counted].unit,
        status=Status.REPORTED,
        bound=figure.bound,
        precision=figure.precision,
        label=told.label,
        printed=prose.printed(match.start(), match.end()),
        locator=prose.locator(match.start()),
    )
