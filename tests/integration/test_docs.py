"""Every query that the README and docs/ show is answered by a warehouse that is built."""

import re
from pathlib import Path

import duckdb
import pytest

from tests.integration.conftest import ROOT, Home

_QUERY = re.compile(r"gongkai sql (?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)')")
_PROSE = re.compile(r"`(?P<query>(?:SELECT|from) [^`]+)`")


def queries(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8")
    shown = [found["double"] or found["single"] for found in _QUERY.finditer(text)]
    return [query for query in [*shown, *_PROSE.findall(text)] if "..." not in query]


SHOWN = [
    pytest.param(query, id=f"{page.name} {number}")
    for page in [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
    for number, query in enumerate(queries(page), start=1)
]


def test_queries_are_found() -> None:
    assert len(SHOWN) > 9


@pytest.mark.parametrize("query", SHOWN)
def test_it_is_answered(built: Home, query: str) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        assert connection.execute(query).description
