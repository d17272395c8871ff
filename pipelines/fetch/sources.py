"""Where reports come from: `sources.yml` beside the raw files, written by people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any, cast

import yaml

from pipelines.fetch.address import parse_address
from pipelines.fetch.failure import Failure
from pipelines.registry.fetching import Network
from pipelines.registry.problems import Problem
from pipelines.registry.written import Written, read_written

YEAR = "{year}"
_KEYS = frozenset({"body", "list", "report", "years", "private", "delay"})
_TOP = frozenset({"sources", "contact"})
_SPAN = re.compile(r"((?:19|20)\d\d)(?:\s*[-–~～—至]\s*((?:19|20)\d\d))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source: whose reports, of which years (any, where none is named), from which address, and where it stands.

    `address` is a page that lists reports where `is_list`, else a report; `{year}` in it stands for each year.
    """

    line: int
    body: str
    address: str
    is_list: bool
    years: tuple[int, ...] = ()
    private: tuple[Network, ...] = ()
    own_delay: float | None = None

    def delay(self, usual: float) -> float:
        """Return the seconds between two requests: the usual ones or more; less only for addresses of one's own."""
        if self.own_delay is None:
            return usual
        return self.own_delay if self.private else max(usual, self.own_delay)

    @property
    def addresses(self) -> tuple[tuple[str, int | None], ...]:
        """The addresses to begin with, each with its year where only one is possible."""
        if YEAR in self.address:
            return tuple((self.address.replace(YEAR, str(year)), year) for year in self.years)
        return ((self.address, self.years[0] if len(self.years) == 1 else None),)


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources, and whom the owner of a site may write to."""

    sources: tuple[Source, ...]
    contact: str = ""


def load_sources(path: Path) -> Sources:
    """Return the sources of a file; raises Problem, with a line for each fault, where it is missing or faulty."""
    try:
        written = read_written(path)
    except FileNotFoundError:
        raise Problem("no-sources", path) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Problem("sources-faulty", path, (f"{path}: {' '.join(str(error).split())}",), found=1) from None
    faults = tuple(f"{path}:{line}: {fault}" for line, fault in _faults(written))
    if faults:
        raise Problem("sources-faulty", path, faults, found=len(faults))
    value = cast("dict[str, Any]", written.value)
    sources = tuple(_source(*each) for each in zip(written.lines("sources"), value["sources"], strict=True))
    return Sources(sources, str(value.get("contact", "")))


def _faults(written: Written) -> Iterator[tuple[int, str]]:
    value = written.value
    if not isinstance(value, dict) or not isinstance(value.get("sources"), list) or not set(value) <= _TOP:
        yield 1, "应为 sources 列表，另可有 contact | expected a list `sources`, and nothing else but `contact`"
        return
    if not str(value.get("contact", "")).isascii():
        yield 1, "contact 只用 ASCII 字符 | `contact` has to be ASCII"
    yield from ((line, f"“{name}”写了两次 | {name!r} is written twice") for line, name in written.twice())
    for line, each in zip(written.lines("sources"), value["sources"], strict=True):
        yield from ((line, fault) for fault in _source_faults(each))


def _source_faults(each: object) -> Iterator[str]:
    if not isinstance(each, dict):
        yield "应为键值对 | expected keys and values"
        return
    if unknown := sorted(str(name) for name in each if name not in _KEYS):
        yield f"不认识 {'、'.join(unknown)} | unknown: {', '.join(unknown)}"
    if not isinstance(each.get("body"), str) or not each["body"].strip():
        yield "要写明机关 body | `body` is needed"
    if ("list" in each) == ("report" in each):
        yield "list 与 report 写其一 | one of `list` and `report` is needed"
    else:
        yield from _address_faults(str(each.get("list") or each.get("report")), each.get("years"))
    yield from _limit_faults(each)


def _address_faults(address: str, years: object) -> Iterator[str]:
    try:
        parse_address(address.replace(YEAR, "2000"))
    except Failure:
        yield f"“{address}”不是 http 或 https 地址 | {address!r} is no http or https address"
    try:
        known = _years(years)
    except ValueError:
        yield f"years “{years}”应如 2024、[2023, 2024]、2019-2024 | `years` is {years!r}, expected the like of these"
        return
    if YEAR in address and not known:
        yield "地址含 {year}，要写明 years | an address with {year} needs `years`"


def _limit_faults(each: dict[str, Any]) -> Iterator[str]:
    try:
        _private(each.get("private"))
    except ValueError as error:
        yield f"private 应为 IP 地址或网段 | `private` lists IP addresses or networks: {error}"
    delay = each.get("delay", 0)
    if isinstance(delay, bool) or not isinstance(delay, (int, float)) or not delay >= 0:
        yield f"delay “{delay}”应为秒数 | delay {delay!r} is no number of seconds"


def _source(line: int, each: dict[str, Any]) -> Source:
    return Source(
        line=line,
        body=each["body"].strip(),
        address=each.get("list") or each["report"],
        is_list="list" in each,
        years=_years(each.get("years")),
        private=_private(each.get("private")),
        own_delay=each.get("delay"),
    )


def _years(written: object) -> tuple[int, ...]:
    """Return the years that are written as one, as several or as a span; raises ValueError for anything else."""
    if written is None:
        return ()
    parts = written if isinstance(written, list) else [written]
    return tuple(sorted({year for part in parts for year in _span(str(part).strip())}))


def _span(text: str) -> range:
    match = _SPAN.fullmatch(text)
    if not match:
        raise ValueError(text)
    return range(int(match[1]), int(match[2] or match[1]) + 1)


def _private(written: object) -> tuple[Network, ...]:
    if written is None:
        return ()
    return tuple(ip_network(str(each)) for each in (written if isinstance(written, list) else [written]))
