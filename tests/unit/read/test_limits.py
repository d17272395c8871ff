"""What no report can be is refused before it takes time or memory, whatever format it claims."""

import time

import pytest

from pipelines.model.report import Unreadable
from pipelines.read.document import read_document

TITLE = "某县2017年政府信息公开工作年度报告\n".encode()
SENTENCE = "公开信息5条。".encode()
SECONDS = 10


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TITLE + SENTENCE * 800_000, id="one line"),
        pytest.param(TITLE + (SENTENCE + b"\n") * 800_000, id="many lines"),
        pytest.param(b"<p>" + TITLE + b"</p><p>" + SENTENCE * 800_000, id="a page"),
        pytest.param(b"<html>" + TITLE + b"<p>x" * 400_000, id="many tags"),
        pytest.param(b"# " + TITLE + b"|a|b|\n|---|---|\n" + b"|1|2|\n" * 600_000, id="a table without end"),
        pytest.param(b"<html>" + TITLE + b"<div>" * 100_000, id="a hundred thousand tags within each other"),
    ],
)
def test_too_much_is_refused_in_time(data: bytes) -> None:
    start = time.perf_counter()
    with pytest.raises(Unreadable) as refused:
        read_document(data)
    assert refused.value.reason in {"file-too-large", "nested-too-deeply"}
    assert time.perf_counter() - start < SECONDS
