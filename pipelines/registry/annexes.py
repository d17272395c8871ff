"""The wording of annexes: columns of multi-year series, headings and states of publication rosters."""

from dataclasses import dataclass
from functools import cache

from pipelines.registry.dictionary import indicator
from pipelines.registry.files import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesWording:
    """Headings of a multi-year table: the year's, each indicator's, and those of columns without figures."""

    year_heading: frozenset[str]
    no_figure: frozenset[str]
    columns: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterWording:
    """Headings and states of a publication roster."""

    name_heading: frozenset[str]
    status_heading: frozenset[str]
    date_heading: frozenset[str]
    no_figure: frozenset[str]
    done: frozenset[str]
    open: frozenset[str]
    annual_report: frozenset[str]

    @property
    def headings(self) -> frozenset[str]:
        """Every heading that a roster may have."""
        return self.name_heading | self.status_heading | self.date_heading | self.no_figure

    @property
    def states(self) -> frozenset[str]:
        """Every word for how far a body has got."""
        return self.done | self.open


@cache
def ends_at() -> tuple[str, ...]:
    """Return the words with which the remarks under an annex begin; people's names follow some of them."""
    return tuple(read_yaml("annexes.yml")["ends_at"])


@cache
def series_wording() -> SeriesWording:
    """Return the wording of multi-year annexes."""
    declared = read_yaml("annexes.yml")["series"]
    return SeriesWording(
        year_heading=frozenset(declared["year_heading"]),
        no_figure=frozenset(declared["no_figure"]),
        columns={
            label: indicator(name, "annexes.yml").indicator
            for name, labels in declared["columns"].items()
            for label in labels
        },
    )


@cache
def roster_wording() -> RosterWording:
    """Return the wording of publication rosters."""
    return RosterWording(**{name: frozenset(words) for name, words in read_yaml("annexes.yml")["roster"].items()})
