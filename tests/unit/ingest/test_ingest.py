"""Registering, planning, locking: content decides, names do not."""

import json
import os
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from pipelines.ingest import update
from pipelines.ingest.expectations import declared_expectations
from pipelines.ingest.lock import LockHeldError, writer_lock
from pipelines.ingest.manifest import Manifest, load_manifest, manifest_moves, prepare_manifest
from pipelines.ingest.record import latest_record
from pipelines.ingest.register import RawFile, load, register
from pipelines.ingest.release import release
from pipelines.ingest.update import SetAside, plan_update, read_file, read_fresh
from pipelines.model.report import Unreadable
from pipelines.registry.problems import Problem
from pipelines.settings import Settings, load_settings
from pipelines.warehouse.publication import publish

ROOT = Path(__file__).parents[3]
REPORT = ROOT / "data" / "raw" / "2017" / "2017_qianjin-district.txt"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    return replace(
        load_settings(tmp_path), raw=tmp_path / "data" / "raw", warehouse=tmp_path / "data" / "warehouse", workers=1
    )


def test_hidden_files_are_passed_over_and_names_sorted(settings: Settings) -> None:
    for name in ("b.txt", "a.txt", ".DS_Store", ".git/x", "sub/c.txt"):
        (settings.raw / name).parent.mkdir(exist_ok=True)
        (settings.raw / name).write_text(name)
    assert [file.path for file in register(settings.raw)] == ["a.txt", "b.txt", "sub/c.txt"]


def test_the_same_bytes_are_planned_once(settings: Settings) -> None:
    for name in ("z.txt", "a.txt"):
        (settings.raw / name).write_bytes(REPORT.read_bytes())
    plan = plan_update(settings)
    assert [file.path for file in plan.fresh] == ["a.txt"]
    assert [(file.path, file.report_id) for file in plan.files] == [
        ("a.txt", plan.fresh[0].report_id),
        ("z.txt", plan.fresh[0].report_id),
    ]


def test_what_was_set_aside_is_not_tried_again_by_the_same_reader(settings: Settings) -> None:
    (settings.raw / "x.txt").write_text("nothing")
    done = read_fresh(settings, plan_update(settings))
    update.save_update(settings, done)
    release(settings)
    assert plan_update(settings).fresh == ()
    stored = json.loads(settings.manifest.read_text(encoding="utf-8"))
    settings.manifest.write_text(json.dumps(stored | {"reader_version": "older"}), encoding="utf-8")
    assert [file.path for file in plan_update(settings).fresh] == ["x.txt"]


def read_once(settings: Settings) -> tuple[dict[str, str], list[str]]:
    """Read what has to be read and publish it; return why files were set aside, and the reports."""
    done = read_fresh(settings, plan_update(settings))
    update.save_update(settings, done)
    release(settings)
    aside = {file.path: done.manifest.quarantine.get(file.sha256 or "") for file in done.manifest.files}
    return {path: each.reason for path, each in aside.items() if each}, sorted(done.manifest.reports)


def test_a_file_that_vanishes_or_changes_under_way_is_set_aside_and_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(("gone.txt", "other.txt", "stays.txt")):
        text = REPORT.read_text(encoding="utf-8").replace("2895", f"{number}000")
        (settings.raw / name).write_text(text, encoding="utf-8")
    kept = (settings.raw / "gone.txt").read_bytes()

    def vanishing(path: Path, largest: int) -> bytes:
        (settings.raw / "gone.txt").unlink(missing_ok=True)
        return load(path, largest) + (b" " if path.name == "other.txt" else b"")

    with monkeypatch.context() as patch:
        patch.setattr(update, "load", vanishing)
        aside, reports = read_once(settings)
    assert aside == {"gone.txt": "cannot-open", "other.txt": "cannot-open"}
    assert len(reports) == 1
    (settings.raw / "gone.txt").write_bytes(kept)
    aside, reports = read_once(settings)
    assert (aside, len(reports)) == ({}, 3)


def test_a_file_above_the_limit_is_tried_again_once_the_limit_is_raised(settings: Settings) -> None:
    (settings.raw / "a.txt").write_bytes(REPORT.read_bytes())
    small = replace(settings, largest_file=1_000)
    assert read_once(small) == ({"a.txt": "file-too-large"}, [])
    assert plan_update(small).fresh == ()
    assert len(read_once(settings)[1]) == 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"reader_version": 1}', '{"files": [{"nonsense": 1}]}'])
def test_a_broken_manifest_only_means_that_everything_is_read(tmp_path: Path, content: str) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(content, encoding="utf-8")
    assert load_manifest(path) == Manifest()


def test_a_manifest_comes_back_as_it_was(tmp_path: Path) -> None:
    manifest = Manifest(
        reader_version="v",
        files=(RawFile(path="x", size=0, failure="no"), RawFile(path="某县.txt", size=1, sha256="ab")),
        quarantine={"ab": SetAside("empty-file", "0 bytes")},
    )
    prepare_manifest(tmp_path / "manifest.json", manifest)
    publish(tmp_path, manifest_moves(tmp_path / "manifest.json"))
    assert load_manifest(tmp_path / "manifest.json") == manifest


def test_an_error_inside_the_reader_is_a_reason_and_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: bytes) -> None:
        raise ZeroDivisionError("of our own making")

    monkeypatch.setattr(update, "read_report", broken)
    (tmp_path / "x.txt").write_text("x")
    assert read_file(tmp_path / "x.txt", 100) == SetAside("reader-failed", "ZeroDivisionError: of our own making")


def test_a_folder_that_is_not_there_is_no_empty_folder(settings: Settings) -> None:
    settings.raw.rmdir()
    with pytest.raises(Problem, match="no folder of raw reports"):
        register(settings.raw)


