"""The cells of an annex that is no official form, in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.extract.page import Page
from pipelines.registry.wording import key

_WIDE_SPACE = re.compile(r"\s*(?:\t|\s{2,})\s*")
_FIGURES = re.compile(r"[\d\s,.%年度/+-]+")
_RULED = re.compile(r"[\s|:-]*-{3,}[\s|:-]*")


@dataclass(frozen=True, slots=True)
class AnnexCell:
    """One cell: its folded text without outer space ("" where it is blank), its wording, and its fragment."""

    text: str
    key: str
    line: int


def annex_cells(page: Page, lines: range, known: frozenset[str]) -> list[AnnexCell]:
    """Return the cells in some fragments; a fragment that is empty, not blank, separates and is none."""
    return [cell for line in lines if page.lines[line] for cell in _cells(page.lines[line], line, known)]


def _cells(folded: str, line: int, known: frozenset[str]) -> Iterator[AnnexCell]:
    whole = key(folded)
    if whole in known or not whole:
        yield AnnexCell(folded.strip() if whole else "", whole, line)
        return
    for text in _split(folded, known):
        yield AnnexCell(text, key(text), line)


def _split(folded: str, known: frozenset[str]) -> list[str]:
    """Return the cells of one fragment: parted by bars, wide space, or single spaces between figures or headings."""
    if "|" in folded:
        return [] if _RULED.fullmatch(folded) else [cell.strip() for cell in folded.strip().strip("|").split("|")]
    if _FIGURES.fullmatch(folded) or all(key(word) in known for word in folded.split()):
        return folded.split()
    return _WIDE_SPACE.split(folded.strip())
