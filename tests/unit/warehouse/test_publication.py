"""Publishing many files as one: whatever moment it is interrupted at, all of it is done in the end, or nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.warehouse import publication
from pipelines.warehouse.publication import Move, publish, recover

Tree = dict[str, str]
OLD: Tree = {"a": "old a", "gone": "old gone", "untouched": "same", "deep/b": "old b"}
NEW: Tree = {"a": "new a", "untouched": "same", "deep/b": "new b", "other/c": "new c"}


def tree(root: Path) -> Tree:
    return {
        path.relative_to(root).as_posix(): path.read_text()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix not in {".next", ".json"}
    }


def prepared(root: Path) -> list[Move]:
    for name, text in OLD.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    for name, text in NEW.items():
        if OLD.get(name) != text:
            (root / name).parent.mkdir(exist_ok=True)
            (root / f"{name}.next").write_text(text)
    coming = sorted(root.rglob("*.next"))
    return [*(Move(path, path.with_suffix("")) for path in coming), Move(None, root / "gone")]


def test_all_is_published(tmp_path: Path) -> None:
    publish(tmp_path, prepared(tmp_path))
    assert tree(tmp_path) == NEW
    recover(tmp_path)
    assert tree(tmp_path) == NEW
    assert [path.name for path in tmp_path.rglob("*.next")] == []


class Killed(BaseException):
    """Stands for the end of a process."""


@pytest.mark.parametrize("step", range(12))
@pytest.mark.parametrize("before", [True, False])
def test_whoever_comes_after_an_interruption_finishes_all_of_it_or_finds_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, *, before: bool
) -> None:
    moves, calls = prepared(tmp_path), list[str]()

    def deadly(act: Callable[..., object]) -> Callable[..., object]:
        def wrapped(path: Path, *arguments: object, **options: object) -> object:
            calls.append(path.name)
            if before and len(calls) == step + 1:
                raise Killed
            done = act(path, *arguments, **options)
            if len(calls) == step + 1:
                raise Killed
            return done

        return wrapped

    with monkeypatch.context() as patch:
        for name in ("replace", "unlink", "write_text"):
            patch.setattr(Path, name, deadly(getattr(Path, name)))
        try:
            publish(tmp_path, moves)
        except Killed:
            pass
        else:
            assert step >= len(moves) + 2
    stands = (tmp_path / "publishing.json").exists() or tree(tmp_path) == NEW
    recover(tmp_path)
    assert tree(tmp_path) == (NEW if stands else OLD)
    assert not (tmp_path / "publishing.json").exists()


def test_a_folder_in_the_place_of_a_file_makes_room(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("new")
    (tmp_path / "place" / "inner").mkdir(parents=True)
    publish(tmp_path, [Move(tmp_path / "new", tmp_path / "place")])
    assert (tmp_path / "place").read_text() == "new"
    publish(tmp_path, [Move(None, tmp_path / "place")])
    assert not (tmp_path / "place").exists()


def test_a_record_is_only_that_of_its_own_folder(tmp_path: Path) -> None:
    recover(tmp_path)
    assert publication.recover(tmp_path / "nowhere") is None
