"""The official and local forms, as data: what rows a table has, what each means, how it is recognised."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from pipelines.registry.dictionary import indicator
from pipelines.registry.files import RegistryError, names, read_yaml
from pipelines.registry.heads import Heads, heads_of
from pipelines.registry.layouts import Codes, layouts_of
from pipelines.registry.wording import key

_PLAIN = re.compile(r"\w*(?![?*{])")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FormRow:
    """One printed row of a form: its label, the figure it carries, or a heading that carries none.

    A row of a table with columns has `figures` instead, one for each column: rows themselves, with the same label.
    `numbered` says that the label is too common to be known without its number, `subtotal` that it may be printed
    without cells. `code` is the number of the row in a column of its own, which stands where `codes` says. There is one
    object of each row, and of each table, so that what was read by it can be remembered by it.
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
    numbered: bool = False
    subtotal: bool = False
    figures: tuple["FormRow", ...] = ()
    code: str = ""
    codes: Codes = Codes.NONE

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording under which the row is printed, without its number."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FormTable:
    """One table of a form, with the patterns that find it: its head, its first two rows, its labels.

    `head` and `opening` are sought in text without spaces, `labels` in text without spaces and punctuation. `columns`
    are the wordings of the columns of a table that has several, in the order of the form, and `heads` all that may be
    printed above them; `opening` is then sought in text without spaces and punctuation, and `blocks` says that the
    columns of one row stand in a head of their own, the rows named above them: not in the title, up to where it
    `title_ends`, nor where something `unclear` stands before the first. `optional` rows are not missing where they
    are not printed. `layouts` are the same table with other columns, told by their openings, or with codes, and
    `opens` what the openings of all of them end with; `known` is sought where none of them is found: heads that say
    that the table is there. `only_heads` are the heads from that of the names up to the first row.
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
    heads: Heads
    columns: tuple[str, ...] = ()
    blocks: bool = False
    optional: bool = False
    title_ends: str = ""
    title_en: str = ""
    unclear: re.Pattern[str] | None = None
    opens: re.Pattern[str] | None = None
    known: re.Pattern[str] | None = None
    only_heads: re.Pattern[str] | None = None
    layouts: tuple["FormTable", ...] = ()
    figures: tuple[FormRow, ...] = field(init=False)
    """Every figure or heading that is printed, row by row."""

    def __post_init__(self) -> None:
        figures = tuple(figure for row in self.rows for figure in row.figures or (row,))
        object.__setattr__(self, "figures", figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that reports for some years were asked to hold; the years never decide what a report is.

    `marks` are wordings that only this form and those it `gives_way_to` have; those that are plain text (`plain_marks`)
    and the beginnings of the others (`beginnings`) are sought first because that is quick. `own` are those that the
    others do not have; a form that is not `national` is asked for in some places only.
    """

    form: str
    zh: str
    en: str
    source: str
    first_year: int
    last_year: int
    tables: tuple[FormTable, ...]
    marks: re.Pattern[str] | None = None
    plain_marks: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    own: re.Pattern[str] | None = None
    gives_way_to: tuple[str, ...] = ()
    national: bool = True

    @property
    def cells(self) -> frozenset[tuple[str, str]]:
        """Every figure that the form asks for."""
        return frozenset(row.cell for table in self.tables for row in table.figures if not row.heading)

    def years_to(self, report_year: int) -> int:
        """Return how many years lie between those of the form and a year, 0 where it is one of them."""
        return max(self.first_year - report_year, report_year - self.last_year, 0)

    def in_force(self, report_year: int) -> bool:
        """Say whether the whole country was asked for the form for a year."""
        return self.national and not self.years_to(report_year)

    def is_in(self, keyed: str) -> bool:
        """Say whether a text without spaces and punctuation holds a wording that only this form has."""
        if self.marks is None:
            return True
        if any(map(keyed.__contains__, self.plain_marks)):
            return True
        return any(map(keyed.__contains__, self.beginnings)) and self.marks.search(keyed) is not None


