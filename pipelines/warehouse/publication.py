"""Publishing many files as one: what is to be renamed is written down first, so that whoever comes next can finish it.

A run that is killed before the record stands has published nothing; one that is killed after it has published all, of
which the rest is done by the next run.
"""

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_RECORD = "publishing.json"
_MANY = 200


@dataclass(frozen=True, slots=True)
class Move:
    """A prepared file and the place that it takes; without a source the place becomes empty."""

    source: Path | None
    target: Path


def publish(folder: Path, moves: Iterable[Move]) -> None:
    """Carry out moves within a folder: all of them, however often this is interrupted and `recover` called."""
    planned = list(moves)
    _write_down([move.source for move in planned if move.source])
    record, draft = folder / _RECORD, folder / f"{_RECORD}.next"
    draft.write_text(json.dumps([_written(folder, move) for move in planned]), encoding="utf-8")
    _flush(draft)
    draft.replace(record)
    _flush(folder)
    _finish(record, planned)


def recover(folder: Path) -> None:
    """Finish what an interrupted run began to publish; nothing is done where there is no such thing."""
    record = folder / _RECORD
    if record.is_file():
        _finish(record, [_read(folder, move) for move in json.loads(record.read_text(encoding="utf-8"))])


def clear(path: Path) -> None:
    """Take away a file, or whatever else stands in its place."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _finish(record: Path, moves: Iterable[Move]) -> None:
    for move in moves:
        _carry_out(move)
    record.unlink()


def _carry_out(move: Move) -> None:
    """Make one move; where its source is gone it was made before."""
    if move.source is None:
        clear(move.target)
    elif move.source.exists():
        if move.target.is_dir():
            clear(move.target)
        move.target.parent.mkdir(parents=True, exist_ok=True)
        move.source.replace(move.target)


def _write_down(paths: Sequence[Path]) -> None:
    """Have prepared files written down before anything is said of them."""
    if len(paths) > _MANY:
        os.sync()
        return
    for path in filter(Path.exists, paths):
        _flush(path)


def _written(folder: Path, move: Move) -> list[str | None]:
    return [path.relative_to(folder).as_posix() if path else None for path in (move.source, move.target)]


def _read(folder: Path, written: list[str | None]) -> Move:
    source, target = written
    return Move(folder / source if source else None, folder / (target or ""))


def _flush(path: Path) -> None:
    """Have what the system keeps of a file or a folder in its memory written down."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
