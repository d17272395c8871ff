"""fetching.yml: what is declared is used, what is used is declared, in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipelines
from pipelines.registry import fetching
from pipelines.registry.fetching import failure_reasons, limits, networks, scripts
from pipelines.registry.files import RegistryError

FETCH = Path(pipelines.__path__[0]) / "fetch"
NAMED = re.compile(r"\"([a-z]+(?:-[a-z]+)+|timeout|insecure)\"")


def test_every_failure_is_declared_and_every_one_declared_can_happen() -> None:
    named = {name for path in FETCH.glob("*.py") for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert set(failure_reasons()) <= named
    raised = re.compile(r"Failure\(\s*\"([a-z-]+)\"")
    assert {name for path in FETCH.glob("*.py") for name in raised.findall(path.read_text(encoding="utf-8"))} <= set(
        failure_reasons()
    )


@pytest.mark.parametrize("name", failure_reasons())
def test_a_failure_is_told_in_both_languages(name: str) -> None:
    reason = failure_reasons()[name]
    assert all(reason)
    assert not reason.zh.isascii()
    assert not reason.todo_zh.isascii()
    assert reason.en.isascii()


def test_a_run_is_bounded_and_polite() -> None:
    declared = limits()
    assert declared.delay_seconds >= 1
    assert declared.connect_seconds < declared.read_seconds < declared.total_seconds
    assert declared.redirects >= 5
    assert networks().never_public


@pytest.fixture
def forgotten() -> Iterator[None]:
    scripts.cache_clear()
    yield
    scripts.cache_clear()


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("further", [{}, {"next": "x", "pages": "y"}])
def test_a_list_that_goes_on_in_no_way_or_in_two_is_refused(
    monkeypatch: pytest.MonkeyPatch, further: dict[str, str]
) -> None:
    monkeypatch.setattr(fetching, "read_yaml", lambda _: {"paging": {"scripts": [{"pattern": "x", **further}]}})
    with pytest.raises(RegistryError, match="either next or pages"):
        scripts()
