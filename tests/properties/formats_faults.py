"""What the reading of forms with columns does not do yet: the laws are asked of other reports until it does."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.generate.formats import Drawn
from tests.generate.grid import Merged, Shape

_LINES = frozenset({Shape.CELLS, Shape.TABS, Shape.PIPES})
_ROWS = frozenset({Shape.TABS, Shape.PIPES, Shape.MARKDOWN})
_WITHOUT_GRIDS = frozenset({Shape.RUN, Shape.SPACES, *_LINES})


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault with the reports that it may touch."""

    reason: str
    touches: Callable[[Drawn], bool]


WRONG = (
    Fault(
        "a blank cell is passed over, or filled with the figures of the next row or table",
        lambda drawn: drawn.style.blanks != "none" and drawn.shape in _WITHOUT_GRIDS,
    ),
    Fault(
        "a column that the form does not have shifts figures or makes them ten times as large",
        lambda drawn: drawn.style.subtotal_column and drawn.shape in _WITHOUT_GRIDS,
    ),
    Fault(
        "增 and 减 in a run of digits break the reading off",
        lambda drawn: "增" in drawn.style.signs and drawn.form == "format_2019" and drawn.shape is Shape.RUN,
    ),
)
MISSED = (
    Fault(
        "a page number on a line of its own spoils the row above it",
        lambda drawn: drawn.style.breaks > 0 and drawn.shape in _LINES,
    ),
    Fault(
        "labels of merged cells that are padded or repeated spoil the rows of table three",
        lambda drawn: drawn.style.how.merged is not Merged.DROPPED and drawn.shape in _ROWS,
    ),
    Fault(
        "where the first block of table four is blank the figures of the other two are not told apart",
        lambda drawn: drawn.style.blanks != "none" and drawn.style.stacked and drawn.shape is Shape.MARKDOWN,
    ),
)


def touched(drawn: Drawn, *faults: Fault) -> bool:
    """Say whether some fault may touch a report."""
    return any(fault.touches(drawn) for fault in faults)
