"""One writer at a time: a lock that the operating system gives back whatever happens to its holder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.registry.problems import Problem


class LockHeldError(Problem):
    """Another run is writing this warehouse."""


@contextmanager
def writer_lock(path: Path) -> Iterator[None]:
    """Hold the lock of a warehouse; raises LockHeldError, which names the holder, where another process has it.

    Raises Problem where the folder of the warehouse cannot be written.
    """
    descriptor = _open(path)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode(errors="replace").strip() or "unknown"
            raise LockHeldError("locked", path.parent, holder=holder) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise Problem("warehouse-not-writable", path.parent, found="permission denied")
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise Problem("warehouse-not-writable", path.parent, found=error.strerror or error) from None
