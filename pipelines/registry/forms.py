"""The official and local forms, as data: what rows a table has, what each means, how it is recognised."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipelines.registry.dictionary import indicator
from pipelines.registry.files import RegistryError, names, read_yaml
from pipelines.registry.wording import key


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FormRow:
    """One printed row of a form: its label, the figure it carries, or a heading that carries none.

    There is one object of each row, and of each table, so that what was read by it can be remembered by it.
    """

    position: int
    number: str
    label: str
    note: str
    indicator: str
    breakdown: str
    unit: str
    heading: bool
    kind: str
    aliases: tuple[str, ...]
    cell: tuple[str, str]

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording under which the row is printed, without its number."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FormTable:
    """One table of a form, with the patterns that find it: its head, its first two rows, its labels.

    `head` and `opening` are sought in text without spaces, `labels` in text without spaces and punctuation.
    """

    form: str
    table: str
    title: str
    header: frozenset[str]
    filled_in_by: str
    footers: tuple[str, ...]
    rows: tuple[FormRow, ...]
    head: re.Pattern[str]
    opening: re.Pattern[str]
    labels: re.Pattern[str]
    by_label: dict[str, tuple[FormRow, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that reports for some years were asked to hold; the years never decide what a report is."""

    form: str
    zh: str
    en: str
    source: str
    first_year: int
    last_year: int
    tables: tuple[FormTable, ...]

    @property
    def cells(self) -> frozenset[tuple[str, str]]:
        """Every figure that the form asks for."""
        return frozenset(
            (row.indicator, row.breakdown) for table in self.tables for row in table.rows if not row.heading
        )


def _row(position: int, declared: dict[str, Any], where: str) -> FormRow:
    known = indicator(declared["indicator"], where)
    heading = declared.get("role") == "heading"
    if heading is not (known.kind == "none"):
        raise RegistryError(f"{where}: row {declared['label']} is a heading in one file and a figure in the other")
    return FormRow(
        position=position,
        number=declared.get("number", ""),
        label=declared["label"],
        note=declared.get("note", ""),
        indicator=known.indicator,
        breakdown=declared.get("breakdown", "total"),
        unit=declared.get("unit", known.unit),
        heading=heading,
        kind=known.kind,
        aliases=tuple(declared.get("aliases", ())),
        cell=(known.indicator, declared.get("breakdown", "total")),
    )


def _by_label(rows: tuple[FormRow, ...]) -> dict[str, tuple[FormRow, ...]]:
    found: dict[str, tuple[FormRow, ...]] = {}
    for row in rows:
        for label in dict.fromkeys(map(key, row.wordings)):
            found[label] = (*found.get(label, ()), row)
    return found


def _table(form: str, declared: dict[str, Any], where: str) -> FormTable:
    rows = tuple(_row(position, row, where) for position, row in enumerate(declared["rows"], start=1))
    by_label = _by_label(rows)
    header = tuple(map(key, declared["header"]))
    longest_first = sorted(by_label, key=lambda label: (-len(label), label))
    return FormTable(
        form=form,
        table=declared["table"],
        title=key(declared["title"]),
        header=frozenset(header),
        filled_in_by=declared["filled_in_by"],
        footers=(*declared["ignored"], *declared["personal"]),
        rows=rows,
        head=re.compile(r"\W*".join(map(re.escape, header))),
        opening=re.compile(".{0,20}?".join(re.escape(key(row.label)) for row in rows[:2])),
        labels=re.compile("|".join(map(re.escape, longest_first))),
        by_label=by_label,
    )


def load_form(name: str) -> Form:
    """Return the form declared in one YAML file; raises RegistryError that names the faulty entry."""
    declared = read_yaml(name)
    tables = tuple(_table(declared["form"], table, name) for table in declared["tables"])
    form = Form(
        form=declared["form"],
        zh=declared["zh"],
        en=declared["en"],
        source=declared["source"],
        first_year=declared["first_year"],
        last_year=declared["last_year"],
        tables=tables,
    )
    printed = [(row.indicator, row.breakdown) for table in tables for row in table.rows]
    if len(printed) != len(set(printed)):
        raise RegistryError(f"{name}: two rows carry the same figure")
    return form


@cache
def forms() -> tuple[Form, ...]:
    """Return every declared form, sorted by id."""
    return tuple(load_form(name) for name in names("forms"))
