"""What was read, by content and reader version: the memory that makes a second build read nothing."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pipelines.ingest.register import RawFile


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


def load_manifest(path: Path) -> Manifest:
    """Return the stored manifest, an empty one where there is none or it cannot be understood (all is then read)."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(
            reader_version=stored["reader_version"],
            files=tuple(RawFile(**file) for file in stored["files"]),
            reports={sha256: ReadReport(**report) for sha256, report in stored["reports"].items()},
            quarantine={sha256: SetAside(**reason) for sha256, reason in stored["quarantine"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Manifest()


def save_manifest(path: Path, manifest: Manifest) -> None:
    """Store a manifest under a temporary name and rename it."""
    building = path.with_suffix(".building")
    path.parent.mkdir(parents=True, exist_ok=True)
    building.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    building.replace(path)
