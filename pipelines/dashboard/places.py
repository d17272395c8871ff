"""Where a figure is shown within the page of its report: names that every other page can work out by itself."""

from collections.abc import Iterable, Mapping

from pipelines.dashboard.rows import Row
from pipelines.model.observation import TOTAL

PointKey = tuple[str, str, int]
"""A point of a series across forms: body, concept and year."""


def anchor_of(row: Row, side: str = "") -> str:
    """Return the name of the row that shows where a figure is printed; of one side where a row speaks of two.

    >>> known = {"indicator": "requests.new", "breakdown": "total", "time_period": 2019, "source": "table"}
    >>> anchor_of(known | {"occurrence": 1}), anchor_of(known | {"breakdown": "legal", "occurrence": 2})
    ('p-requests.new-2019t', 'p-requests.new-legal-2019t2')
    """
    cell = row["indicator"] if row["breakdown"] == TOTAL else f"{row['indicator']}-{row['breakdown']}"
    occurrence = row[f"{side}occurrence"]
    return f"p-{cell}-{row['time_period']}{row[f'{side}source'][0]}{'' if occurrence == 1 else occurrence}"


def anchors_of_points(rows: Iterable[Row]) -> Mapping[PointKey, str]:
    """Return for each point of a series across forms the name of the row that shows the first of its figures."""
    return {(row["body_id"], row["concept"], row["time_period"]): anchor_of(row) for row in rows}
