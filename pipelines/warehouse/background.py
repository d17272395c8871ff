"""Work in a thread of its own, so that a signal reaches only the one who waits for it and no library amid its work."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TypeVar

Answer = TypeVar("Answer")
_GLANCE_SECONDS = 0.2


def in_background(work: Callable[[], Answer]) -> Future[Answer]:
    """Begin work in a thread that does not keep the process alive, and return its coming answer or error.

    >>> in_background(lambda: 6 * 7).result()
    42
    """
    outcome: Future[Answer] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001 - it is raised again where the outcome is asked for
            outcome.set_exception(error)

    Thread(target=run, daemon=True).start()
    return outcome


def awaited(job: Future[Answer]) -> Answer:
    """Return the answer of work in the background, or raise its error, or KeyboardInterrupt as soon as one arrives.

    It wakes now and then of itself, for a signal may reach another thread and then wakes nobody here.
    """
    while not job.done():
        wait([job], _GLANCE_SECONDS)
    return job.result()
