"""A report as it is printed: fragments of text, each with the place that leads back to the source."""

from dataclasses import dataclass
from typing import Protocol


class Places(Protocol):
    """The places of a document's fragments: `places[i]` is the locator of fragment i."""

    def __getitem__(self, index: int, /) -> str:
        """Return the locator of one fragment, in the form a person would look it up."""
        ...


@dataclass(frozen=True, slots=True)
class LinePlaces:
    """Places in a plain text: fragment i is line i + 1.

    >>> LinePlaces()[411]
    'line 412'
    """

    def __getitem__(self, index: int, /) -> str:
        """Return `line N`, counted from one as editors do."""
        return f"line {index + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file after reading: verbatim fragments in reading order, no meaning yet.

    `texts` holds every fragment (a line, a paragraph, a table cell), empty ones included;
    `places` says where each stands; `damage` names what the decoding could not keep.
    """

    media_type: str
    encoding: str
    texts: tuple[str, ...]
    places: Places
    damage: tuple[str, ...] = ()
