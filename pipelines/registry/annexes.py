"""The wording of annexes: columns of multi-year series, headings and states of publication rosters."""

import re
from dataclasses import dataclass
from functools import cache

from pipelines.registry.dictionary import indicator
from pipelines.registry.files import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesWording:
    """Headings of a multi-year table: the year's, each indicator's, and those of columns without figures.

    `name_heading` and `unit_heading` stand before years that are side by side; `remarks` are columns of words,
    `rates` of growth; both are in `no_figure` too. `known` holds every heading.
    """

    year_heading: frozenset[str]
    name_heading: frozenset[str]
    unit_heading: frozenset[str]
    no_figure: frozenset[str]
    remarks: frozenset[str]
    rates: frozenset[str]
    columns: dict[str, str]
    known: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterWording:
    """Headings and states of a publication roster.

    `headings` holds every heading, `states` every word for how far a body has got, `known` both; `name_pattern`
    finds the heading of a name. Under `personal` heads stand people, who are left out; `announced` finds in prose how
    many bodies are done.
    """

    name_heading: frozenset[str]
    status_heading: frozenset[str]
    date_heading: frozenset[str]
    done: frozenset[str]
    annual_report: frozenset[str]
    personal: frozenset[str]
    number_heading: frozenset[str]
    announced: tuple[re.Pattern[str], ...]
    headings: frozenset[str]
    states: frozenset[str]
    known: frozenset[str]
    name_pattern: re.Pattern[str]


@cache
def ends_at() -> tuple[str, ...]:
    """Return the words with which the remarks under an annex begin; people's names follow some of them."""
    return tuple(read_yaml("annexes.yml")["ends_at"])


@cache
def series_wording() -> SeriesWording:
    """Return the wording of multi-year annexes."""
    declared = read_yaml("annexes.yml")["series"]
    columns = {
        label: indicator(name, "annexes.yml").indicator
        for name, labels in declared["columns"].items()
        for label in labels
    }
    words = {name: frozenset(declared[name]) for name in declared if name != "columns"}
    return SeriesWording(
        year_heading=words["year_heading"],
        name_heading=words["name_heading"],
        unit_heading=words["unit_heading"],
        no_figure=words["no_figure"] | words["remarks"] | words["rates"],
        remarks=words["remarks"],
        rates=words["rates"],
        columns=columns,
        known=frozenset().union(*words.values(), columns),
    )


@cache
def roster_wording() -> RosterWording:
    """Return the wording of publication rosters."""
    declared = read_yaml("annexes.yml")["roster"]
    words = {name: frozenset(words) for name, words in declared.items() if name != "announced"}
    headings = frozenset().union(*(words[name] for name in words if name.endswith("_heading")), words["no_figure"])
    states = words["done"] | words["open"]
    return RosterWording(
        name_heading=words["name_heading"],
        status_heading=words["status_heading"],
        date_heading=words["date_heading"],
        done=words["done"],
        annual_report=words["annual_report"],
        personal=words["personal"],
        number_heading=words["number_heading"],
        announced=tuple(map(re.compile, declared["announced"])),
        headings=headings,
        states=states,
        known=headings | states | words["personal"],
        name_pattern=re.compile("|".join(map(re.escape, sorted(words["name_heading"])))),
    )