def test_a_folder_that_cannot_be_opened_is_no_empty_folder(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = settings.raw / "inner"
    inner.mkdir()
    scandir = os.scandir
    barred: set[Path] = set()

    def guarded(path: str | Path) -> object:
        if Path(path) in barred:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    barred.add(inner)
    assert register(settings.raw) == (RawFile(path="inner", size=0, failure="a folder that cannot be opened"),)
    barred.add(settings.raw)
    with pytest.raises(Problem, match="Permission denied"):
        register(settings.raw)


def test_linked_folders_and_foreign_names_are_no_reports_and_not_passed_over(settings: Settings) -> None:
    (settings.raw / "linked").symlink_to(settings.raw.parent, target_is_directory=True)
    os.close(os.open(bytes(settings.raw) + "/报告.txt".encode("gb18030"), os.O_CREAT))
    assert {file.path: file.failure for file in register(settings.raw)} == {
        "linked": "a linked folder, which is not followed",
        r"\xb1\xa8\xb8\xe6.txt": "its name is not UTF-8; rename it",
    }


def test_a_folder_is_no_file_to_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        load(tmp_path, 1 << 20)
    assert caught.value.detail == "a folder; name the files in it"


SUITE = (ROOT / "expectations" / "core_file.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a: [", "core_file.yml:1: "),
        ("", "core_file.yml: is empty, expected a mapping"),
        (
            SUITE.replace("unexpected_rows", "unexpected_row"),
            "kind 'unexpected_row' is unknown, expected unexpected_rows",
        ),
        (SUITE.replace("core.file", "core.fiel", 1), "table is 'core.fiel', expected core.file"),
    ],
)
def test_expectations_that_cannot_be_met_or_broken_are_refused(settings: Settings, content: str, says: str) -> None:
    folder = settings.home / "expectations"
    folder.mkdir()
    (folder / "core_file.yml").write_text(content, encoding="utf-8")
    with pytest.raises(Problem) as refused:
        declared_expectations(replace(settings, expectations=folder))
    assert refused.value.name == "expectations-faulty"
    assert says in "\n".join(refused.value.details)
    assert refused.value.seen["found"] == len(refused.value.details)


def test_a_gate_without_expectations_is_none(settings: Settings) -> None:
    for folder in (settings.home, settings.home / "nowhere"):
        with pytest.raises(Problem, match="no quality gate"):
            declared_expectations(replace(settings, expectations=folder))


def test_a_damaged_record_of_a_run_is_named(settings: Settings) -> None:
    settings.runs.mkdir(parents=True)
    (settings.runs / "1.json").write_text("{", encoding="utf-8")
    with pytest.raises(Problem, match=r"1\.json: .*delete this file"):
        latest_record(settings)


def test_a_file_above_the_limit_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(bytes(101))
    with pytest.raises(Unreadable) as caught:
        load(tmp_path / "x", 100)
    assert caught.value.reason == "file-too-large"


def test_a_reading_process_that_is_killed_is_told_as_such(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(40):
        (settings.raw / f"{number}.txt").write_text(str(number), encoding="utf-8")
    monkeypatch.setattr(update, "_follow_parent", _die)
    with pytest.raises(Problem, match="GONGKAI_WORKERS=1"):
        read_fresh(replace(settings, workers=2), plan_update(settings))


def _die() -> None:
    os._exit(1)


def test_a_reading_process_ends_with_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    gone = get_context("spawn").Process(target=int)
    gone.start()
    update._end_after(gone)  # noqa: SLF001 - in a process of its own nobody could look
    assert codes == [1]


def test_many_files_are_read_by_several_processes_with_the_same_result(settings: Settings) -> None:
    text = REPORT.read_text(encoding="utf-8")
    for number in range(40):
        (settings.raw / f"{number}.txt").write_text(text.replace("2895", str(3000 + number)), encoding="utf-8")
    one = read_fresh(settings, plan_update(settings))
    two = read_fresh(replace(settings, workers=2), plan_update(settings))
    assert (one.read, one.manifest, one.touched) == (two.read, two.manifest, two.touched)


def test_the_lock_names_its_holder_and_is_given_back(tmp_path: Path) -> None:
    with (
        writer_lock(tmp_path / ".lock"),
        pytest.raises(LockHeldError, match=r"process \d+"),
        writer_lock(tmp_path / ".lock"),
    ):
        pass
    with writer_lock(tmp_path / ".lock"):
        pass


def test_a_warehouse_that_cannot_be_written_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(Problem, match="GONGKAI_WAREHOUSE"), writer_lock(tmp_path / ".lock"):
        pass


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path))
    monkeypatch.setenv("GONGKAI_RAW", str(tmp_path / "reports"))
    monkeypatch.setenv("GONGKAI_LARGEST_FILE", "3")
    settings = load_settings()
    assert settings.raw == tmp_path / "reports"
    assert settings.warehouse == tmp_path / "data" / "warehouse"
    assert settings.largest_file == 3 * 1024 * 1024


@pytest.mark.parametrize("number", ["two", "0", "-1", ""])
def test_a_setting_that_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setenv("GONGKAI_WORKERS", number)
    with pytest.raises(Problem, match=r"GONGKAI_WORKERS: .*expected a whole number"):
        load_settings()


def test_expectations_are_those_of_the_home_else_the_packaged_ones(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert load_settings(tmp_path).expectations == ROOT / "expectations"
    (tmp_path / "expectations").mkdir()
    assert load_settings(tmp_path).expectations == tmp_path / "expectations"
    monkeypatch.setattr("pipelines.settings._PACKAGED_EXPECTATIONS", ())
    assert load_settings(tmp_path / "elsewhere").expectations == tmp_path / "elsewhere" / "expectations"
