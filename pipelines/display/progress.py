"""Progress of a run: a live line on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


class Shown(Protocol):
    """What is shown of a step: any object with these parts."""

    @property
    def asset(self) -> str:
        """Which asset."""
        ...

    @property
    def detail(self) -> str:
        """What it did."""
        ...

    @property
    def done(self) -> int | None:
        """How much of it is done, where that can be counted."""
        ...

    @property
    def total(self) -> int | None:
        """Out of how much."""
        ...


@contextmanager
def progress_to(stream: TextIO, title: str = "gongkai build") -> Iterator[Callable[[Shown], None]]:
    """Yield a function that shows steps on a stream: a bar that moves on a terminal, one line a step elsewhere."""
    console = Console(file=stream, soft_wrap=True, highlight=False, markup=False)
    if not console.is_terminal:
        yield lambda step: _plain(console, step)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(title, total=None)

        def show(step: Shown) -> None:
            if step.total:
                progress.update(
                    task, description=f"{step.asset} {step.detail}", completed=step.done or 0, total=step.total
                )
            else:
                progress.update(task, description=step.asset, total=None)
                console.print(f"{step.asset:<22} {step.detail}")

        yield show


def _plain(console: Console, step: Shown) -> None:
    counted = f" {step.done}/{step.total}" if step.total and step.done else ""
    if step.done != 0:
        console.print(f"{step.asset:<22} {step.detail}{counted}")
