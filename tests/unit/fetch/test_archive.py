"""Where fetched bytes are put, and the records beside them."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.fetch.archive import Archive, stored_path
from pipelines.fetch.origin import RECORDS, Origin, load_origins, newest
from pipelines.ingest.register import register
from pipelines.read.media import PDF
from pipelines.registry.problems import Problem

SHA = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://a.gov.cn", "0000/a.gov.cn/index-01234567.pdf"),
        ("http://a.gov.cn/x/", "0000/a.gov.cn/x/index-01234567.pdf"),
        ("http://a.gov.cn/x/t1.shtml", "0000/a.gov.cn/x/t1-01234567.pdf"),
        ("http://a.gov.cn/x.y/%E5%B9%B4%E6%8A%A5.doc", "0000/a.gov.cn/x.y/年报-01234567.pdf"),
        ("http://a.gov.cn/r.jsp?area=1&fbtime=2024", "0000/a.gov.cn/r.jsp_area=1&fbtime=2024-01234567.pdf"),
        ("http://a.gov.cn/../../etc/passwd", "0000/a.gov.cn/etc/passwd-01234567.pdf"),
        ("http://a.gov.cn/%2e%2e/%2e%2e%2fx/.git/.config", "0000/a.gov.cn/x/_.git/_.config-01234567.pdf"),
        ("http://a.gov.cn/a%00b%0ac%5Cd:e*", "0000/a.gov.cn/a_b_c_d_e_-01234567.pdf"),
        ("http://[2400::1]:8080/x", "0000/_2400__1__8080/x-01234567.pdf"),
        ("http://a.gov.cn/%FF%FE", "0000/a.gov.cn/_-01234567.pdf"),
    ],
)
def test_a_place_is_readable_and_below_its_year_and_host(address: str, path: str) -> None:
    assert stored_path(address, None, SHA, PDF) == path
    assert stored_path(address, 2024, SHA, PDF) == path.replace("0000", "2024", 1)


def test_long_addresses_have_short_places_of_their_own() -> None:
    addresses = [f"http://a.gov.cn/{'年报/' * 30}{'长' * 300}{end}" for end in ("甲", "乙")]
    paths = [stored_path(address, 2024, SHA, "text/x") for address in addresses]
    assert len({*paths}) == 2
    for path in paths:
        assert len(path.split("/")) < 12
        assert max(len(part.encode()) for part in path.split("/")) < 200
    deep = [stored_path(f"http://a.gov.cn/{'a/' * 10}{end}/x", 2024, SHA, PDF) for end in "bc"]
    assert len({*deep}) == 2


def origin(**given: object) -> Origin:
    names = ("final_address", "found_on", "source", "title", "body", "content_type", "etag", "last_modified")
    text = dict.fromkeys((*names, "text_sha256"), "")
    parts = {
        "path": "2024/a.gov.cn/x-1.pdf",
        "sha256": SHA,
        "size": 3,
        "address": "http://a.gov.cn/x",
        "year": 2024,
        "fetched_at": "2026-03-01T00:00:00",
        "status": 200,
    }
    return Origin(**{**text, **parts, **given})  # type: ignore[arg-type]


def test_what_is_kept_is_there_and_only_that_is_a_raw_file(tmp_path: Path) -> None:
    first, second = origin(), origin(path="2024/a.gov.cn/x-2.pdf", sha256="f" * 64, fetched_at="2026-03-02T00:00:00")
    archive = Archive(tmp_path)
    archive.keep(first, b"one")
    archive.keep(second, b"two")
    for each in (archive, Archive(tmp_path)):
        assert [held.origin for held in each.held("http://a.gov.cn/x")] == [second, first]
    assert load_origins(tmp_path) == (first, second)
    assert [(file.path, file.size) for file in register(tmp_path)] == [(first.path, 3), (second.path, 3)]


def test_records_are_found_where_their_folder_was_moved(tmp_path: Path) -> None:
    Archive(tmp_path).keep(origin(), b"one")
    (tmp_path / "old").mkdir()
    (tmp_path / "2024").rename(tmp_path / "old" / "2024")
    assert load_origins(tmp_path) == (origin(),)


def test_a_file_that_was_taken_away_is_not_held(tmp_path: Path) -> None:
    Archive(tmp_path).keep(origin(), b"one")
    (tmp_path / origin().path).unlink()
    assert list(Archive(tmp_path).held(origin().address)) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.keep(origin(), b"one")
    archive.keep(origin(), b"two")
    assert (tmp_path / origin().path).read_bytes() == b"one"


def test_the_last_record_of_the_same_bytes_counts(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    again = origin(fetched_at="2026-04-01T00:00:00")
    archive.keep(origin(), b"one")
    archive.keep(again, b"one")
    archive.keep(replace(origin(), address="http://b.gov.cn/"), b"one")
    assert newest(load_origins(tmp_path)) == (again, replace(origin(), address="http://b.gov.cn/"))


@pytest.mark.parametrize("line", [b"{", b"[]", b"{}", b"\xff", b'{"path": 1}'])
def test_a_record_that_is_none_is_told_with_its_line(tmp_path: Path, line: bytes) -> None:
    Archive(tmp_path).keep(origin(), b"one")
    path = tmp_path / "2024" / "a.gov.cn" / RECORDS
    path.write_bytes(path.read_bytes() + line + b"\n")
    with pytest.raises(Problem) as refused:
        load_origins(tmp_path)
    assert (refused.value.name, refused.value.where) == ("origin-faulty", f"{path}:2")


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "2024").write_text("a file in its place", encoding="utf-8")
    with pytest.raises(Problem) as refused:
        Archive(tmp_path).keep(origin(), b"one")
    assert refused.value.name == "raw-folder-not-writable"
