"""Personal telephone numbers: they stay in the raw file and reach no table."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from pipelines.model.finding import Finding
from pipelines.model.observation import Observation, Source
from pipelines.model.report import Extraction, RosterLine
from pipelines.registry.files import read_yaml


@dataclass(frozen=True, slots=True)
class _Wording:
    number: re.Pattern[str]
    beside: re.Pattern[str]
    mask: str


@cache
def _wording() -> _Wording:
    declared = read_yaml("privacy.yml")
    return _Wording(re.compile(declared["number"]), re.compile(declared["beside"]), declared["mask"])


def discreet(extraction: Extraction, texts: Iterable[str]) -> Extraction:
    """Return an extraction in which the personal telephone numbers of a document's texts are masked."""
    if not any(map(_wording().number.search, texts)):
        return extraction
    return replace(
        extraction,
        observations=tuple(map(_observation, extraction.observations)),
        findings=tuple(map(_finding, extraction.findings)),
        roster=tuple(map(_roster_line, extraction.roster)),
    )


def _observation(found: Observation) -> Observation:
    if found.source is Source.TABLE and not _is_beside(found.label, found.printed):
        return found
    return replace(found, label=_masked(found.label), printed=_masked(found.printed))


def _finding(found: Finding) -> Finding:
    if not _is_beside(found.message_zh, found.found) and found.rule != "unmapped-figure":
        return found
    return replace(
        found,
        expected=_masked(found.expected),
        found=_masked(found.found),
        message_zh=_masked(found.message_zh),
        message_en=_masked(found.message_en),
    )


def _roster_line(line: RosterLine) -> RosterLine:
    return replace(line, body_name=_masked(line.body_name), note=_masked(line.note), printed=_masked(line.printed))


def _is_beside(*texts: str) -> bool:
    return any(_wording().beside.search(text) for text in texts)


def _masked(text: str) -> str:
    """Return a text in which the last eight digits of each personal number are hidden."""
    return _wording().number.sub(_wording().mask, text)
