"""The wording by which a report speaks about itself, compiled once."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pipelines.model.body import BodyKind
from pipelines.registry.files import read_yaml

_DATE = r"(?P<{0}y>\d{{4}})年(?P<{0}m>\d{{1,2}})月(?P<{0}d>\d{{1,2}})日?"
_LATER = r"(?:(?P<by>\d{4})年)?(?P<bm>\d{1,2})月(?P<bd>\d{1,2})日?"
_TO = r"[^\d]{0,4}?(?:至|到|[-—~～])[^\d]{0,4}?"
_STAMP = (
    r"(?P<y>\d{4})[-年/.](?P<m>\d{1,2})[-月/.](?P<d>\d{1,2})日?(?:\s+(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2}))?)?"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day by which reports are due, for reports of a year and later; of some kinds of bodies, or of all."""

    from_year: int
    month: int
    day: int
    basis: str
    kinds: tuple[BodyKind, ...] = tuple(BodyKind)

    def of(self, report_year: int) -> date:
        """Return the day on which the report for a year is due."""
        return date(report_year + 1, self.month, self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameWording:
    """Every expression that finds a part of a report's frame.

    `announced_count` is the end of what `announced_parts` finds, from its number on, and `announced_end` the plain
    text with which that ends; headings and lists of annexes begin with `annex_opening`.
    """

    years: range
    title: re.Pattern[str]
    prescribed_title: str
    before_body: re.Pattern[str]
    title_fragments: int
    published: re.Pattern[str]
    period: re.Pattern[str]
    period_lost: re.Pattern[str]
    aggregate: re.Pattern[str]
    own: re.Pattern[str]
    announced_parts: re.Pattern[str]
    announced_count: re.Pattern[str]
    announced_end: re.Pattern[str]
    heading: re.Pattern[str]
    annex_opening: re.Pattern[str]
    annex_heading: re.Pattern[str]
    annex_list: re.Pattern[str]
    organ_code: re.Pattern[str]
    telephone: re.Pattern[str]
    address: re.Pattern[str]
    domain: re.Pattern[str]
    deadlines: tuple[Deadline, ...]


def _title(declared: dict[str, Any]) -> str:
    year, name = rf"(?P<year>{declared['year']})", declared["name"]
    return rf"(?P<before>[^。,;]{{0,40}}?){year}年(?:度)?(?P<between>[^。,;:年]{{0,30}}?)(?P<name>{name})"


def _count(expression: str) -> str:
    """Return the end of an expression, from the number that it finds on."""
    return expression[expression.index("(?P<count>") :].replace("?P<count>", "")


def _ending(expression: str) -> str:
    """Return the text with which every match of an expression ends, as far as it is plain.

    >>> _ending("分为(?P<count>[0-9])个?部分")
    '部分'
    """
    plain = re.search(r"\w*\Z", expression)
    return plain[0] if plain else ""


def _opening(expression: str) -> str:
    """Return the text with which every match of an expression begins, as far as it is plain.

    >>> _opening("附(?:件|表)"), _opening("附件?"), _opening("附件|附表")
    ('附', '附', '')
    """
    alternatives = "|" in re.sub(r"\([^()]*\)", "", expression)
    plain = re.match(r"\w*(?![?*{])", expression)
    return plain[0] if plain and not alternatives else ""


@cache
def frame_wording() -> FrameWording:
    """Return the wording declared in frame.yml."""
    declared = read_yaml("frame.yml")
    title, period = declared["title"], declared["period"]
    # Characters that stand alone in a node of the page get lost in copies: 2017年1月1日 becomes 201711日.
    lost = r"(?P<ay>\d{4})年?1月?1日?[^\d]{0,4}?(?:至|到)[^\d]{0,4}?(?P<by>\d{4})?年?(?P<bm>12)月?(?P<bd>3[01])日?"
    return FrameWording(
        years=range(declared["years"]["first"], declared["years"]["last"] + 1),
        title=re.compile(_title(title)),
        prescribed_title=title["prescribed"],
        before_body=re.compile(title["before_body"]),
        title_fragments=title["fragments"],
        published=re.compile(rf"(?:{'|'.join(declared['published']['words'])})\s*:\s*{_STAMP}"),
        period=re.compile(rf"{period['words']}.{{0,{period['reach']}}}?{_DATE.format('a')}{_TO}{_LATER}"),
        period_lost=re.compile(rf"{period['words']}.{{0,{period['reach']}}}?{lost}"),
        aggregate=re.compile("|".join(declared["coverage"]["aggregate"])),
        own=re.compile("|".join(declared["coverage"]["own"])),
        announced_parts=re.compile("|".join(declared["announced_parts"])),
        announced_count=re.compile("|".join(map(_count, declared["announced_parts"]))),
        announced_end=re.compile("|".join(sorted(set(map(_ending, declared["announced_parts"]))))),
        heading=re.compile(declared["heading"]),
        annex_opening=re.compile("|".join(sorted({_opening(declared["annex"][part]) for part in ("heading", "list")}))),
        annex_heading=re.compile(declared["annex"]["heading"]),
        annex_list=re.compile(declared["annex"]["list"]),
        **{name: re.compile(expression) for name, expression in declared["place"].items()},
        deadlines=tuple(map(_deadline, declared["deadlines"])),
    )


def _deadline(declared: dict[str, Any]) -> Deadline:
    kinds = tuple(map(BodyKind, declared.get("kinds", BodyKind)))
    return Deadline(declared["from_year"], declared["month"], declared["day"], declared["basis"], kinds)


def deadline_for(report_year: int, kind: BodyKind = BodyKind.UNKNOWN) -> Deadline | None:
    """Return the deadline in force for the reports of a year by a kind of body, None before there was any."""
    deadlines = frame_wording().deadlines
    in_force = [each for each in deadlines if each.from_year <= report_year and kind in each.kinds]
    return in_force[-1] if in_force else None
