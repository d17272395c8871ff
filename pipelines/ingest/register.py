"""Raw files by content: the SHA-256 of their bytes is what they are, their names are only names."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.ingest.fingerprints import Fingerprints
from pipelines.ingest.reading import REPORT_ID_LENGTH
from pipelines.model.report import Unreadable
from pipelines.registry.problems import Problem

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


def register(raw: Path, memory: Path | None = None) -> tuple[RawFile, ...]:
    """Return every file below a folder, sorted by path; names that begin with a dot are not ours and passed over.

    `memory` is the folder in which digests are kept from run to run; files that have not changed are not read again.
    A folder below that cannot be opened, or is a link and therefore not followed, stands there with its failure.
    Raises Problem where the folder itself is not there or cannot be opened.
    """
    refuse_closed(raw)
    fingerprints = Fingerprints(memory)
    files = tuple(_register(raw, path, fingerprints) for path in sorted(_walk(raw)))
    fingerprints.save()
    return files


def refuse_closed(raw: Path) -> None:
    """Raise Problem where the raw folder is not there or cannot be opened: all its reports would seem to be gone."""
    try:
        os.scandir(raw).close()
    except (FileNotFoundError, NotADirectoryError):
        raise Problem("no-raw-folder", raw) from None
    except OSError as error:
        raise Problem("raw-folder-unreadable", raw, found=error.strerror or error) from None


def listing(raw: Path) -> Iterator[tuple[str, int, int]]:
    """Yield name, size in bytes and time of change of every raw file, sorted by name; no file is opened.

    Raises Problem where the folder is not there or cannot be opened.
    """
    refuse_closed(raw)
    for path in sorted(_walk(raw)):
        try:
            found = (raw / path).stat()
        except OSError:
            yield path, -1, 0
        else:
            yield path, found.st_size, found.st_mtime_ns


def _walk(raw: Path) -> Iterator[str]:
    """Yield the path below `raw` of every file, and of every folder into which the way is barred."""
    barred: list[str] = []
    for folder, folders, names in os.walk(raw, onerror=lambda error: barred.append(str(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        below = Path(folder).relative_to(raw)
        yield from ((below / name).as_posix() for name in (*links, *names) if not name.startswith("."))
    yield from (Path(folder).relative_to(raw).as_posix() for folder in barred)


def _register(raw: Path, path: str, fingerprints: Fingerprints) -> RawFile:
    try:
        if failure := _no_file(raw / path):
            return RawFile(path=_shown(path), size=0, failure=failure)
        found = (raw / path).stat()
        if digest := fingerprints.known(path, found):
            return RawFile(path=path, size=found.st_size, sha256=digest)
        size, digest = _digest(raw / path)
    except OSError as error:
        return RawFile(path=_shown(path), size=0, failure=error.strerror or str(error))
    if size == found.st_size:
        fingerprints.keep(path, found, digest)
    return RawFile(path=path, size=size, sha256=digest)


def _digest(path: Path) -> tuple[int, str]:
    """Return the size of a file in bytes and their SHA-256."""
    with path.open("rb") as stream:
        digest, size = hashlib.sha256(), 0
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _no_file(path: Path) -> str:
    """Return why a name is no raw file, empty where it is one."""
    if str(path) != _shown(str(path)):
        return "its name is not UTF-8; rename it"
    if path.is_dir():
        return "a linked folder, which is not followed" if path.is_symlink() else "a folder that cannot be opened"
    return "" if path.is_file() else "no regular file behind this name"


def _shown(path: str) -> str:
    """Return a path as text, bytes that are not UTF-8 written out: no table could hold them."""
    return os.fsencode(path).decode(errors="backslashreplace")


def load(path: Path, largest: int) -> bytes:
    """Return the bytes of a file; raises Unreadable where it is too large or cannot be opened."""
    try:
        size = path.stat().st_size
        if size > largest:
            raise Unreadable("file-too-large", f"{size:,} bytes; the limit is {largest:,}")
        if path.is_dir():
            raise Unreadable("cannot-open", "a folder; name the files in it")
        if not path.is_file():
            raise Unreadable("cannot-open", "no regular file behind this name")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("cannot-open", error.strerror or str(error)) from error
