"""What is declared of published tables is complete, and what contradicts itself is refused."""

import pytest

from pipelines.model.observation import Status
from pipelines.registry import publishing, words
from pipelines.registry.files import RegistryError
from pipelines.registry.publishing import dataflows, observation_statuses, publication


@pytest.fixture(autouse=True)
def _fresh() -> None:
    for remembered in (dataflows, observation_statuses, words.words):
        remembered.cache_clear()


def test_everything_is_said_in_both_languages() -> None:
    said = publication()
    for zh, en in (said.title, said.about, *said.notes):
        assert not zh.isascii()
        assert en


def test_a_status_without_a_letter_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = {"observation_status": [{"status": "blank", "code": "O", "zh": "空", "en": "blank"}]}
    monkeypatch.setattr(publishing, "_declared", lambda: {"sdmx": declared})
    with pytest.raises(RegistryError, match="every status"):
        observation_statuses()


def test_a_component_without_its_column_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    flow = {"id": "A", "version": "1.0.0", "dimensions": {"BODY": "bodi"}, "status": "statuses", "attributes": {}}
    monkeypatch.setattr(publishing, "_declared", lambda: {"sdmx": {"agency": "X", "dataflows": {"mart.series": flow}}})
    with pytest.raises(RegistryError, match="no column bodi"):
        dataflows()


def test_every_status_has_one_letter() -> None:
    assert {each.status for each in observation_statuses()} == set(Status)


def test_a_word_of_no_column_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "read_yaml", lambda _: {"a": {"columns": ["mart.series.nothing"], "words": {}}})
    with pytest.raises(RegistryError, match=r"mart\.series\.nothing is no column"):
        words.words()
