"""The declared facts as tables: dictionary, forms, divisions, crosswalk, laws, rules, and what people decided."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import chain, product

import duckdb

from pipelines.ingest.decisions import load_decisions
from pipelines.model.body import BodyKind
from pipelines.model.identity import Identity
from pipelines.registry.continuity import Law, laws
from pipelines.registry.crosswalk import crosswalk
from pipelines.registry.dictionary import indicators
from pipelines.registry.divisions import LAST_YEAR, Division, divisions
from pipelines.registry.forms import forms
from pipelines.registry.frame import deadline_for, frame_wording
from pipelines.registry.glossary import glossary
from pipelines.registry.identities import identities
from pipelines.registry.rules import Rule, rules
from pipelines.registry.tables import tables
from pipelines.registry.thresholds import thresholds
from pipelines.settings import Settings
from pipelines.warehouse.columns import Columns
from pipelines.warehouse.database import give, give_rows

_LAST_YEAR = 2040


def give_registry(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the SQL files read everything that the registry declares."""
    given: dict[str, Iterable[dict[str, object]]] = {
        "core.indicator": (asdict(indicator) for indicator in indicators().values()),
        "core.form_row": _form_rows(),
        "core.division": map(_division, chain(*divisions().values())),
        "core.concept": map(asdict, crosswalk()),
        "core.crosswalk": (asdict(term) for concept in crosswalk() for term in concept.terms),
        "core.passage": (asdict(passage) for concept in crosswalk() for passage in concept.passages),
        "core.law": (asdict(law) | {"forms": list(law.forms)} for law in laws().values()),
        "core.law_term": (asdict(term) for law in laws().values() for term in law.terms),
        "core.threshold": map(asdict, thresholds()),
        "core.deadline": _deadlines(),
        "quality.rule": _catalogue(),
    }
    for name, rows in given.items():
        give(connection, name, columns_of(name, rows))


def give_dictionary(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the SQL files read everything that is declared as one list."""
    entries = (entry._asdict() | {"used_in": list(entry.used_in)} for entry in glossary())
    give(connection, "mart.dictionary", columns_of("mart.dictionary", entries))


def give_decisions(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Let the SQL files read what people decided; raises Problem where they decided it wrongly."""
    decisions = load_decisions(settings.decisions, LAST_YEAR)
    columns: dict[str, list[str]] = {
        "report_id": [each.report_id for each in decisions],
        "printed": [each.printed for each in decisions],
        "body_id": [each.body.body_id for each in decisions],
        "name": [each.body.name for each in decisions],
        "division": [each.body.division for each in decisions],
        "kind": [each.body.kind for each in decisions],
    }
    give_rows(connection, "decision", columns)


def columns_of(table: str, rows: Iterable[dict[str, object]]) -> Columns:
    """Return rows as the columns of a declared table."""
    gathered = list(rows)
    return {column.name: [row[column.name] for row in gathered] for column in tables()[table].columns}


def _deadlines() -> Iterator[dict[str, object]]:
    """Yield what is due of each kind of body for each year: the day and the form."""
    for year, kind in product(range(frame_wording().years.start, _LAST_YEAR + 1), BodyKind):
        deadline = deadline_for(year, kind)
        yield {
            "kind": kind,
            "report_year": year,
            "due": deadline.of(year) if deadline else None,
            "form": next((form.form for form in forms() if form.in_force(year)), ""),
            "basis": deadline.basis if deadline else "",
        }


def _division(division: Division) -> dict[str, object]:
    return asdict(division) | {"province": division.province, "successors": list(division.successors)}


def _form_rows() -> Iterator[dict[str, object]]:
    for form in forms():
        for table in form.tables:
            for position, row in enumerate(table.figures, start=1):
                yield {
                    "form": form.form,
                    "table": table.table,
                    "row": position,
                    "number": row.number,
                    "label": row.label,
                    "indicator": row.indicator,
                    "breakdown": row.breakdown,
                    "unit": row.unit,
                    "heading": row.heading,
                    "optional": table.optional or row.subtotal,
                    "source": form.source,
                }


def _catalogue() -> Iterator[dict[str, object]]:
    for law in laws().values():
        yield _entry(law.law, law, "error" if law.hard else "warning", law.note_zh, law.note_en)
    for rule in rules().values():
        yield _entry(rule.id, rule, rule.severity.value, rule.reason_zh, rule.reason)
    for identity in identities():
        yield _entry(identity.id, identity, "error" if identity.hard else "warning", identity.note_zh, identity.note)


def _entry(name: str, named: Law | Rule | Identity, severity: str, reason_zh: str, reason: str) -> dict[str, object]:
    """Return a rule of the catalogue."""
    words = {"zh": named.zh, "en": named.en, "reason_zh": reason_zh, "reason": reason}
    return {"rule": name, "severity": severity, **words}