def _is_plain(mark: str) -> bool:
    """Say whether a mark stands for itself alone, as it is compared."""
    return _beginning(mark) == mark


def _beginning(mark: str) -> str:
    r"""Return the plain text with which a mark begins.

    >>> _beginning(r"单位20\d\d年"), _beginning("历年累计")
    ('单位20', '历年累计')
    """
    match = _PLAIN.match(key(mark))
    return match[0] if match else ""


def _row(position: int, declared: dict[str, Any], where: str) -> FormRow:
    known = indicator(declared["indicator"], where)
    role = declared.get("role", "")
    heading = role in {"heading", "parts"}
    if (role == "heading") is not (known.kind == "none"):
        raise RegistryError(f"{where}: row {declared['label']} is a heading in one file and a figure in the other")
    return FormRow(
        position=position,
        number=declared.get("number", ""),
        label=declared["label"],
        note=key(declared.get("note", "")),
        indicator=known.indicator,
        breakdown=declared.get("breakdown", "total"),
        unit=declared.get("unit", known.unit),
        heading=heading,
        kind=known.kind,
        aliases=tuple(declared.get("aliases", ())),
        cell=(known.indicator, declared.get("breakdown", "total")),
        numbered=declared.get("numbered", False),
        subtotal=role == "subtotal",
        code=str(declared.get("code", "")),
        codes=declared.get("codes", Codes.NONE),
    )


def _wide_row(position: int, declared: dict[str, Any], columns: list[dict[str, Any]], where: str) -> FormRow:
    """Return a row of a table with columns: the figure of each is named by the row, or made from row and column."""
    named = declared.get("indicators") or [declared["indicator"] + column.get("suffix", "") for column in columns]
    if len(named) != len(columns):
        raise RegistryError(f"{where}: row {declared['label']} has {len(named)} figures for {len(columns)} columns")
    figures = tuple(
        _row(position, {**declared, "indicator": name, "breakdown": column.get("breakdown", "total")}, where)
        for name, column in zip(named, columns, strict=True)
    )
    return replace(figures[0], figures=figures) if not figures[0].heading else figures[0]


def _rows(declared: dict[str, Any], where: str) -> tuple[FormRow, ...]:
    columns, codes = declared.get("columns", []), {"codes": declared.get("codes", Codes.NONE)}
    return tuple(
        _wide_row(position, row | codes, columns, where) if columns else _row(position, row, where)
        for position, row in enumerate(declared["rows"], start=1)
    )


def _by_label(rows: tuple[FormRow, ...]) -> dict[str, tuple[FormRow, ...]]:
    found: dict[str, tuple[FormRow, ...]] = {}
    for row in rows:
        for label in dict.fromkeys(map(key, row.wordings)):
            found[label] = (*found.get(label, ()), row)
    return found


_APART = 40
_BY_HEADS = "heads"
_HEAD_APART = r"\D{0,8}?\d?"


def _opening(declared: dict[str, Any], rows: tuple[FormRow, ...], heads: Heads) -> re.Pattern[str]:
    """Return what the beginning of a table looks like: its first two rows, or heads and its first row."""
    if declared.get("blocks"):
        return heads.row_of(len(declared["columns"]))
    opening = declared.get("opening", "")
    if opening == _BY_HEADS:
        return re.compile(f"{heads.row_of(1).pattern}{_HEAD_APART}(?={_any_of(rows[0])})")
    apart = f".{{0,{_APART if 'columns' in declared else _APART // 2}}}?"
    return re.compile(opening or apart.join(map(_any_of, rows[:2])))


def _any_of(row: FormRow) -> str:
    return "|".join(map(re.escape, map(key, row.wordings))).join(("(?:", ")"))


def _only_heads(declared: dict[str, str], first: str) -> re.Pattern[str]:
    """Return what stands between the last head of names and a row: the heads that may stand there, or others too.

    The label of the `first` row may be broken over lines, so that it is not seen whole.
    """
    name = f"(?:{declared['name']})"
    return re.compile(rf".*{name}(?:(?P<only>[\W_]*(?:{declared['others']})[\W_]*[一1]?[\W_]*(?:{first[0]}.*)?)|.*)")


