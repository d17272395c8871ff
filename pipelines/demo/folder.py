"""A synthetic corpus written into a folder, with its mistakes and its true figures beside it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
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
    made: list[Entry] = []
    for entry in entries(bodies, years, seed):
        for path, data in entry.files:
            _write(folder / RAW / path, data)
        made.append(entry._replace(files=tuple((path, b"") for path, _ in entry.files)))
    written = Written(
        bodies=len({entry.draft.member.body.body_id for entry in made}),
        files=sum(len(entry.files) for entry in made),
        mistakes=sum(entry.mistake is not None for entry in made),
    )
    _write_table(folder / MISTAKES, _MISTAKE_COLUMNS, _mistakes(made))
    _write_table(folder / TRUTH, _TRUTH_COLUMNS, _truth(made))
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


def _write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _mistakes(made: Sequence[Entry]) -> Iterator[Sequence[object]]:
    for entry in made:
        if entry.mistake:
            mistake, kind = entry.mistake, kinds()[entry.mistake.kind]
            names = " ".join((RAW / path).as_posix() for path, _ in entry.files)
            told = (kind.kind, kind.zh, kind.en, *(mistake.cell or ("", "")))
            yield names, *_owner(entry), *told, mistake.printed, mistake.true, mistake.found_by


def _truth(made: Sequence[Entry]) -> Iterator[Sequence[object]]:
    for entry in made:
        owner = _owner(entry)
        yield from ((*owner, *cell, number) for cell, number in entry.draft.figures.items() if number)


def _owner(entry: Entry) -> tuple[str, str, int]:
    body = entry.draft.member.body
    return body.body_id, body.name, entry.draft.year


def _readme(written: Written, years: range, seed: int) -> str:
    template = Path(__file__).with_name("readme.md").read_text(encoding="utf-8")
    listed = "\n".join(f"* `{kind.kind}` {kind.zh} | {kind.en}" for kind in kinds().values())
    return template.format(**written._asdict(), first=years.start, last=years.stop - 1, seed=seed, kinds=listed)
