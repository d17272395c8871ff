"""What was read, by content and reader version: the memory that makes a second build read nothing.

It is kept in parts, by the first digits of the contents, so that a run writes only the parts that changed. The index,
`manifest.json`, names the digest of each part: a part that is not the one it names counts for nothing.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from pipelines.ingest.register import RawFile
from pipelines.warehouse.columns import bucket_of
from pipelines.warehouse.publication import Move

_NEXT = ".next"
_DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report that is in Parquet: its id and year."""

    report_id: str
    report_year: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """Bytes that are no readable report, and why."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The outcome of every raw file by the digest of its bytes, and the names under which the files were found."""

    reader_version: str = ""
    files: tuple[RawFile, ...] = ()
    reports: dict[str, ReadReport] = field(default_factory=dict)
    quarantine: dict[str, SetAside] = field(default_factory=dict)


def load_manifest(path: Path, *, coming: bool = False) -> Manifest:
    """Return the stored manifest; what is missing of it or cannot be understood is left out, and is then read again.

    `coming` asks for the one that a run has prepared, where there is one.
    """
    index = _index(path, coming=coming)
    return _load(path, index["reader_version"], tuple(index["parts"].items()), coming=coming)


@lru_cache(maxsize=2)
def _load(path: Path, reader_version: str, digests: tuple[tuple[str, str], ...], *, coming: bool) -> Manifest:
    """Return a manifest of which the digests say all: every step of a run asks for the same one."""
    parts = [part for name, digest in digests if (part := _part(path, name, digest, coming=coming))]
    return Manifest(
        reader_version=reader_version,
        files=tuple(sorted(chain.from_iterable(part.files for part in parts), key=lambda file: file.path)),
        reports={sha256: report for part in parts for sha256, report in part.reports.items()},
        quarantine={sha256: aside for part in parts for sha256, aside in part.quarantine.items()},
    )


def prepare_manifest(path: Path, manifest: Manifest) -> None:
    """Write what has changed of a manifest beside the stored one, to be published with everything else."""
    discard_manifest(path)
    before = _index(path, coming=False)["parts"]
    parts = {name: _bytes(asdict(part)) for name, part in _parts(manifest)}
    digests = {name: _digest(content) for name, content in parts.items()}
    _folder(path).mkdir(parents=True, exist_ok=True)
    for name, content in parts.items():
        if before.get(name) != digests[name] or not _place(path, name).is_file():
            _prepared(_place(path, name)).write_bytes(content)
    _prepared(path).write_bytes(_bytes({"reader_version": manifest.reader_version, "parts": digests}))


def manifest_moves(path: Path) -> Iterator[Move]:
    """Yield what has to be renamed and taken away so that a prepared manifest is the stored one."""
    named = {_place(path, name) for name in _index(path, coming=True)["parts"]}
    yield from (Move(None, stored) for stored in _stored(path) if stored not in named)
    yield from (Move(_prepared(place), place) for place in sorted(named) if _prepared(place).exists())
    yield Move(_prepared(path), path)


def discard_manifest(path: Path) -> None:
    """Take away a manifest that was prepared and not published."""
    for prepared in (_prepared(path), *_folder(path).glob(f"*{_NEXT}")):
        prepared.unlink(missing_ok=True)


def _stored(path: Path) -> Iterable[Path]:
    return sorted(_folder(path).glob("*.json"))


def _folder(path: Path) -> Path:
    return path.with_suffix("")


def _place(path: Path, name: str) -> Path:
    return _folder(path) / f"{name}.json"


def _prepared(path: Path) -> Path:
    return path.with_name(path.name + _NEXT)


def _index(path: Path, *, coming: bool) -> dict[str, Any]:
    prepared = _prepared(path)
    try:
        stored = json.loads((prepared if coming and prepared.exists() else path).read_bytes())
        return {"reader_version": str(stored["reader_version"]), "parts": dict(stored["parts"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {"reader_version": "", "parts": {}}


def _part(path: Path, name: str, digest: str, *, coming: bool) -> Manifest | None:
    place = _place(path, name)
    try:
        content = (_prepared(place) if coming and _prepared(place).exists() else place).read_bytes()
    except OSError:
        return None
    if _digest(content) != digest:
        return None
    stored = json.loads(content)
    return Manifest(
        files=tuple(RawFile(**file) for file in stored["files"]),
        reports={sha256: ReadReport(**report) for sha256, report in stored["reports"].items()},
        quarantine={sha256: SetAside(**reason) for sha256, reason in stored["quarantine"].items()},
    )


def _parts(manifest: Manifest) -> Iterator[tuple[str, Manifest]]:
    """Yield the parts of a manifest by their names: each file with what became of it."""
    files: dict[str, list[RawFile]] = {}
    for file in manifest.files:
        files.setdefault(_part_of(file), []).append(file)
    for name, members in sorted(files.items()):
        digests = sorted({file.sha256 for file in members if file.sha256})
        yield (
            name,
            Manifest(
                files=tuple(members),
                reports={digest: manifest.reports[digest] for digest in digests if digest in manifest.reports},
                quarantine={digest: manifest.quarantine[digest] for digest in digests if digest in manifest.quarantine},
            ),
        )


def _part_of(file: RawFile) -> str:
    return f"{bucket_of(file.sha256 or sha256(file.path.encode()).hexdigest()):02d}"


def _bytes(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:_DIGEST_LENGTH]
