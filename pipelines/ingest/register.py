"""Raw files by content: the SHA-256 of their bytes is what they are, their names are only names."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.ingest.reading import REPORT_ID_LENGTH
from pipelines.model.report import Unreadable

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """One name of a raw file: path below the raw folder, size and digest; why not, where it cannot be opened."""

    path: str
    size: int
    sha256: str | None = None
    failure: str = ""

    @property
    def report_id(self) -> str:
        """The id of the report that the file holds."""
        return (self.sha256 or "")[:REPORT_ID_LENGTH]


def register(raw: Path) -> tuple[RawFile, ...]:
    """Return every file below a folder, sorted by path; names that begin with a dot are not ours and passed over."""
    return tuple(_register(raw, path) for path in sorted(_walk(raw)))


def _walk(raw: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(raw):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = Path(folder).relative_to(raw)
        yield from ((below / name).as_posix() for name in names if not name.startswith("."))


def _register(raw: Path, path: str) -> RawFile:
    try:
        if not (raw / path).is_file():
            return RawFile(path=path, size=0, failure="no regular file behind this name")
        with (raw / path).open("rb") as stream:
            digest, size = hashlib.sha256(), 0
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        return RawFile(path=path, size=0, failure=error.strerror or str(error))
    return RawFile(path=path, size=size, sha256=digest.hexdigest())


def load(path: Path, largest: int) -> bytes:
    """Return the bytes of a file; raises Unreadable where it is too large or cannot be opened."""
    try:
        size = path.stat().st_size
        if size > largest:
            raise Unreadable("file-too-large", f"{size:,} bytes; the limit is {largest:,}")
        if not path.is_file():
            raise Unreadable("cannot-open", "no regular file behind this name")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("cannot-open", error.strerror or str(error)) from error
