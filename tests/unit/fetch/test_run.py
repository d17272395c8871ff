"""A run over all sources: in their order, several sites at once, no source stops another."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.fetch import run as running
from pipelines.fetch.archive import Archive
from pipelines.fetch.follow import Guest, Outcome
from pipelines.fetch.run import Progress, fetch
from pipelines.fetch.sources import Source
from pipelines.fetch.visit import Visitor
from pipelines.registry.fetching import Limits
from pipelines.registry.problems import Problem
from tests.site import Site
from tests.unit.fetch.conftest import LARGEST, source_of


@pytest.fixture
def guest(tmp_path: Path, short: Limits) -> Guest:
    return Guest(Visitor(short, LARGEST), Archive(tmp_path), short, lambda: datetime(2026, 3, 1, tzinfo=UTC))


def test_outcomes_are_in_the_order_of_the_sources(site: Site, guest: Guest) -> None:
    names = ("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.1", "127.0.0.2")
    sources = [
        source_of(f"http://{name}:{site.port}/{line}", line=line, years=(2024,)) for line, name in enumerate(names)
    ]
    for line in range(5):
        site.page(f"/{line}", f"公开{line}")
    told: list[Progress] = []
    found = fetch(sources, guest, told.append)
    assert [outcome.line for outcome in found] == [0, 1, 2, 3, 4]
    assert [str(outcome.kind) for outcome in found] == ["stored", "failed", "failed", "stored", "failed"]
    assert {outcome.reason for outcome in found} == {"", "cannot-connect"}
    assert sorted(step.done or 0 for step in told) == [1, 2, 3, 4, 5]


def test_an_error_of_ours_is_the_outcome_of_its_source(
    site: Site, guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow = running.follow

    def faulty(source: Source, one: Guest) -> object:
        return follow(source, one) if source.line else iter([1 // 0])

    monkeypatch.setattr(running, "follow", faulty)
    site.page("/1", "公开")
    sources = [source_of(f"{site.root}/{line}", line=line) for line in (0, 1)]
    found: tuple[Outcome, ...] = fetch(sources, guest, lambda _: None)
    assert [(str(outcome.kind), outcome.reason) for outcome in found] == [("failed", "fetcher-failed"), ("stored", "")]
    assert "ZeroDivisionError" in found[0].detail


def test_a_folder_that_cannot_be_written_ends_the_run(site: Site, guest: Guest, tmp_path: Path) -> None:
    (tmp_path / "2024").write_text("a file in its place", encoding="utf-8")
    sources = [source_of(f"{site.root}/{line}", years=(2024,)) for line in range(30)]
    for line in range(30):
        site.page(f"/{line}", "公开")
    with pytest.raises(Problem) as refused:
        fetch(sources, guest, lambda _: None)
    assert refused.value.name == "raw-folder-not-writable"
    time.sleep(0.05)
    assert len(site.paths) < 30
