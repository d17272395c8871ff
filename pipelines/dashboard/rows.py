"""The rows that the site is made from, as plain values: what the rim reads and hands over."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pipelines.model.comparison import Comparison

Row = Mapping[str, Any]
Rows = tuple[Row, ...]
Ask = Callable[[str, Mapping[str, object]], Rows]
"""A question in `sql/dashboard`, put with its parameters; the answer is its rows."""


class Overview(NamedTuple):
    """What the pages about the whole warehouse are made from; `before` is what the build before says, if any."""

    key_figures: Row
    key_figures_before: Row | None
    run: Rows
    check: Rows
    example: Rows
    expectation: Rows
    rule_run: Rows
    broken_since: Rows
    failing_row: Rows
    punctuality: Rows
    late: Rows
    overdue: Rows
    coverage: Rows
    body: Rows
    conflict: Rows
    revision: Rows
    jump: Rows
    rule: Rows
    dictionary: Rows
    quarantine: Rows
    broken_sum: Rows
    cells: Rows
    jump_place: Rows
    release: Comparison | None


class Bodies(NamedTuple):
    """What the pages of some bodies and of their reports are made from."""

    report: Rows
    observation: Rows
    finding: Rows
    channel: Rows
    series: Rows
    place: Rows
    conflict: Rows


def grouped(rows: Rows, name: str) -> dict[Any, list[Row]]:
    """Return rows by what a column holds, in their order.

    >>> grouped(({"a": 1, "b": 2}, {"a": 1, "b": 3}), "a")
    {1: [{'a': 1, 'b': 2}, {'a': 1, 'b': 3}]}
    """
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row[name], []).append(row)
    return found
