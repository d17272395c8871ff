"""The folder of an export: all or nothing, and nothing of anybody else is taken away."""

from pathlib import Path

import pytest

from pipelines.export.folder import refuse_what_is_there, replacing
from pipelines.export.package import CITATION, SUMS, checksums
from pipelines.registry.problems import Problem


def write(folder: Path, content: str) -> None:
    (folder / "csv").mkdir()
    (folder / "csv" / "t.csv").write_text(content, encoding="utf-8")
    (folder / CITATION).write_text("", encoding="utf-8")
    (folder / SUMS).write_text(checksums(folder), encoding="utf-8")


def export(folder: Path, content: str, *, force: bool = False) -> None:
    refuse_what_is_there(folder, force=force)
    with replacing(folder) as draft:
        write(draft, content)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_new_folder_an_empty_one_and_one_of_ours_are_taken(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "export"
    for content in ("first", "second"):
        export(folder, content)
        assert (folder / "csv" / "t.csv").read_text(encoding="utf-8") == content
        assert names(folder.parent) == {"export"}
    empty = tmp_path / "empty"
    empty.mkdir()
    export(empty, "third")
    assert names(tmp_path) == {"deep", "empty"}


@pytest.mark.parametrize("name", ["mine.txt", "csv/mine.csv", ".hidden"])
def test_a_folder_with_anything_else_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "export"
    export(folder, "first")
    (folder / name).write_text("mine", encoding="utf-8")
    with pytest.raises(Problem, match=name):
        export(folder, "second")
    assert (folder / "csv" / "t.csv").read_text(encoding="utf-8") == "first"


def test_a_file_and_a_link_are_refused_even_by_force(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(Problem):
            export(tmp_path / name, "first", force=True)


def test_force_keeps_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    export(folder, "first", force=True)
    assert (tmp_path / "export.before" / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert "mine.txt" not in names(folder)
    (folder / "mine.txt").write_text("again", encoding="utf-8")
    with pytest.raises(Problem, match="earlier --force"):
        export(folder, "second", force=True)


def test_a_failure_leaves_everything_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    export(folder, "first")

    def fail() -> None:
        with replacing(folder) as draft:
            write(draft, "second")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (folder / "csv" / "t.csv").read_text(encoding="utf-8") == "first"
    assert names(tmp_path) == {"export"}


def test_a_sum_that_leads_elsewhere_is_no_excuse(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / SUMS).write_text("", encoding="utf-8")
    with pytest.raises(Problem, match=r"mine\.txt"):
        refuse_what_is_there(tmp_path, force=False)
