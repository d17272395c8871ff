"""How reports are fetched, as declared in fetching.yml: limits, networks, titles, paging, attachments, failures."""

import re
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any, NamedTuple

from pipelines.registry.files import RegistryError, read_yaml

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long is waited, how often is tried and how much is taken; seconds are of the clock on the wall."""

    connect_seconds: float
    read_seconds: float
    total_seconds: float
    delay_seconds: float
    longest_delay_seconds: float
    attempts: int
    silences: int
    backoff_seconds: float
    redirects: int
    pages: int
    attachments: int
    sites_at_once: int
    robots_bytes: int


class Networks(NamedTuple):
    """The networks in which no public report stands, and those whose last 32 bits are an IPv4 address."""

    never_public: tuple[Network, ...]
    holds_ipv4: tuple[Network, ...]


class Titles(NamedTuple):
    """How a report is titled, which words tell that a title is of something else, how digits are written."""

    report: tuple[re.Pattern[str], ...]
    other: tuple[str, ...]
    digits: dict[int, str]


class Script(NamedTuple):
    """How the pages of one content system say where their list goes on: one next address, or one for each page."""

    pattern: re.Pattern[str]
    address: re.Pattern[str] | None
    next: str
    pages: str


class Attachments(NamedTuple):
    """By what a link to an attachment is known, and which words tell that it is not of the report."""

    extensions: frozenset[str]
    addresses: tuple[str, ...]
    other: tuple[str, ...]


class Contents(NamedTuple):
    """The words of a report and how many of them a page has to say, or how many figures its tables have to hold."""

    words: tuple[str, ...]
    least_words: int
    least_figures: int


class FailureReason(NamedTuple):
    """Why something was not fetched, and what can be done."""

    zh: str
    en: str
    todo_zh: str
    todo_en: str


def _declared() -> Any:  # noqa: ANN401 - checked by the functions below
    return read_yaml("fetching.yml")


@cache
def limits() -> Limits:
    """Return the limits of a run."""
    return Limits(**_declared()["limits"])


@cache
def agent() -> str:
    """Return the word by which sites and their robots.txt know us."""
    return str(_declared()["agent"])


@cache
def networks() -> Networks:
    """Return the networks of special purpose."""
    declared = _declared()
    return Networks(*(tuple(map(ip_network, declared[part])) for part in Networks._fields))


@cache
def session() -> re.Pattern[str]:
    """Return how the number of a session is written in an address."""
    return re.compile(_declared()["session"], re.IGNORECASE)


@cache
def counter() -> re.Pattern[str]:
    """Return how a page says how often it was seen."""
    return re.compile(_declared()["counter"])


@cache
def titles() -> Titles:
    """Return how titles of reports are known."""
    declared = _declared()["titles"]
    return Titles(
        report=tuple(map(re.compile, declared["report"])),
        other=tuple(declared["other"]),
        digits=str.maketrans(declared["digits"]),
    )


@cache
def next_words() -> frozenset[str]:
    """Return the words of links to the next page of a list."""
    return frozenset(_declared()["paging"]["anchors"])


@cache
def scripts() -> tuple[Script, ...]:
    """Return how lists go on that are drawn by scripts; one that names no address is refused."""
    found = tuple(map(_script, _declared()["paging"]["scripts"]))
    if not all(bool(each.next) ^ bool(each.pages) for each in found):
        raise RegistryError("fetching.yml: paging: each script has either next or pages")
    return found


def _script(declared: dict[str, str]) -> Script:
    address = declared.get("address")
    return Script(
        pattern=re.compile(declared["pattern"], re.IGNORECASE),
        address=re.compile(address) if address else None,
        next=declared.get("next", ""),
        pages=declared.get("pages", ""),
    )


@cache
def attachments() -> Attachments:
    """Return how attachments are known."""
    declared = _declared()["attachments"]
    return Attachments(frozenset(declared["extensions"]), tuple(declared["addresses"]), tuple(declared["other"]))


@cache
def contents() -> Contents:
    """Return by what the page of a report is known."""
    declared = _declared()["contents"]
    return Contents(tuple(declared["words"]), int(declared["least_words"]), int(declared["least_figures"]))


def extension(media_type: str) -> str:
    """Return how the name of a stored file of some media type ends.

    >>> extension("application/pdf"), extension("application/x-unheard-of")
    ('pdf', 'bin')
    """
    return str(_files().get(media_type, "bin"))


@cache
def _files() -> dict[str, str]:
    return dict(_declared()["files"])


@cache
def failure_reasons() -> dict[str, FailureReason]:
    """Return every reason for which something is not fetched, by name."""
    return {name: FailureReason(**declared) for name, declared in _declared()["failures"].items()}
