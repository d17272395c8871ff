"""What was fetched, kept below the raw folder: nothing is overwritten, nothing unchanged is written."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import NamedTuple
from urllib.parse import unquote

from pipelines.fetch.address import parse_address
from pipelines.fetch.origin import RECORDS, Origin, load_origins, origin_line
from pipelines.registry.fetching import extension
from pipelines.registry.problems import Problem

_NO_YEAR = "0000"
_UNWANTED = re.compile(r"[^\w.=&+,()~@-]+")
_ENDING = re.compile(r"\.(?:[A-Za-z]\w{0,4})\Z")
_LONGEST_PART = 80
_MOST_PARTS = 6
_DIGITS = 8


class Held(NamedTuple):
    """A file that was fetched before and is still where it was put."""

    origin: Origin
    path: Path


class Archive:
    """The raw folder with the records of what was fetched into it."""

    def __init__(self, raw: Path) -> None:
        self._raw, self._lock = raw, Lock()
        self._origins: dict[str, list[Origin]] = {}
        for origin in load_origins(raw):
            self._origins.setdefault(origin.address, []).append(origin)

    def held(self, address: str) -> Iterator[Held]:
        """Yield what was fetched from an address, newest first."""
        latest = self._origins.get(address, [])[::-1]
        for origin in sorted(latest, key=lambda origin: origin.fetched_at, reverse=True):
            path = self._raw / origin.path
            if path.is_file():
                yield Held(origin, path)

    def keep(self, origin: Origin, data: bytes) -> None:
        """Store bytes and their record; raises Problem where the folder cannot be written.

        The record follows the bytes: after a crash in between, the next run fetches and records them again.
        """
        path = self._raw / origin.path
        try:
            with self._lock:
                path.parent.mkdir(parents=True, exist_ok=True)
                if not path.exists():
                    _write(path, data)
                self._record(origin)
        except OSError as error:
            raise Problem("raw-folder-not-writable", path, found=error.strerror or error) from None

    def _record(self, origin: Origin) -> None:
        path = self._raw.joinpath(*Path(origin.path).parts[:2], RECORDS)
        _write(path, (path.read_bytes() if path.exists() else b"") + origin_line(origin))
        self._origins.setdefault(origin.address, []).append(origin)


def _write(path: Path, data: bytes) -> None:
    """Write a file under a temporary name, which no build takes for a report, and rename it."""
    building = path.with_name(f".{hashlib.sha256(path.name.encode()).hexdigest()[:_DIGITS]}.building")
    with building.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    building.replace(path)


def stored_path(address: str, year: int | None, sha256: str, media_type: str) -> str:
    """Return where bytes are stored below the raw folder: `<year>/<host>/<path>-<digest>.<type>`.

    It depends on address, year and content only, so that two versions stand side by side.

    >>> stored_path("http://a.gov.cn:8080/art/2025/t1.html?x=1", 2024, "0123456789abcdef", "text/html")
    '2024/a.gov.cn_8080/art/2025/t1.html_x=1-01234567.html'
    """
    where = parse_address(address)
    path, _, query = unquote(where.target, errors="replace").partition("?")
    folders = [_part(each) for each in path.split("/") if each.strip(". ")]
    name = folders.pop() if folders and not path.endswith("/") else "index"
    name = _part(f"{name}_{query}") if query else _ENDING.sub("", name)
    if len(folders) > _MOST_PARTS:
        folders = [*folders[:_MOST_PARTS], _digest("/".join(folders))]
    file = f"{name}-{sha256[:_DIGITS]}.{extension(media_type)}"
    return "/".join((f"{year:04d}" if year else _NO_YEAR, _part(where.site.replace(":", "_")), *folders, file))


def _part(text: str) -> str:
    """Return text as the name of a folder: no separator, no dot in front, not too long for any file system."""
    name = _UNWANTED.sub("_", text)
    if len(name.encode()) > _LONGEST_PART:
        name = f"{name.encode()[:_LONGEST_PART].decode(errors='ignore')}~{_digest(text)}"
    return f"_{name}" if name.startswith(".") else name


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
