"""A synthetic corpus written into a folder, with its mistakes and its true figures beside it."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pipelines.demo.corpus import entries
from pipelines.demo.mistakes import Entry, kinds
from pipelines.registry.problems import Problem

RAW = Path("data") / "raw"
MISTAKES, TRUTH, README = "mistakes.csv", "truth.csv", "README.md"
_MISTAKE_COLUMNS = (
    *("file", "body_id", "body", "year", "mistake", "mistake_zh", "mistake_en"),
    *("indicator", "breakdown", "printed", "true", "found_by"),
)
_TRUTH_COLUMNS = ("body_id", "body", "year", "indicator", "breakdown", "value")
_SHOWN = 3


class Written(NamedTuple):
    """How much was written: bodies, files, and mistakes made on purpose."""

    bodies: int
    files: int
    mistakes: int


def write_corpus(folder: Path, bodies: int, years: range, seed: int) -> Written:
    """Write a corpus into a folder that does not exist yet or is empty; the same arguments give the same bytes.

    Raises Problem where something is in the folder.
    """
    _refuse_what_is_there(folder)
    folder.mkdir(parents=True, exist_ok=True)
    owners, files, wrong = set[str](), 0, 0
    with (
        _table(folder / MISTAKES, _MISTAKE_COLUMNS) as mistakes,
        _table(folder / TRUTH, _TRUTH_COLUMNS) as truth,
    ):
        for entry in entries(bodies, years, seed):
            for path, data in entry.files:
                _write(folder / RAW / path, data)
            mistakes(_mistake(entry))
            truth(_truth(entry))
            owners.add(entry.draft.member.body.body_id)
            files, wrong = files + len(entry.files), wrong + (entry.mistake is not None)
    written = Written(len(owners), files, wrong)
    _write(folder / README, _readme(written, years, seed).encode())
    return written


def _refuse_what_is_there(folder: Path) -> None:
    if folder.is_dir():
        there = sorted(path.name for path in folder.iterdir())
        if there:
            more = " …" if len(there) > _SHOWN else ""
            raise Problem("folder-not-empty", folder, found=", ".join(there[:_SHOWN]) + more)
    elif folder.exists():
        raise Problem("folder-not-empty", folder, found=folder.name)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@contextmanager
def _table(path: Path, columns: Sequence[str]) -> Iterator[Callable[[Iterable[Sequence[object]]], object]]:
    """Open a CSV file and yield what adds rows to it."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(columns)
        yield writer.writerows


def _mistake(entry: Entry) -> Iterator[Sequence[object]]:
    if entry.mistake:
        mistake, kind = entry.mistake, kinds()[entry.mistake.kind]
        names = " ".join((RAW / path).as_posix() for path, _ in entry.files)
        told = (kind.kind, kind.zh, kind.en, *(mistake.cell or ("", "")))
        yield names, *_owner(entry), *told, mistake.printed, mistake.true, mistake.found_by


def _truth(entry: Entry) -> Iterator[Sequence[object]]:
    owner = _owner(entry)
    yield from ((*owner, *cell, number) for cell, number in entry.draft.figures.items() if number)


def _owner(entry: Entry) -> tuple[str, str, int]:
    body = entry.draft.member.body
    return body.body_id, body.name, entry.draft.year


def _readme(written: Written, years: range, seed: int) -> str:
    template = Path(__file__).with_name("readme.md").read_text(encoding="utf-8")
    listed = "\n".join(f"* `{kind.kind}` {kind.zh} | {kind.en}" for kind in kinds().values())
    return template.format(**written._asdict(), first=years.start, last=years.stop - 1, seed=seed, kinds=listed)
