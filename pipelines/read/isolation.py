"""Readers in a process of their own: a parser that crashes, hangs or eats memory loses one file and not the run."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock

from pipelines.model.document import Document
from pipelines.model.report import Unreadable

_GRACE = 5.0


@dataclass(frozen=True, slots=True)
class Isolated:
    """A reader that runs apart, in so much time and address space; it is named `module:function` and loaded there.

    Raises what the reader raises, and Unreadable with the reason where its process ended without an answer.
    """

    reader: str
    seconds: float = 60.0
    memory: int = 2 << 30

    def __call__(self, data: bytes, media_type: str) -> Document:
        """Return the document that the reader finds."""
        with _lock:
            return self._read(data, media_type)

    def load(self) -> Callable[[bytes, str], Document]:
        """Return the function that is named."""
        module, _, function = self.reader.partition(":")
        found: Callable[[bytes, str], Document] = getattr(import_module(module), function)
        return found

    def _read(self, data: bytes, media_type: str) -> Document:
        """Read, once more if a process died that had read files before: the outcome is that of a new one."""
        used = _process()
        try:
            return used.read(self, data, media_type)
        except Unreadable as reason:
            if not used.files or reason.reason not in {"reader-crashed", "reader-out-of-memory"}:
                raise
        _end()
        return _process().read(self, data, media_type)


class _Process:
    """A process that reads one file after the other as long as it lives."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self.owner, self.files = os.getpid(), 0
        self.connection, end = context.Pipe()
        self.process = context.Process(target=_serve, args=(end,), daemon=True)
        self.process.start()
        end.close()

    def is_ours(self) -> bool:
        """Say whether it lives and was started by this process, not by the one it was forked from."""
        return self.owner == os.getpid() and self.process.is_alive()

    def read(self, task: Isolated, data: bytes, media_type: str) -> Document:
        """Return the document a reader finds in the process."""
        try:
            self.connection.send((task, data, media_type))
            answered = self.connection.poll(task.seconds + _GRACE)
            answer = self.connection.recv() if answered else None
        except (EOFError, OSError):
            answer = None
        if answer is None:
            raise self._cause(task)
        self.files += 1
        if isinstance(answer, Unreadable):
            raise answer
        found: Document = answer
        return found

    def _cause(self, task: Isolated) -> Unreadable:
        """Return why there was no answer, the process gone."""
        self.process.join(1.0)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
            return Unreadable("reader-timeout", f"no answer after {task.seconds:g} seconds")
        code = self.process.exitcode or 0
        if code == -signal.SIGALRM:
            return Unreadable("reader-timeout", f"stopped after {task.seconds:g} seconds")
        return Unreadable("reader-crashed", signal.strsignal(-code) or "" if code < 0 else f"exit code {code}")

    def end(self) -> None:
        """Let the process end."""
        self.connection.close()
        self.process.kill()
        self.process.join()


_lock = Lock()
_current: list[_Process] = []


def _process() -> _Process:
    if not _current or not _current[0].is_ours():
        _end()
        _current.append(_Process())
    return _current[0]


def _end() -> None:
    """Give up the process there is, if it is ours to end."""
    while _current:
        process = _current.pop()
        if process.owner == os.getpid():
            process.end()


def _serve(connection: Connection) -> None:
    """Answer one task after the other until the other end is closed; the kernel ends what takes too long."""
    _be_silent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for ends in (signal.SIGALRM, signal.SIGTERM):  # a parent that ignores them hands that on, and waits for ever
        signal.signal(ends, signal.SIG_DFL)
    with suppress(EOFError, OSError):
        while True:
            task, data, media_type = connection.recv()
            connection.send(_answer(task, data, media_type))


def _be_silent() -> None:
    """Send what libraries print of their own accord to nowhere; the reason tells what went wrong."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _answer(task: Isolated, data: bytes, media_type: str) -> Document | Unreadable:
    _limit_memory(task.memory)
    signal.setitimer(signal.ITIMER_REAL, task.seconds)
    try:
        return task.load()(data, media_type)
    except Unreadable as reason:
        return reason
    except MemoryError:
        return Unreadable("reader-out-of-memory", f"the limit is {task.memory >> 20:,} MB")
    except Exception as error:  # noqa: BLE001 - one bad file must never stop the run; the reason is kept
        return Unreadable("reader-failed", f"{type(error).__name__}: {error}")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(most: int) -> None:
    """Keep the address space below a size, as far as the system knows such limits."""
    import resource  # noqa: PLC0415 - not on every system

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def end_reading() -> None:
    """End the process in which files are read, for tests and for those who are done with reading."""
    with _lock:
        _end()
