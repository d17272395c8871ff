"""A figure back to its printed cell, its file, and the rules that looked at it."""

import re
from dataclasses import dataclass
from typing import Any

from pipelines.ingest.register import load
from pipelines.model.observation import Source
from pipelines.model.report import Unreadable
from pipelines.read.document import read_document
from pipelines.registry.dictionary import breakdowns, indicators
from pipelines.settings import Settings
from pipelines.sql.statements import statements
from pipelines.warehouse.query import query

_YEAR = re.compile(r"(?:19|20)\d{2}")
_REPORT = re.compile(r"[0-9a-f]{16}")
_LINE = re.compile(r"line (\d+)")
_AROUND = 4


class UnknownKeyError(ValueError):
    """A key that names no indicator, or fits no figure."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One figure with everything that stands behind it."""

    figure: dict[str, Any]
    context: tuple[str, ...]
    findings: tuple[dict[str, Any], ...]


def parse_key(key: str) -> dict[str, object]:
    """Return the parts of a key in any order: body or report, year, indicator, breakdown, source, occurrence.

    >>> parse_key("230804/2017/disclosure.via_website/series")["source"]
    'series'
    """
    parts: dict[str, object] = dict.fromkeys(
        ("report_id", "body_id", "time_period", "indicator", "breakdown", "source", "occurrence")
    )
    for part in filter(None, re.split(r"[/\s,|]+", key.strip())):
        name, value = _part(part)
        parts[name] = value
    if parts["indicator"] is None and parts["report_id"] is None and parts["body_id"] is None:
        raise UnknownKeyError(f"{key!r} names no indicator, body or report; write 230804/2017/disclosure.via_website")
    return parts


def _part(part: str) -> tuple[str, object]:
    """Return which part of a key a word is, with its value; a body's id is what nothing else claims."""
    kinds = (
        ("indicator", part in indicators()),
        ("source", part in set(Source)),
        ("time_period", _YEAR.fullmatch(part)),
        ("report_id", _REPORT.fullmatch(part)),
        ("occurrence", part.isdecimal() and len(part) < len("230804")),
        ("breakdown", any(part in members for members in breakdowns().values()) or not part.isascii()),
    )
    name = next((kind for kind, fits in kinds if fits), "body_id")
    if name == "body_id" and "." in part:
        raise UnknownKeyError(f"{part!r} is no indicator; see core.indicator for their ids")
    return name, int(part) if name in {"time_period", "occurrence"} else part


def explain(settings: Settings, key: str) -> tuple[Explanation, ...]:
    """Return every figure that fits a key, each with its printed surroundings and the answers of its rules.

    Raises UnknownKeyError where the key cannot be understood or no figure fits it.
    """
    found = query(settings.database, statements("query")["query.figures"].text, parse_key(key)).rows
    if not found:
        raise UnknownKeyError(f"no figure in the warehouse fits {key!r}")
    return tuple(Explanation(figure, _context(settings, figure), _findings(settings, figure)) for figure in found)


def _findings(settings: Settings, figure: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    wanted = {name: figure[name] for name in ("report_id", "indicator", "breakdown", "time_period", "locator")}
    return query(settings.database, statements("query")["query.findings_of_figure"].text, wanted).rows


def _context(settings: Settings, figure: dict[str, Any]) -> tuple[str, ...]:
    """Return the printed lines that lead to a figure, as they stand in the raw file."""
    match = _LINE.fullmatch(figure["locator"])
    try:
        document = read_document(load(settings.raw / (figure["path"] or ""), settings.largest_file))
    except Unreadable as reason:
        return (f"raw file not readable: {reason.detail}",)
    if match is None:
        return ()
    last = int(match[1])
    filled = [line for line in range(last, 0, -1) if document.texts[line - 1].strip() or line == last][:_AROUND]
    return tuple(f"{line:>6} │ {document.texts[line - 1].strip()}" for line in reversed(filled))
