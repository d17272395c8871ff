"""Where a raw file comes from: records beside the raw files, in files whose names begin with a dot.

`<year>/<host>/.origin.jsonl` holds one line for each file that was fetched into that folder, oldest first.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

from pipelines.registry.problems import Problem

RECORDS = ".origin.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where and when some bytes were fetched; `path` is where they were put below the raw folder.

    `address` is the one that was asked, `final_address` the one that answered after redirects, `found_on` the page with
    the link, `source` the address in sources.yml; `title`, `body` and `year` are what the link and sources.yml say. The
    time is UTC. `text_sha256` is of what a web page shows.
    """

    path: str
    sha256: str
    size: int
    address: str
    final_address: str
    found_on: str
    source: str
    title: str
    body: str
    year: int | None
    fetched_at: str
    status: int
    content_type: str
    etag: str
    last_modified: str
    text_sha256: str

    @property
    def conditions(self) -> dict[str, str]:
        """The headers by which a site is asked only for what has changed since."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


def load_origins(raw: Path) -> tuple[Origin, ...]:
    """Return every record below the raw folder, wherever its folder was moved, sorted by folder, oldest first in each.

    Raises Problem where a line is no record.
    """
    paths = sorted(raw.rglob(RECORDS))
    return tuple(origin for path in paths for origin in _load(path))


def newest(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """Return the last record of each address and content."""
    return tuple({(origin.address, origin.sha256): origin for origin in origins}.values())


def _load(path: Path) -> Iterator[Origin]:
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            yield _origin(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            raise Problem("origin-faulty", f"{path}:{number}", found=error) from None


def _origin(stored: dict[str, object]) -> Origin:
    origin = Origin(**{field.name: stored[field.name] for field in fields(Origin)})  # type: ignore[arg-type]
    datetime.fromisoformat(origin.fetched_at)
    return origin


def origin_line(origin: Origin) -> bytes:
    """Return a record as the line that is stored."""
    return json.dumps(asdict(origin), ensure_ascii=False).encode() + b"\n"
