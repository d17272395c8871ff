"""One writer at a time: a lock that the operating system gives back whatever happens to its holder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LockHeldError(RuntimeError):
    """Another run is writing this warehouse."""


@contextmanager
def writer_lock(path: Path) -> Iterator[None]:
    """Hold the lock of a warehouse; raises LockHeldError, which names the holder, where another process has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode(errors="replace").strip() or "unknown"
            raise LockHeldError(f"process {holder} is writing {path.parent}; wait for it or stop it") from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)
