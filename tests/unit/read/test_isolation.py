"""A parser that crashes, hangs or eats memory loses one file and not the run."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.ingest.update import plan_update, read_file, read_fresh
from pipelines.model.report import Unreadable
from pipelines.read import document, isolation
from pipelines.read.container import DOCX, ENCRYPTED, OLE, ZIP
from pipelines.read.document import READERS
from pipelines.read.isolation import Isolated, end_reading
from pipelines.read.media import HTML, MARKDOWN, PDF, TEXT
from pipelines.settings import load_settings

GOOD = Path(__file__).parents[3] / "data" / "raw" / "2017" / "2017_qianjin-district.txt"
HERE = "tests.unit.read.misbehaving"


def _isolated(name: str, seconds: float = 20, memory: int = 1 << 30) -> Isolated:
    return Isolated(f"{HERE}:{name}", seconds, memory)


@pytest.mark.parametrize(
    ("name", "reason", "detail"),
    [
        ("refuse", "damaged-file", "as seen"),
        ("fail", "reader-failed", "KeyError: 'part'"),
        ("crash", "reader-crashed", "Segmentation fault"),
        ("leave", "reader-crashed", "exit code 7"),
        ("eat", "reader-out-of-memory", "the limit is 1,024 MB"),
    ],
)
def test_what_goes_wrong_is_the_reason_of_one_file(name: str, reason: str, detail: str) -> None:
    with pytest.raises(Unreadable) as refused:
        _isolated(name)(b"", PDF)
    assert (refused.value.reason, refused.value.detail) == (reason, detail)
    assert _isolated("well")(b"after", PDF).texts == ("after",)


@pytest.mark.parametrize(("name", "detail"), [("hang", "stopped after 0.3 seconds"), ("hang_deaf", "no answer")])
def test_what_hangs_is_stopped(name: str, detail: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_GRACE", 0.2)
    with pytest.raises(Unreadable, match=f"reader-timeout.*{detail}"):
        _isolated(name, seconds=0.3)(b"", PDF)


def test_one_process_reads_many_files_and_is_not_this_one() -> None:
    first, second = (_isolated("who")(b"", PDF).texts for _ in range(2))
    assert first == second != (str(os.getpid()),)


def test_a_process_that_ends_between_two_files_is_replaced() -> None:
    first = _isolated("who")(b"", PDF).texts
    os.kill(int(first[0]), 9)
    assert _isolated("who")(b"", PDF).texts != first


def test_what_an_earlier_file_left_behind_is_no_reason_against_a_later_one() -> None:
    end_reading()
    assert [_isolated("die_on_second")(each, PDF).texts for each in (b"a", b"b", b"c")] == [("a",), ("b",), ("c",)]


def test_a_run_goes_on_after_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, PDF, _isolated("crash"))
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"%PDF-1.4\n")
    reasons = [getattr(read_file(path, 1 << 20), "reason", "read") for path in (bad, GOOD, bad)]
    assert reasons == ["reader-crashed", "read", "reader-crashed"]


def test_many_files_of_all_kinds_are_read_by_several_workers(tmp_path: Path) -> None:
    settings = replace(load_settings(tmp_path), raw=tmp_path / "raw", warehouse=tmp_path / "warehouse", workers=2)
    settings.raw.mkdir()
    for number in range(40):
        (settings.raw / f"{number}.pdf").write_bytes(b"%PDF-1.4 " + str(number).encode())
        (settings.raw / f"{number}.txt").write_bytes(GOOD.read_bytes() + b"\n" * number)
    update = read_fresh(settings, plan_update(settings))
    assert len(update.manifest.reports) == 40
    assert [found.reason for found in update.manifest.quarantine.values()] == ["damaged-file"] * 40


@pytest.mark.parametrize("found", READERS)
def test_every_reader_that_is_named_is_there(found: str) -> None:
    reader = document.READERS[found]
    assert isinstance(reader, Isolated) == (found not in {TEXT, HTML, MARKDOWN, ZIP, OLE, ENCRYPTED})
    if isinstance(reader, Isolated):
        assert callable(reader.load())


def test_text_is_read_without_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_process", lambda: pytest.fail("a process was asked for"))
    assert document.read_document("公开信息".encode()).texts == ("公开信息",)
    assert DOCX in READERS
