"""Readers that run apart are called in place where their own behaviour is tested: it is seen, and counted."""

import pytest

from pipelines.model.document import Document
from pipelines.read.isolation import Isolated

IN_PLACE = frozenset({"test_doc", "test_docx", "test_excel", "test_pdf"})


def _in_place(reader: Isolated, data: bytes, media_type: str) -> Document:
    return reader.load()(data, media_type)


@pytest.fixture(autouse=True)
def in_place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Call packed formats in place in the tests of their readers."""
    if request.module.__name__.rpartition(".")[2] in IN_PLACE:
        monkeypatch.setattr(Isolated, "__call__", _in_place)
