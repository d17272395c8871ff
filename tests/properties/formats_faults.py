"""What the reading of forms with columns misses as yet: the second law is asked of other reports until it does."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.generate.formats import Drawn
from tests.generate.grid import Merged, Shape

_ROWS = frozenset({Shape.TABS, Shape.PIPES, Shape.MARKDOWN})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is missed, with the reports that it may touch."""

    reason: str
    touches: Callable[[Drawn], bool]


MISSED = (
    Fault(
        "blank cells at both ends of a row, or before a page break, leave the row unreadable",
        lambda drawn: drawn.style.blanks != "none" and drawn.shape is not Shape.HTML,
    ),
    Fault(
        "a table with a column that the form does not have is not read, though its heads tell the columns",
        lambda drawn: drawn.style.subtotal_column,
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
