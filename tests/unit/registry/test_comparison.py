"""What the registry says of comparing two builds."""

from typing import Any

import pytest

from pipelines.registry import comparison
from pipelines.registry.files import RegistryError, read_yaml


def test_headlines_are_cells_of_their_concepts_and_those_named_alone() -> None:
    declared = comparison.surprise()
    assert {"disclosure.via_website[total]", "requests.new[total]", "requests_2014.received[total]"} <= {
        *declared.headline_cells
    }
    assert declared.factor_of_absence > 1
    assert declared.headline_weight > 1


@pytest.mark.parametrize(
    ("changed", "ask", "says"),
    [
        ({"headline_concepts": ["no_such"]}, comparison.surprise, "no concept no_such"),
        ({"headline_cells": ["no.such"]}, comparison.surprise, "'no.such' is not in indicators.csv"),
        ({"columns": {}}, comparison.declared_sections, "no heading for"),
    ],
)
def test_what_nobody_knows_is_refused(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], ask: Any, says: str
) -> None:
    monkeypatch.setattr(comparison, "read_yaml", lambda name: read_yaml(name) | changed)
    monkeypatch.setattr(comparison, "headings", comparison.headings.__wrapped__)
    with pytest.raises(RegistryError, match=says):
        ask.__wrapped__()
