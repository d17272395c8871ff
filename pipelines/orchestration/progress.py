"""How a run tells how far it is, without knowing to whom."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One line of progress: which asset, what it did, and how much of it where that can be counted."""

    asset: str
    detail: str
    done: int | None = None
    total: int | None = None


Notify = Callable[[Step], None]


def silent(step: Step) -> None:
    """Tell nobody."""
    del step
