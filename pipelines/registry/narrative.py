"""The wording of prose, compiled once: topics, lists and statements of nought."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipelines.registry.dictionary import indicator
from pipelines.registry.files import read_yaml
from pipelines.registry.units import units

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a number means after certain words: candidates of one meaning in different forms, and its units."""

    indicators: tuple[str, ...]
    words: re.Pattern[str]
    forbidden: re.Pattern[str]
    units: frozenset[str]
    short: re.Pattern[str]
    only_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Nought:
    """A statement that there was none, and of what."""

    words: re.Pattern[str]
    forbidden: re.Pattern[str]
    sentence: re.Pattern[str] | None
    zero_of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeWording:
    """Everything declared in narrative.yml.

    `of_unit` holds the topics that a figure of some unit may have; `none` finds the words without which no clause
    states a nought.
    """

    topics: tuple[Topic, ...]
    of_unit: dict[str, tuple[Topic, ...]]
    noughts: tuple[Nought, ...]
    none: re.Pattern[str]
    opens_list: str
    category: str
    not_a_year_figure: re.Pattern[str]
    restricted: re.Pattern[str]
    exception: re.Pattern[str]
    no_unit: re.Pattern[str]
    no_figure_before: re.Pattern[str]
    stands_for: dict[str, tuple[str, ...]]


def _optional(text: str | None) -> re.Pattern[str]:
    return re.compile(text) if text else _NEVER


def _alternatives(group: str) -> str:
    """Return the alternatives of a group without the group: an expression that begins with letters is sought faster."""
    return group.removeprefix("(?:").removesuffix(")")


def _topic(declared: dict[str, Any]) -> Topic:
    return Topic(
        indicators=tuple(indicator(name, "narrative.yml").indicator for name in declared["indicator"]),
        words=re.compile(rf"(?:{declared['words']})$"),
        forbidden=_optional(declared.get("not")),
        units=frozenset(units()[unit] for unit in declared["units"]),
        short=_optional(declared.get("short")),
        only_asked=declared.get("only_asked", False),
    )


def _nought(declared: dict[str, Any], none: str) -> Nought:
    return Nought(
        words=re.compile(declared["words"].replace("NONE", none)),
        forbidden=_optional(declared.get("not")),
        sentence=re.compile(declared["sentence"]) if "sentence" in declared else None,
        zero_of=tuple(indicator(name, "narrative.yml").indicator for name in declared["zero_of"]),
    )


@cache
def narrative_wording() -> NarrativeWording:
    """Return the wording declared in narrative.yml."""
    declared = read_yaml("narrative.yml")
    topics = tuple(map(_topic, declared["topics"]))
    return NarrativeWording(
        topics=topics,
        of_unit={unit: tuple(topic for topic in topics if unit in topic.units) for unit in units().values()},
        noughts=tuple(_nought(entry, declared["none"]) for entry in declared["noughts"]),
        none=re.compile(rf"{_alternatives(declared['none'])}|未|为0"),
        opens_list=declared["list"]["opens"],
        category=indicator(declared["list"]["category"], "narrative.yml").indicator,
        not_a_year_figure=re.compile(declared["not_a_year_figure"]),
        restricted=re.compile(declared["restricted"]),
        exception=re.compile(declared["exception"]),
        no_unit=re.compile(declared["no_unit"]),
        no_figure_before=re.compile(declared["no_figure_before"]),
        stands_for={name: tuple(cells) for name, cells in declared["stands_for"].items()},
    )
