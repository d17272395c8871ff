"""The sums between one year and the next, as declared in continuity.yml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipelines.registry.dictionary import breakdowns, cell_named
from pipelines.registry.files import RegistryError, read_yaml

_TERM = re.compile(r"(?P<minus>-?)(?P<cell>[^@]+)(?P<before>@before)?")


@dataclass(frozen=True, slots=True)
class LawTerm:
    """One figure of a law: on its left or right side, added or subtracted, of the year itself or of the one before."""

    law: str
    side: str
    sign: int
    years_back: int
    indicator: str
    breakdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A sum between two years: its terms, the forms in which it holds, and how strictly."""

    law: str
    zh: str
    en: str
    forms: tuple[str, ...]
    across_forms: bool
    operator: str
    hard: bool
    note_zh: str
    note_en: str
    terms: tuple[LawTerm, ...]


@cache
def laws() -> dict[str, Law]:
    """Return every law by its id, one for each row or member that it is declared for.

    Raises RegistryError where one names a figure that is in no dictionary.
    """
    expanded = (law for declared in read_yaml("continuity.yml")["laws"] for law in _expanded(declared))
    return {law.law: law for law in expanded}


@cache
def culprits() -> dict[str, dict[str, str]]:
    """Return what is said of each kind of fault, in both languages."""
    return dict(read_yaml("continuity.yml")["culprits"])


def _expanded(declared: dict[str, Any]) -> Iterator[Law]:
    if "each" in declared:
        for member in breakdowns()[declared["each"]]:
            yield _law(declared, member)
    else:
        for row in declared["rows"]:
            yield _law(declared, row)


def _law(declared: dict[str, Any], name: str) -> Law:
    if declared["operator"] not in {"=", ">="}:
        raise RegistryError(f"continuity.yml: {declared['id']} has the operator {declared['operator']}")
    law = f"{declared['id']}.{name}"
    return Law(
        law=law,
        zh=declared["zh"],
        en=declared["en"],
        forms=tuple(declared["forms"]),
        across_forms=declared.get("across_forms", False),
        operator=declared["operator"],
        hard=declared["hard"],
        note_zh=declared["note"]["zh"],
        note_en=declared["note"]["en"],
        terms=tuple(
            _term(law, side, text.replace("*", name).replace("[total]", ""))
            for side in ("left", "right")
            for text in declared[side]
        ),
    )


def _term(law: str, side: str, text: str) -> LawTerm:
    match = _TERM.fullmatch(text)
    if match is None:
        raise RegistryError(f"continuity.yml: {law}: {text!r} is no term")
    indicator, breakdown = cell_named(match["cell"], f"continuity.yml: {law}")
    return LawTerm(
        law=law,
        side=side,
        sign=-1 if match["minus"] else 1,
        years_back=1 if match["before"] else 0,
        indicator=indicator,
        breakdown=breakdown,
    )
