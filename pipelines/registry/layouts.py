"""The layouts of one table: which of its columns a copy prints, in which order, and where the codes of rows stand."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from pipelines.registry.files import RegistryError


class Codes(StrEnum):
    """Where a column of codes stands: nowhere, right before the label of a row, or between it and the cells."""

    NONE = ""
    BEFORE = "before"
    AFTER = "after"


def layouts_of(declared: dict[str, Any], labels: str, where: str) -> Iterator[dict[str, Any]]:
    """Yield a table once for each of its `layouts`, with the columns printed there and the opening they make.

    A table without any is yielded as it is. `labels` is an expression for the rows one of which follows the heads.
    """
    if "layouts" not in declared:
        yield declared
        return
    columns = {column["label"]: column for column in declared["columns"]}
    first = f"(?:{declared['heads']['group']})?(?:其中)?(?:{labels})"
    for codes in Codes:
        for layout in declared["layouts"]:
            unknown = [label for label in layout if label not in columns]
            if unknown:
                raise RegistryError(f"{where}: a layout names {unknown[0]}, which is no column")
            printed = [columns[label] for label in layout]
            opening = _opening(declared, printed, codes, first)
            heads = {"head": _head(declared), "opens": rf"(?:{_any_column(declared)})(?=\d{{0,3}}{first})"}
            yield {**declared, "columns": printed, "codes": codes, "opening": opening, **heads}


def _head(declared: dict[str, Any]) -> str:
    """Return what heads that are printed once more look like."""
    words = [declared["heads"].get(part, "(?!)") for part in ("again", "name", "unit", "code")]
    return f"(?:{'|'.join(words)}|{_any_column(declared)})+"


def _any_column(declared: dict[str, Any]) -> str:
    return "|".join(column["head"] for column in declared["columns"])


def _opening(declared: dict[str, Any], columns: list[dict[str, Any]], codes: Codes, first: str) -> str:
    """Return what the heads look like, up to the first row: nothing else may stand among them."""
    heads = declared["heads"]
    name, unit, code = (f"(?:{heads[part]})" for part in ("name", "unit", "code"))
    alone = f"(?<![{heads['before_name']}]){name}"
    before = {
        Codes.NONE: f"(?:{alone}|(?<={heads['title_ends']})){unit}?",
        Codes.BEFORE: f"{code}{name}{unit}?",
        Codes.AFTER: f"{alone}(?:{code}{unit}?|{unit}{code})",
    }
    numbered = r"\d{1,3}" if codes is Codes.BEFORE else ""
    figures = "".join(f"(?:{column['head']})" for column in columns)
    return f"{before[codes]}{figures}(?={numbered}{first})"
