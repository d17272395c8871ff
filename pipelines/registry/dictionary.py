"""The dictionary of indicators: ids are a public contract."""

import re
from dataclasses import dataclass
from functools import cache

from pipelines.model.observation import TOTAL
from pipelines.registry.files import RegistryError, read_csv, read_yaml

_CELL = re.compile(r"(?P<indicator>[a-z0-9_.]+)(?:\[(?P<breakdown>\w+)\])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What a figure counts: id, both names, unit, kind (count, signed_count, amount, rate, none), breakdown."""

    indicator: str
    zh: str
    en: str
    unit: str
    kind: str
    breakdown: str
    notes: str


@cache
def indicators() -> dict[str, Indicator]:
    """Return every indicator by its id."""
    found: dict[str, Indicator] = {}
    for row in read_csv("indicators.csv"):
        if row["indicator"] in found:
            raise RegistryError(f"indicators.csv: {row['indicator']} is declared twice")
        found[row["indicator"]] = Indicator(**row)
    if not found:
        raise RegistryError("indicators.csv: no indicator is declared")
    return found


def indicator(name: str, where: str) -> Indicator:
    """Return one indicator; raises RegistryError that names the place which uses an id nobody declared."""
    try:
        return indicators()[name]
    except KeyError:
        raise RegistryError(f"{where}: indicator {name!r} is not in indicators.csv") from None


def cell_named(text: str, where: str) -> tuple[str, str]:
    """Return the indicator and the breakdown of a cell that is written `indicator` or `indicator[breakdown]`.

    Raises RegistryError, which names the place, where the dictionary has no such cell.

    >>> cell_named("cases.review[upheld]", "here"), cell_named("disclosure.items", "here")
    (('cases.review', 'upheld'), ('disclosure.items', 'total'))
    """
    match = _CELL.fullmatch(text)
    if match is None:
        raise RegistryError(f"{where}: {text!r} is no cell; write indicator or indicator[breakdown]")
    known, breakdown = indicator(match["indicator"], where), match["breakdown"] or TOTAL
    if breakdown != TOTAL and breakdown not in breakdowns().get(known.breakdown, {}):
        raise RegistryError(f"{where}: {known.indicator} has no breakdown {breakdown!r}; see breakdowns.yml")
    return known.indicator, breakdown


def name_of_cell(indicator_id: str, breakdown: str) -> str:
    """Return how a cell is written; the opposite of `cell_named`.

    >>> name_of_cell("cases.review", "upheld"), name_of_cell("cases.review", "total")
    ('cases.review[upheld]', 'cases.review')
    """
    return indicator_id if breakdown == TOTAL else f"{indicator_id}[{breakdown}]"


@cache
def breakdowns() -> dict[str, dict[str, tuple[str, str]]]:
    """Return for each breakdown its members: id to (Chinese, English)."""
    return {
        name: {member["id"]: (member["zh"], member["en"]) for member in members}
        for name, members in read_yaml("breakdowns.yml").items()
    }


def breakdown_zh(indicator_id: str, breakdown: str) -> str:
    """Return the Chinese name of an indicator's cell: `行政复议数量·被依法纠错`."""
    known = indicators()[indicator_id]
    members = breakdowns().get(known.breakdown, {})
    return known.zh if breakdown == "total" else f"{known.zh}·{members.get(breakdown, (breakdown, ''))[0]}"


def breakdown_en(indicator_id: str, breakdown: str) -> str:
    """Return the English name of an indicator's cell."""
    known = indicators()[indicator_id]
    members = breakdowns().get(known.breakdown, {})
    return known.en if breakdown == "total" else f"{known.en}: {members.get(breakdown, ('', breakdown))[1]}"
