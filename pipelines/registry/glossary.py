"""Everything that is declared, as one list in which one looks up a word: what it means and where it is used."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from pipelines.registry.continuity import laws
from pipelines.registry.crosswalk import crosswalk
from pipelines.registry.dictionary import breakdown_en, breakdown_zh, breakdowns, indicators, name_of_cell
from pipelines.registry.forms import FormTable, forms
from pipelines.registry.identities import identities
from pipelines.registry.rules import quarantine_reasons, rules
from pipelines.registry.tables import tables
from pipelines.registry.words import words


class Entry(NamedTuple):
    """One declared thing: kind and name, what it is called, what is to be said of it, its unit, where it is used."""

    kind: str
    name: str
    zh: str
    en: str
    note_zh: str = ""
    note_en: str = ""
    unit: str = ""
    used_in: tuple[str, ...] = ()


@cache
def glossary() -> tuple[Entry, ...]:
    """Return every entry, in the order in which a reader meets them: tables first, rows of forms after the forms."""
    parts = (_tables, _columns, _words, _concepts, _indicators, _breakdowns, _forms, _form_rows, _rules, _quarantine)
    return tuple(chain.from_iterable(part() for part in parts))


def _tables() -> Iterator[Entry]:
    for table in tables().values():
        key = ", ".join(table.key)
        yield Entry("table", table.name, table.zh, table.en, f"主键：{key}", f"Key: {key}")


def _columns() -> Iterator[Entry]:
    for table in tables().values():
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            yield Entry("column", name, column.zh, column.en, column.type, column.type, used_in=(table.name,))


def _words() -> Iterator[Entry]:
    for word in words():
        yield Entry("word", f"{word.vocabulary}.{word.word}", word.zh, word.en, used_in=word.columns)


def _concepts() -> Iterator[Entry]:
    for concept in crosswalk():
        used = tuple(f"{term.form}: {name_of_cell(term.indicator, term.breakdown)}" for term in concept.terms)
        yield Entry(
            "concept", concept.concept, concept.zh, concept.en, concept.note_zh, concept.note_en, _unit(used), used
        )


def _unit(cells: tuple[str, ...]) -> str:
    """Return the unit of cells, "" where they do not all have one."""
    found = {indicators()[cell.partition(": ")[2].partition("[")[0]].unit for cell in cells}
    return found.pop() if len(found) == 1 else ""


def _indicators() -> Iterator[Entry]:
    used: dict[str, dict[str, None]] = defaultdict(dict)
    for form in forms():
        for table in form.tables:
            for row in table.figures:
                used[row.indicator][f"{form.form}/{table.table}"] = None
    for concept in crosswalk():
        for term in concept.terms:
            used[term.indicator][f"concept {concept.concept}"] = None
    for name, each in indicators().items():
        yield Entry("indicator", name, each.zh, each.en, "", each.notes, each.unit, tuple(used[name]))


def _breakdowns() -> Iterator[Entry]:
    for name, members in breakdowns().items():
        used = tuple(each.indicator for each in indicators().values() if each.breakdown == name)
        for member, (zh, en) in members.items():
            yield Entry("breakdown", f"{name}.{member}", zh, en, used_in=used)


def _forms() -> Iterator[Entry]:
    for form in forms():
        years = f"{form.first_year}—{form.last_year}"
        used = tuple(f"{form.form}/{table.table}" for table in form.tables)
        yield Entry("form", form.form, form.zh, form.en, f"{form.source}，{years}", f"{form.source}, {years}", "", used)


def _form_rows() -> Iterator[Entry]:
    for form in forms():
        for table in form.tables:
            yield from _rows_of(form.form, table)


def _rows_of(form: str, table: FormTable) -> Iterator[Entry]:
    for number, row in enumerate(table.figures, start=1):
        zh, en = breakdown_zh(row.indicator, row.breakdown), breakdown_en(row.indicator, row.breakdown)
        printed = f"{row.number} {row.label}".strip()
        name, cell = f"{form}/{table.table}/{number}", name_of_cell(row.indicator, row.breakdown)
        yield Entry("form_row", name, zh, en, f"印作：{printed}", f"Printed as: {printed}", row.unit, (cell,))


def _rules() -> Iterator[Entry]:
    for law in laws().values():
        yield Entry("rule", law.law, law.zh, law.en, law.note_zh, law.note_en, used_in=tuple(sorted(law.forms)))
    for rule in rules().values():
        yield Entry("rule", rule.id, rule.zh, rule.en, rule.reason_zh, rule.reason)
    for identity in identities():
        used = tuple(sorted(identity.forms))
        yield Entry("rule", identity.id, identity.zh, identity.en, "", identity.note, used_in=used)


def _quarantine() -> Iterator[Entry]:
    for reason in quarantine_reasons().values():
        yield Entry("quarantine", reason.id, reason.zh, reason.en, reason.todo_zh, reason.todo_en)