def _table(form: str, declared: dict[str, Any], where: str) -> FormTable:
    """Return a table in the first of its layouts, which knows the others."""
    labels = _labels(_by_label(_rows({**declared, "columns": []}, where))) if "layouts" in declared else ""
    first, *others = [_layout(form, each, where) for each in layouts_of(declared, labels, where)]
    return replace(first, layouts=tuple(others))


def _labels(by_label: Iterable[str]) -> str:
    """Return an expression for the labels of a table, the longest first; those that begin alike are sought together.

    >>> _labels(["公开数", "公开总数", "申请数"])
    '公(?:开总数|开数)|申(?:请数)'
    """
    alike: dict[str, list[str]] = {}
    for label in sorted(by_label, key=lambda label: (-len(label), label)):
        alike.setdefault(label[0], []).append(re.escape(label[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in alike.items())


def _layout(form: str, declared: dict[str, Any], where: str) -> FormTable:
    rows = _rows(declared, where)
    by_label, heads = _by_label(rows), heads_of(declared, where)
    header = tuple(map(key, declared.get("header", ())))
    return FormTable(
        form=form,
        table=declared["table"],
        title=key(declared["title"]),
        title_en=declared.get("title_en", ""),
        header=frozenset(header),
        filled_in_by=declared.get("filled_in_by", "填报单位"),
        footers=(*declared.get("ignored", ()), *declared.get("personal", ())),
        rows=rows,
        head=re.compile(declared.get("head") or r"\W*".join(map(re.escape, header))),
        opening=_opening(declared, rows, heads),
        labels=re.compile(_labels(by_label)),
        by_label=by_label,
        columns=tuple(key(column["label"]) for column in declared.get("columns", ()))[
            : 1 if "layouts" in declared else None
        ],
        heads=heads,
        blocks=declared.get("blocks", False),
        optional=declared.get("optional", False),
        opens=re.compile(declared["opens"]) if "opens" in declared else None,
        known=re.compile(declared["known"]) if "known" in declared else None,
        only_heads=_only_heads(declared["only_heads"], rows[0].label) if "only_heads" in declared else None,
        title_ends=declared.get("title_ends", ""),
        unclear=re.compile(declared["unclear"]) if "unclear" in declared else None,
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
        marks=re.compile("|".join(map(key, declared["marks"]))) if "marks" in declared else None,
        plain_marks=tuple(filter(_is_plain, declared.get("marks", ()))),
        beginnings=tuple(dict.fromkeys(_beginning(mark) for mark in declared.get("marks", ()) if not _is_plain(mark))),
        own=re.compile("|".join(map(key, declared["own"]))) if "own" in declared else None,
        gives_way_to=tuple(declared.get("gives_way_to", ())),
        national=declared.get("national", True),
    )
    printed = [figure.cell for table in tables for figure in table.figures]
    if len(printed) != len(set(printed)):
        raise RegistryError(f"{name}: two rows carry the same figure")
    return form


@cache
def forms() -> tuple[Form, ...]:
    """Return every declared form, sorted by id."""
    return tuple(load_form(name) for name in names("forms"))


@cache
def national_form(report_year: int) -> Form:
    """Return the national form in force for a year; where there was none, or none is known yet, the nearest.

    It says by which indicators the prose of a report without any table is told, and never what a report is.

    >>> national_form(2009).form, national_form(2020).form, national_form(2030).form
    ('stat_2014', 'format_2019', 'format_2021')
    """
    return min((form for form in forms() if form.national), key=lambda form: form.years_to(report_year))


def forms_in(keyed: str) -> list[Form]:
    """Return the forms that a text without spaces and punctuation may hold, told by their wordings, never by year."""
    found = {form.form: form for form in forms() if form.is_in(keyed)}
    return [form for form in found.values() if not any(other in found for other in form.gives_way_to)]
