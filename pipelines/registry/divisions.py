"""The administrative divisions of GB/T 2260 with the years in which each code had each name.

`divisions.csv` and `area_codes.csv` are made by `make divisions` from maintained packages, named in tools/divisions.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.registry.files import read_csv, read_yaml

FIRST_YEAR, LAST_YEAR = 2003, 2099


@dataclass(frozen=True, slots=True)
class Division:
    """One code under one name: level is province, prefecture or county; `parent` is the code above, "" for provinces.

    `successors` are the codes that took its place after `last_year`. In the year of a change both names are valid.
    """

    code: str
    name: str
    level: str
    parent: str
    first_year: int
    last_year: int
    successors: tuple[str, ...]

    @property
    def province(self) -> str:
        """The code of its province."""
        return self.code[:2] + "0000"

    def lies_in(self, code: str) -> bool:
        """Say whether it is, or belongs to, the division of a code.

        >>> divisions()["230804"][0].lies_in("230000")
        True
        """
        return code in (self.code, self.parent, self.province)


@cache
def divisions() -> dict[str, tuple[Division, ...]]:
    """Return every division by its code, each name that it had, in the order of years."""
    found: dict[str, list[Division]] = {}
    for row in read_csv("divisions.csv"):
        division = Division(
            code=row["code"],
            name=row["name"],
            level=row["level"],
            parent=row["parent"],
            first_year=int(row["first_year"] or FIRST_YEAR),
            last_year=int(row["last_year"] or LAST_YEAR),
            successors=tuple(filter(None, row["successors"].split("|"))),
        )
        found.setdefault(division.code, []).append(division)
    return {code: tuple(sorted(names, key=lambda each: each.last_year)) for code, names in found.items()}


@cache
def divisions_named(year: int) -> dict[str, tuple[Division, ...]]:
    """Return the divisions by the names that they had in a year or got in the next, when its reports are written.

    Provinces and autonomous divisions are found by their short names too.

    >>> [division.code for division in divisions_named(2017)["前进区"]]
    ['230804']
    >>> [division.name for division in divisions_named(2017)["黔东南州"]]
    ['黔东南苗族侗族自治州']
    """
    found: dict[str, list[Division]] = {}
    for names in divisions().values():
        for division in names:
            if division.first_year <= year + 1 and year <= division.last_year:
                for name in dict.fromkeys((division.name, *_short(division))):
                    found.setdefault(name, []).append(division)
    return {name: tuple(same) for name, same in found.items()}


def division_name(code: str, year: int) -> str:
    """Return the full name of a division in a year, after those above it.

    >>> division_name("230804", 2017)
    '黑龙江省佳木斯市前进区'
    """
    names = divisions().get(code, ())
    division = next((each for each in names if each.first_year <= year <= each.last_year), names[-1] if names else None)
    if division is None:
        return ""
    return (division_name(division.parent, year) if division.parent else "") + division.name


@cache
def area_codes() -> dict[str, frozenset[str]]:
    """Return the codes of the provinces or prefectures that share each telephone area."""
    return {row["area_code"]: frozenset(row["divisions"].split("|")) for row in read_csv("area_codes.csv")}


@cache
def _autonomous() -> re.Pattern[str]:
    peoples = "|".join(read_yaml("organs.yml")["peoples"])
    return re.compile(rf"(?P<place>.+?)(?:(?:{peoples})族?)+自治(?P<suffix>州|县|旗)")


@cache
def _provinces() -> dict[str, str]:
    return dict(read_yaml("organs.yml")["provinces"])


def _short(division: Division) -> Iterator[str]:
    """Yield the names by which a province or an autonomous division is called for short."""
    if division.level == "province":
        yield _provinces().get(division.name, division.name.removesuffix("省"))
    elif match := _autonomous().fullmatch(division.name):
        yield match["place"] + match["suffix"]


@cache
def domains() -> dict[str, str]:
    """Return the province that a label of two letters below gov.cn stands for, by its code."""
    return dict(read_yaml("domains.yml")["gov.cn"])
