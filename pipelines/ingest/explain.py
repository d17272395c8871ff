"""A figure back to its printed cell, its file, and the rules that looked at it."""

import re
from dataclasses import dataclass
from typing import Any

from pipelines.ingest.key import UnknownKeyError, Word, parse_key
from pipelines.ingest.questions import ask
from pipelines.ingest.register import load
from pipelines.model.report import Unreadable
from pipelines.read.document import read_document
from pipelines.registry.identities import identities
from pipelines.settings import Settings

_LINE = re.compile(r"line (\d+)")
_AROUND = 4


@dataclass(frozen=True, slots=True)
class Explanation:
    """One figure with everything that stands behind it."""

    figure: dict[str, Any]
    context: tuple[str, ...]
    findings: tuple[dict[str, Any], ...]


def explain(settings: Settings, key: str) -> tuple[Explanation, ...]:
    """Return every figure that fits a key, each with its printed surroundings and the answers of its rules.

    Raises UnknownKeyError where the key cannot be understood or no figure fits it.
    """
    parts = parse_key(key, (Word(**row) for row in ask(settings.database, "words")))
    found = ask(settings.database, "figures", parts)
    if not found:
        raise _nothing_fits(settings, key, parts)
    return tuple(Explanation(figure, _context(settings, figure), _findings(settings, figure)) for figure in found)


def _nothing_fits(settings: Settings, key: str, parts: dict[str, object]) -> UnknownKeyError:
    """Return the error that says how a key was understood and which years would have had a figure."""
    others = ask(settings.database, "figures", parts | {"time_period": None})
    years = ", ".join(map(str, sorted({figure["time_period"] for figure in others})))
    understood = ", ".join(f"{name}={value}" for name, value in parts.items() if value is not None)
    return UnknownKeyError("no-figure", key, understood=understood, years=years or "—")


def _findings(settings: Settings, figure: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    wanted = {name: figure[name] for name in ("report_id", "indicator", "breakdown", "time_period", "locator")}
    cell = (figure["indicator"], figure["breakdown"])
    sums = [identity.id for identity in identities() if cell in identity.cells]
    return ask(settings.database, "findings_of_figure", wanted | {"sums": sums})


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
