"""The digests of files that have not changed since they were last read: a million files need not be read again.

What is kept here only saves time. A fingerprint is size, times of change and inode; one that was taken within two
seconds of the last change is not kept, because a second change might look the same.
"""

import json
import os
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

Fingerprint = tuple[int, int, int, int]

_SETTLED = 2_000_000_000
_PARTS = 64


class Fingerprints:
    """Digests by path and fingerprint: those of the last run to look up, those of this run to keep."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._before = _load(folder) if folder else {}
        self._now: dict[str, tuple[Fingerprint, str]] = {}

    def known(self, path: str, found: os.stat_result) -> str | None:
        """Return the digest of a file that is as it was, None where it has to be read."""
        kept = self._before.get(path)
        if kept is None or kept[0] != _fingerprint(found):
            return None
        self._now[path] = kept
        return kept[1]

    def keep(self, path: str, found: os.stat_result, digest: str) -> None:
        """Remember the digest of a file that was looked at before it was read, unless it has only just changed."""
        if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) > _SETTLED:
            self._now[path] = (_fingerprint(found), digest)

    def save(self) -> None:
        """Write what has changed since the last run; that this fails must not stop a run."""
        if self._folder is None:
            return
        try:
            _save(self._folder, self._before, self._now)
        except OSError:
            return


def _fingerprint(found: os.stat_result) -> Fingerprint:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _load(folder: Path) -> dict[str, tuple[Fingerprint, str]]:
    kept: dict[str, tuple[Fingerprint, str]] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            stored = json.loads(path.read_bytes())
            kept |= {name: (_four(fingerprint), str(digest)) for name, (fingerprint, digest) in stored.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            continue
    return kept


def _four(stored: list[int]) -> Fingerprint:
    size, modified, changed, inode = stored
    return size, modified, changed, inode


def _save(
    folder: Path, before: Mapping[str, tuple[Fingerprint, str]], now: Mapping[str, tuple[Fingerprint, str]]
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    changed = {_part(name) for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    parts: dict[str, dict[str, object]] = {part: {} for part in changed}
    for name in sorted(now):
        if (part := _part(name)) in parts:
            parts[part][name] = now[name]
    for part, content in parts.items():
        building = folder / f"{part}.next"
        building.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        building.replace(folder / f"{part}.json")


def _part(name: str) -> str:
    return f"{sha256(name.encode(errors='surrogateescape')).digest()[0] % _PARTS:02d}"
