"""What pages say of the words that columns hold, of SDMX's letters, of grades and of files that are not read."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from pipelines.registry.crosswalk import Concept, crosswalk
from pipelines.registry.publishing import observation_statuses
from pipelines.registry.rules import quarantine_reasons
from pipelines.registry.words import words
from tools.markdown import both, coded, grid

_UNDETERMINED = Path(__file__).parents[1] / "tests" / "forms" / "real" / "undetermined.yml"


def vocabulary(name: str) -> str:
    """Return the words of one vocabulary and the columns that hold them."""
    found = [word for word in words() if word.vocabulary == name]
    table = grid(("word", "中文", "English"), ((f"`{word.word}`", word.zh, word.en) for word in found))
    return f"{table}\n\nIn {coded(found[0].columns)}."


def letters() -> str:
    """Return the letter of SDMX for each of our statuses."""
    heads = ("status", "OBS_STATUS", "中文", "English")
    return grid(heads, ((f"`{each.status}`", each.code, each.zh, each.en) for each in observation_statuses()))


def passages() -> str:
    """Return how far each concept can be compared from one form to the next."""
    between = list(dict.fromkeys(pair for concept in crosswalk() for pair in _grades(concept)))
    heads = ("concept", "含义 meaning", *(f"{before} → {after}" for before, after in between), "说明 note")
    return grid(heads, (_passage(concept, between) for concept in crosswalk() if concept.passages))


def _passage(concept: Concept, between: list[tuple[str, str]]) -> tuple[str, ...]:
    grades = _grades(concept)
    told = (grades.get(pair, "—") for pair in between)
    return f"`{concept.concept}`", both(concept.zh, concept.en), *told, both(concept.note_zh, concept.note_en)


def _grades(concept: Concept) -> dict[tuple[str, str], str]:
    return {(passage.before, passage.after): passage.grade for passage in concept.passages}


def alone() -> str:
    """Return the concepts that only one form asks for."""
    heads = ("concept", "含义 meaning", "form", "说明 note")
    return grid(heads, (_alone(concept) for concept in crosswalk() if not concept.passages))


def _alone(concept: Concept) -> tuple[str, ...]:
    asked = coded(dict.fromkeys(term.form for term in concept.terms))
    return f"`{concept.concept}`", both(concept.zh, concept.en), asked, both(concept.note_zh, concept.note_en)


def reasons() -> str:
    """Return why files are set aside, and what their keeper can do."""
    heads = ("reason", "含义 meaning", "怎么办 what to do")
    return grid(
        heads,
        (
            (f"`{each.id}`", both(each.zh, each.en), both(each.todo_zh, each.todo_en))
            for each in quarantine_reasons().values()
        ),
    )


def undetermined() -> str:
    """Return the figures of the real reports that nothing in them determines."""
    return grid(("report", "figures", "why"), _undetermined())


def _undetermined() -> Iterator[tuple[str, ...]]:
    for report, entries in yaml.safe_load(_UNDETERMINED.read_text(encoding="utf-8")).items():
        for entry in entries:
            yield f"`{report}`", coded(entry["cells"]), entry["reason"]
