from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from itertools import count
from pathlib import Path

import pytest

from pipelines.fetch.archive import Archive
from pipelines.fetch.follow import Guest, Outcome, follow
from pipelines.fetch.sources import Source
from pipelines.fetch.visit import Visitor
from pipelines.registry.fetching import Limits, limits
from tests.site import Site, site_on_loopback

LOOPBACK = (ip_network("127.0.0.0/8"),)
LARGEST = 1_000_000


@pytest.fixture
def site() -> Iterator[Site]:
    with site_on_loopback() as found:
        yield found


@pytest.fixture
def short() -> Limits:
    """The limits of a run, so small that a test does not wait."""
    return replace(
        limits(),
        connect_seconds=1,
        read_seconds=0.4,
        total_seconds=0.8,
        delay_seconds=0,
        longest_delay_seconds=2,
        backoff_seconds=0.01,
        pages=6,
        attachments=4,
    )


def source_of(address: str, **given: object) -> Source:
    parts = {"line": 3, "body": "前进区人民政府", "is_list": False, "private": LOOPBACK, "own_delay": 0}
    return Source(**{**parts, "address": address, **given})  # type: ignore[arg-type]


Follow = Callable[..., list[Outcome]]


@pytest.fixture
def followed(tmp_path: Path, short: Limits) -> Follow:
    """Follow a source into the folder of this test, as a run of its own each time, an hour after the one before."""
    hours = count()

    def run(address: str, *, dry_run: bool = False, **given: object) -> list[Outcome]:
        now = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=next(hours))
        guest = Guest(Visitor(short, LARGEST), Archive(tmp_path), short, lambda: now, dry_run)
        return list(follow(source_of(address, **given), guest))

    return run
