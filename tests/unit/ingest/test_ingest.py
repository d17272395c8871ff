"""Registering, planning, locking: content decides, names do not."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.ingest import update
from pipelines.ingest.explain import UnknownKeyError, parse_key
from pipelines.ingest.lock import LockHeldError, writer_lock
from pipelines.ingest.manifest import Manifest, load_manifest, names_of, save_manifest
from pipelines.ingest.register import RawFile, load, register
from pipelines.ingest.update import SetAside, plan_update, read_file, read_fresh
from pipelines.model.report import Unreadable
from pipelines.settings import Settings, load_settings

REPORT = Path(__file__).parents[3] / "data" / "raw" / "2017" / "2017_qianjin-district.txt"


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
    assert names_of(plan.files) == {plan.fresh[0].sha256: ["a.txt", "z.txt"]}


def test_what_was_set_aside_is_not_tried_again_by_the_same_reader(settings: Settings) -> None:
    (settings.raw / "x.txt").write_text("nothing")
    done = read_fresh(settings, plan_update(settings))
    update.finish(settings, done)
    assert plan_update(settings).fresh == ()
    stored = json.loads(settings.manifest.read_text(encoding="utf-8"))
    settings.manifest.write_text(json.dumps(stored | {"reader_version": "older"}), encoding="utf-8")
    assert [file.path for file in plan_update(settings).fresh] == ["x.txt"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"reader_version": 1}', '{"files": [{"nonsense": 1}]}'])
def test_a_broken_manifest_only_means_that_everything_is_read(tmp_path: Path, content: str) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(content, encoding="utf-8")
    assert load_manifest(path) == Manifest()


def test_a_manifest_comes_back_as_it_was(tmp_path: Path) -> None:
    manifest = Manifest(
        reader_version="v",
        files=(RawFile(path="某县.txt", size=1, sha256="ab"), RawFile(path="x", size=0, failure="no")),
        quarantine={"ab": SetAside("empty-file", "0 bytes")},
    )
    save_manifest(tmp_path / "manifest.json", manifest)
    assert load_manifest(tmp_path / "manifest.json") == manifest


def test_an_error_inside_the_reader_is_a_reason_and_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: bytes) -> None:
        raise ZeroDivisionError("of our own making")

    monkeypatch.setattr(update, "read_report", broken)
    (tmp_path / "x.txt").write_text("x")
    assert read_file(tmp_path / "x.txt", 100) == SetAside("reader-failed", "ZeroDivisionError: of our own making")


def test_a_file_above_the_limit_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(bytes(101))
    with pytest.raises(Unreadable) as caught:
        load(tmp_path / "x", 100)
    assert caught.value.reason == "file-too-large"


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


def test_keys_in_any_order() -> None:
    key = parse_key("series 2017 disclosure.via_website 230804 total 2")
    assert key == {
        "report_id": None,
        "body_id": "230804",
        "time_period": 2017,
        "indicator": "disclosure.via_website",
        "breakdown": "total",
        "source": "series",
        "occurrence": 2,
    }
    assert parse_key("23b22ba9343587b6/机构职能")["breakdown"] == "机构职能"
    with pytest.raises(UnknownKeyError, match=r"disclosure\.websites"):
        parse_key("disclosure.websites")
    with pytest.raises(UnknownKeyError, match="names no"):
        parse_key("2017")


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path))
    monkeypatch.setenv("GONGKAI_RAW", str(tmp_path / "reports"))
    monkeypatch.setenv("GONGKAI_LARGEST_FILE", "3")
    settings = load_settings()
    assert settings.raw == tmp_path / "reports"
    assert settings.warehouse == tmp_path / "data" / "warehouse"
    assert settings.largest_file == 3 * 1024 * 1024
