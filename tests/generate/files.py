"""Drawn reports as files: in every format in which bodies publish them, alone or in an archive with attachments."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from io import BytesIO
from random import Random
from typing import Any, TypeVar
from zipfile import ZipFile, ZipInfo

from tests.generate.grid import Block, Grid, Markup, Merged, Print, Shape, Text, printed
from tests.generate.pages import ruled, unruled
from tests.generate.sheets import xls, xlsx
from tests.generate.truth import Entry, Report
from tests.generate.word import doc, docx

Drawn = TypeVar("Drawn", bound=Any)


class File(StrEnum):
    """The format of a file."""

    DOCX = "DOCX"
    DOC = "DOC"
    XLSX = "XLSX"
    XLS = "XLS"
    PDF = "PDF, ruled tables"
    UNRULED = "PDF, no rules drawn"
    ZIP = "ZIP"

    @property
    def tells_cells(self) -> bool:
        """Whether cells are told by more than the places of characters."""
        return self is not File.UNRULED


_WRITERS = {
    File.DOCX: ("docx", docx),
    File.DOC: ("doc", doc),
    File.XLSX: ("xlsx", xlsx),
    File.XLS: ("xls", xls),
    File.PDF: ("pdf", ruled),
    File.UNRULED: ("pdf", unruled),
}


def filed(drawn: Drawn, file: File, seed: int) -> Drawn:
    """Return a drawn report stored in a file; what the file does not tell is no longer determined."""
    stored = written(drawn.blocks, file, Random(f"{seed} {file}"))
    kept: Drawn = replace(drawn, **{"data" if isinstance(drawn, Report) else "stored": stored})
    return kept if file.tells_cells else doubted(kept)


def printed_as(drawn: Drawn, shape: Shape, seed: int) -> Drawn:
    """Return a drawn report as text of a shape; where blank cells are not seen nothing of it is determined."""
    random = Random(f"{seed} {shape}")
    how = Print(
        shape=shape,
        merged=Merged.DROPPED,
        markup=random.choice(list(Markup)),
        visible=True,
        first_page=random.randint(1, 9),
    )
    kept: Drawn = replace(drawn, data=printed(drawn.blocks, how).encode())
    return kept if shape.blanks_show else doubted(kept)


def doubted(drawn: Drawn) -> Drawn:
    """Return a drawn report of which a careful reader could not be sure."""
    doubt: Drawn = (
        replace(drawn, determined=False)
        if hasattr(drawn, "determined")
        else replace(drawn, truth=_doubted(drawn.truth))
    )
    return doubt


def _doubted(truth: Mapping[Any, Entry]) -> dict[Any, Entry]:
    return {key: Entry(entry.value, determined=False) for key, entry in truth.items()}


def written(blocks: Sequence[Block], file: File, random: Random) -> bytes:
    """Return the bytes of a report."""
    return _archive(blocks, random) if file is File.ZIP else _WRITERS[file][1](blocks, random)


def _archive(blocks: Sequence[Block], random: Random) -> bytes:
    """Return an archive of a report, its tables in the same file or in an attachment."""
    grids = [number for number, block in enumerate(blocks) if isinstance(block, Grid)]
    apart = bool(grids) and not random.randrange(2)
    start, end = (_headed(blocks, grids[0]), grids[-1] + 1) if apart else (len(blocks), len(blocks))
    members = [("政府信息公开工作年度报告", [*blocks[:start], *blocks[end:]])]
    members += [("附件1：统计表", list(blocks[start:end]))] if apart else []
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, part in members:
            suffix, data = _member(part, random)
            archive.writestr(ZipInfo(f"{name}.{suffix}"), data)
    return stream.getvalue()


def _headed(blocks: Sequence[Block], table: int) -> int:
    """Return where a table begins with the heading of the part of the report in which it stands."""
    before = [number for number in range(table) if isinstance(blocks[number], Text) and blocks[number].level > 1]
    return before[-1] if before else table


def _member(blocks: Sequence[Block], random: Random) -> tuple[str, bytes]:
    """Return the suffix and the bytes of one file in an archive."""
    told = [writer for file, writer in _WRITERS.items() if file.tells_cells]
    suffix, write = random.choice([*told, ("html", _page)])
    return suffix, write(blocks, random)


def _page(blocks: Sequence[Block], random: Random) -> bytes:
    markup = random.choice(list(Markup))
    how = Print(shape=Shape.HTML, merged=Merged.DROPPED, markup=markup, visible=True, first_page=1)
    return printed(blocks, how).encode()
