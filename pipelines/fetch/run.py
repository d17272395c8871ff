"""All sources in one run: several sites at once, one request at a time for each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from threading import Event
from typing import NamedTuple

from pipelines.fetch.address import parse_address
from pipelines.fetch.follow import Guest, Kind, Outcome, follow
from pipelines.fetch.sources import Source
from pipelines.registry.problems import Problem


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: sources done, out of how many, and whose was the last."""

    asset: str
    detail: str
    done: int | None
    total: int | None


class _Numbered(NamedTuple):
    position: int
    source: Source


def of_years(sources: Iterable[Source], years: Sequence[int]) -> tuple[Source, ...]:
    """Return the sources that can have reports of some years, narrowed to these; all where none is named."""
    if not years:
        return tuple(sources)
    narrowed = (_narrowed(source, years) for source in sources)
    return tuple(source for source in narrowed if source)


def _narrowed(source: Source, years: Sequence[int]) -> Source | None:
    """Return a source for some years only, None where it has none of them; the year of a single report may be open."""
    if not source.years:
        return replace(source, years=tuple(sorted({*years}))) if source.is_list else source
    common = tuple(year for year in source.years if year in years)
    return replace(source, years=common) if common else None


def fetch(sources: Sequence[Source], guest: Guest, notify: Callable[[Progress], None]) -> tuple[Outcome, ...]:
    """Return what became of every report of every source, in the order of the sources.

    Raises Problem where nothing more can be stored; whatever else goes wrong is the outcome of its source.
    """
    outcomes: dict[int, tuple[Outcome, ...]] = {}
    stopped = Event()

    def follow_site(site: Sequence[_Numbered]) -> None:
        for position, source in site:
            if not stopped.is_set():
                outcomes[position] = tuple(_followed(source, guest))
                notify(Progress("fetch", source.body, len(outcomes), len(sources)))

    with _threads(guest.limits.sites_at_once, stopped) as pool:
        waiting = {pool.submit(follow_site, site) for site in _sites(sources)}
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            _raise_first(done)
    return tuple(chain.from_iterable(outcomes[position] for position in sorted(outcomes)))


@contextmanager
def _threads(number: int, stopped: Event) -> Iterator[ThreadPoolExecutor]:
    """Yield a pool of threads; when the run is broken off, they end after the source that they are at."""
    pool = ThreadPoolExecutor(number, thread_name_prefix="fetch")
    try:
        yield pool
    finally:
        stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)


def _raise_first(done: Iterable[Future[None]]) -> None:
    for each in done:
        each.result()


def _sites(sources: Sequence[Source]) -> list[list[_Numbered]]:
    """Return the sources by the host on which they begin: those of one host wait for each other anyway."""
    found: dict[str, list[_Numbered]] = {}
    for position, source in enumerate(sources):
        host = parse_address(source.address.replace("{year}", "2000")).host
        found.setdefault(host, []).append(_Numbered(position, source))
    return list(found.values())


def _followed(source: Source, guest: Guest) -> Iterator[Outcome]:
    try:
        yield from follow(source, guest)
    except Problem:
        raise
    except Exception as error:  # noqa: BLE001 - one source must never stop the run; the reason is told
        yield Outcome(
            kind=Kind.FAILED,
            line=source.line,
            body=source.body,
            year=None,
            address=source.address,
            reason="fetcher-failed",
            detail=f"{type(error).__name__}: {error}",
        )
