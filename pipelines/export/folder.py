"""The folder of an export: written beside its place, then renamed into it; nothing of anybody else is taken away."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.export.package import CITATION, SUMS
from pipelines.registry.problems import Problem

_SHOWN = 3


def refuse_what_is_there(folder: Path, *, force: bool) -> None:
    """Raise Problem where a folder holds anything that no export has put there; `force` allows it."""
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise Problem("export-not-empty", folder, found=folder.name)
    strangers = _strangers(folder)
    if strangers and not force:
        more = " …" if len(strangers) > _SHOWN else ""
        raise Problem("export-not-empty", folder, found=", ".join(strangers[:_SHOWN]) + more)
    if strangers and _aside(folder).exists():
        raise Problem("export-set-aside", _aside(folder))


def _strangers(folder: Path) -> list[str]:
    """Return what stands in a folder besides the files that an export lists."""
    paths = (path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    found = {path.relative_to(folder).as_posix() for path in paths}
    return sorted(found - _ours(folder) if {SUMS, CITATION} <= found else found)


def _ours(folder: Path) -> set[str]:
    listed = (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    return {SUMS, *(entry.partition("  ")[2] for entry in listed)}


def _aside(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.before")


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield a new folder that takes the place of another once everything is written; on failure nothing has changed.

    What was there and is not ours is kept beside it.
    """
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        yield draft
        _put_in_place(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _put_in_place(draft: Path, folder: Path) -> None:
    if not folder.exists():
        draft.rename(folder)
        return
    strange = bool(_strangers(folder))
    old = _aside(folder) if strange else draft.with_name(f"{draft.name}.old")
    folder.rename(old)
    try:
        draft.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    if not strange:
        shutil.rmtree(old, ignore_errors=True)
