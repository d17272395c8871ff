"""The tables of the forms as grids of merged cells; every label comes from the declared forms and annexes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

from pipelines.demo.facts import facts
from pipelines.model.observation import TOTAL
from pipelines.registry.files import names, read_yaml

Cell = tuple[str, str]
Row = tuple["Place", ...]
_LABELS = 3
_BRACKETS = str.maketrans("()", "（）")


class Place(NamedTuple):
    """A place of a grid: the label printed there, or the cell whose figure is; and how far it reaches."""

    label: str = ""
    cell: Cell | None = None
    down: int = 1
    across: int = 1


@dataclass(frozen=True, eq=False)
class Grid:
    """A table as it is printed, row by row; there is one object of each, so that what was made of it can be kept."""

    table: str
    rows: tuple[Row, ...]

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells with a figure, in the order in which they are printed."""
        return [place.cell for row in self.rows for place in row if place.cell]


@cache
def grids_of(form: str) -> dict[str, tuple[Grid, ...]]:
    """Return the tables of a form, by the first letters of their ids: `s14`, `t2`, `t3`, `t4`.

    >>> [len(grid.cells) for grid in grids_of("format_2021")["t3"]]
    [175]
    """
    found: dict[str, tuple[Grid, ...]] = {}
    for table in _declared(form)["tables"]:
        part = table["table"].partition("_")[0]
        found[part] = (*found.get(part, ()), _GRIDS[part](table))
    return found


@cache
def table_title(form: str, part: str) -> str:
    """Return the title of the first table of a part of a form."""
    title: str = next(each["title"] for each in _declared(form)["tables"] if each["table"].startswith(part))
    return title


@cache
def _declared(form: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for name in names("forms") if (each := read_yaml(name))["form"] == form)
    return found


def _statistics(table: Mapping[str, Any]) -> Grid:
    rows = [tuple(map(Place, table["header"]))]
    for row in table["rows"]:
        cell = None if row.get("role") == "heading" else (row["indicator"], row.get("breakdown", TOTAL))
        rows.append((Place(_label(row)), Place(row.get("unit", "")), Place(cell=cell)))
    return Grid(table["table"], tuple(rows))


def _items(table: Mapping[str, Any]) -> Grid:
    columns = zip(table["columns"], table["rows"][0]["indicators"], strict=True)
    units = facts("wording")["heads"]["units"]
    heads = (
        Place(facts("wording")["heads"]["items"]),
        *(Place(column["label"] + units.get(name, "")) for column, name in columns),
    )
    title = (Place(table["title"].translate(_BRACKETS), across=len(heads)),)
    rows = ((Place(row["label"]), *(Place(cell=(name, TOTAL)) for name in row["indicators"])) for row in table["rows"])
    return Grid(table["table"], (title, heads, *rows))


def _requests(table: Mapping[str, Any]) -> Grid:
    columns, group = table["columns"], table["groups"][0]
    inside = [column for column in columns if column["label"] in group["columns"]]
    first, last = columns[0], columns[-1]
    applicants = facts("wording")["heads"]["applicants"]
    heads = (
        (Place(f"（{table['asides'][0]}）", down=3, across=_LABELS), Place(applicants, across=len(columns))),
        (Place(first["label"], down=2), Place(group["label"], across=len(inside)), Place(last["label"], down=2)),
        tuple(Place(column["label"]) for column in inside),
    )
    breakdowns = [column["breakdown"] for column in columns]
    return Grid(table["table"], (*heads, *_nested(table["rows"], breakdowns)))


def _nested(rows: Sequence[Mapping[str, Any]], breakdowns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of table three, with the labels that reach over the rows below them."""
    above: list[Place] = []
    for index, row in enumerate(rows):
        depth = _depth(row)
        if row.get("role"):
            down = sum(not each.get("role") for each in _inside(rows[index + 1 :], depth))
            above = [*above, Place(_label(row), down=down)]
        else:
            label = Place(_label(row), across=_LABELS - depth)
            yield (*above, label, *(Place(cell=(row["indicator"], breakdown)) for breakdown in breakdowns))
            above = []


def _inside(rows: Sequence[Mapping[str, Any]], depth: int) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        if _depth(row) <= depth:
            return
        yield row


def _depth(row: Mapping[str, Any]) -> int:
    number: str = row["number"]
    return 2 if number.isdecimal() else int(number.startswith("("))


def _cases(table: Mapping[str, Any]) -> Grid:
    columns, (review, *lawsuits) = table["columns"], table["rows"]
    width = len(columns)
    heads = (
        (Place(review["label"], down=2, across=width), Place(table["asides"][0], across=width * len(lawsuits))),
        tuple(Place(row["label"], across=width) for row in lawsuits),
        tuple(Place(column["label"]) for _ in table["rows"] for column in columns),
    )
    figures = tuple(Place(cell=(row["indicator"], column["breakdown"])) for row in table["rows"] for column in columns)
    return Grid(table["table"], (*heads, figures))


_GRIDS = {"s14": _statistics, "t2": _items, "t3": _requests, "t4": _cases}


def _label(row: Mapping[str, Any]) -> str:
    """Return a label with its number and its note as they are printed."""
    number = row.get("number", "")
    marks = facts("wording")["heads"]["marks"]
    if number.isdecimal():
        number += "."
    elif number and not number.startswith("("):
        number += marks.get(number, "、")
    note = f"（{row['note']}）" if "note" in row else ""
    return f"{number.translate(_BRACKETS)}{row['label']}{note}"


@cache
def series_heads() -> tuple[str, dict[str, str]]:
    """Return the head of the years in a multi-year annex, and the first wording of each of its columns."""
    declared = read_yaml("annexes.yml")["series"]
    return declared["year_heading"][0], {name: wordings[0] for name, wordings in declared["columns"].items()}


@cache
def roster_heads() -> tuple[str, str, str]:
    """Return the heads of a publication roster: of names, states and days."""
    declared = read_yaml("annexes.yml")["roster"]
    return declared["name_heading"][0], declared["status_heading"][0], declared["date_heading"][0]
