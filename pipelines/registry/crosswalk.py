"""What asks for the same thing in several forms, and how far its years can be compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipelines.model.observation import Source
from pipelines.registry.dictionary import cell_named
from pipelines.registry.files import RegistryError, read_yaml

GRADES = ("full", "near", "partial", "none")


@dataclass(frozen=True, slots=True)
class Term:
    """One figure of a form that belongs to a concept."""

    concept: str
    form: str
    rank: int
    indicator: str
    breakdown: str
    source: str


@dataclass(frozen=True, slots=True)
class Passage:
    """How far a concept can be compared between two forms: full, near, partial or none."""

    concept: str
    before: str
    after: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One thing that several forms ask for, with its terms in each and the grades between them."""

    concept: str
    zh: str
    en: str
    note_zh: str
    note_en: str
    additive: bool
    terms: tuple[Term, ...]
    passages: tuple[Passage, ...]


@cache
def crosswalk() -> tuple[Concept, ...]:
    """Return every concept in the order of the registry.

    Raises RegistryError where one names a figure that is in no dictionary, or a passage between forms that it lacks.
    """
    declared = read_yaml("crosswalk.yml")
    precedence = tuple(declared["precedence"])
    return tuple(_concept(name, content, precedence) for name, content in declared["concepts"].items())


def _concept(name: str, declared: dict[str, Any], precedence: tuple[str, ...]) -> Concept:
    note = declared.get("note", {"zh": "", "en": ""})
    asked = [form for form in precedence if form in declared]
    return Concept(
        concept=name,
        zh=declared["zh"],
        en=declared["en"],
        note_zh=note["zh"],
        note_en=note["en"],
        additive=declared.get("additive", False),
        terms=tuple(term for form in asked for term in _terms(name, form, declared, precedence.index(form))),
        passages=tuple(_passages(name, declared["grades"], asked)),
    )


def _terms(concept: str, form: str, declared: dict[str, Any], rank: int) -> Iterator[Term]:
    source = Source.NARRATIVE if form in declared.get("prose", ()) else Source.TABLE
    for written in declared[form]:
        indicator, breakdown = cell_named(written, f"crosswalk.yml: {concept} of {form}")
        yield Term(concept, form, rank, indicator, breakdown, source)


def _passages(concept: str, grades: dict[str, str], asked: list[str]) -> Iterator[Passage]:
    for between, grade in grades.items():
        before, _, after = between.partition("-")
        if grade not in GRADES or not {before, after} <= set(asked):
            raise RegistryError(f"crosswalk.yml: {concept} grades {between} as {grade}")
        yield Passage(concept, before, after, grade)
