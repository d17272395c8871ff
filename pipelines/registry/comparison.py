"""How two builds are compared: the sections of the answer, and what makes a change surprising."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipelines.registry.crosswalk import crosswalk
from pipelines.registry.dictionary import cell_named
from pipelines.registry.files import RegistryError, read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredSection:
    """One section: its name, title in both languages, the columns that people see, what may become of a thing."""

    name: str
    zh: str
    en: str
    shown: tuple[str, ...]
    kinds: dict[str, str]


class Surprise(NamedTuple):
    """What a change counts: the factor for a figure that is there on one side only, and what counts several times."""

    factor_of_absence: float
    headline_weight: float
    headline_concepts: list[str]
    headline_cells: list[str]


@cache
def declared_sections() -> dict[str, DeclaredSection]:
    """Return every section by name, worst first; a column that has no heading is refused."""
    found = {
        name: DeclaredSection(name=name, **declared | {"shown": tuple(declared["shown"])})
        for name, declared in read_yaml("comparison.yml")["sections"].items()
    }
    unnamed = {column for section in found.values() for column in section.shown} - set(headings())
    if unnamed:
        raise RegistryError(f"comparison.yml: no heading for {', '.join(sorted(unnamed))}")
    return found


@cache
def headings() -> dict[str, str]:
    """Return the headings of columns, in both languages, by name."""
    found: dict[str, str] = read_yaml("comparison.yml")["columns"]
    return found


@cache
def surprise() -> Surprise:
    """Return what makes a change surprising; a headline that no dictionary knows is refused."""
    declared = read_yaml("comparison.yml")
    concepts = {concept.concept: concept for concept in crosswalk()}
    unknown = set(declared["headline_concepts"]) - set(concepts)
    if unknown:
        raise RegistryError(f"comparison.yml: no concept {', '.join(sorted(unknown))}")
    terms = (term for name in declared["headline_concepts"] for term in concepts[name].terms)
    within = {(term.indicator, term.breakdown) for term in terms}
    cells = {cell_named(written, "comparison.yml: headline_cells") for written in declared["headline_cells"]}
    return Surprise(
        factor_of_absence=float(declared["factor_of_absence"]),
        headline_weight=float(declared["headline_weight"]),
        headline_concepts=declared["headline_concepts"],
        headline_cells=sorted(f"{name}[{part}]" for name, part in cells | within),
    )
