"""One run of `gongkai fetch`: the sources of an installation into its raw folder."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime

from pipelines.fetch.archive import Archive
from pipelines.fetch.follow import Guest, Outcome
from pipelines.fetch.run import Progress, fetch, of_years
from pipelines.fetch.sources import load_sources
from pipelines.fetch.visit import Visitor
from pipelines.ingest.lock import writer_lock
from pipelines.registry.fetching import limits
from pipelines.settings import Settings


def fetch_reports(
    settings: Settings, notify: Callable[[Progress], None], years: Sequence[int] = (), *, dry_run: bool = False
) -> tuple[Outcome, ...]:
    """Fetch what is new from every source and return what became of each report; a dry run stores nothing.

    Raises Problem where the sources are faulty, where another process is fetching, or where nothing can be stored.
    """
    declared = load_sources(settings.sources)
    sources = of_years(declared.sources, years)
    with nullcontext() if dry_run else writer_lock(settings.fetch_lock):
        guest = Guest(
            visitor=Visitor(limits(), settings.largest_file, declared.contact),
            archive=Archive(settings.raw),
            limits=limits(),
            now=lambda: datetime.now(UTC),
            dry_run=dry_run,
        )
        return fetch(sources, guest, notify)
