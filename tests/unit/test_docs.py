"""What the README and docs/ name is there: links, commands, targets, files; what is made of the registry is current."""

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image
from typer.main import get_command

from pipelines.cli import app
from pipelines.registry.forms import forms
from pipelines.registry.rules import rules
from tools.pages import PARTS, filled, parts_in

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
WRITTEN = [page for page in PAGES if page.name != "dictionary.md"]
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]

_LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (?P<title>.+)$", re.MULTILINE)
_FENCED = re.compile(r"^```.*?\n(?P<code>.*?)^```", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^ {4,}(?P<code>.+)$", re.MULTILINE)
_INLINE = re.compile(r"`(?P<code>[^`\n]+)`")
_GONGKAI = re.compile(r"(?:^|(?<=[\s/]))gongkai (?P<command>[a-z]+)(?P<rest>[^\n#&|>]*)", re.MULTILINE)
_MAKE = re.compile(r"(?:^|(?<=[\s$;]))make (?P<target>[a-z]+)", re.MULTILINE)
_OPTION = re.compile(r"(?<=\s)--[a-z-]+")
_QUOTED = re.compile(r"\"[^\"]*\"")
_PATH = re.compile(r"(?:pipelines|registry|tests|tools|docs|expectations|read|quality|sql|ingest|extract)/[\w./*-]*")
_ANY_NAME = "my_rule"


def pages(which: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", which, ids=lambda page: page.name)


def code_in(page: Path) -> str:
    """Return everything on a page that is set as code."""
    text = page.read_text(encoding="utf-8")
    fenced = _FENCED.findall(text)
    rest = _FENCED.sub("", text)
    return "\n".join((*fenced, *_INDENTED.findall(rest), *_INLINE.findall(rest)))


def anchors(page: Path) -> set[str]:
    """Return the places of a page, as they are named by those who show Markdown."""
    titles = (found["title"].lower() for found in _HEADING.finditer(page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def dead_links(page: Path) -> Iterator[str]:
    for found in _LINK.finditer(page.read_text(encoding="utf-8")):
        path, _, place = found["target"].partition("#")
        target = page.parent / unquote(path) if path else page
        if not target.exists() or (place and place not in anchors(target)):
            yield found["target"]


@pages(PAGES)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in dead_links(page) if not link.startswith("http")] == []


@pages(WRITTEN)
def test_every_command_is_there_with_its_options(page: Path) -> None:
    unknown = []
    for found in _GONGKAI.finditer(code_in(page)):
        known = COMMANDS.get(found["command"])
        options = {option for each in known.params for option in each.opts} if known else set()
        given = _OPTION.findall(_QUOTED.sub("", found["rest"]))
        unknown += [found[0]] if known is None or set(given) - options - {"--help"} else []
    assert unknown == []


@pages(WRITTEN)
def test_every_target_of_make_is_there(page: Path) -> None:
    assert set(_MAKE.findall(code_in(page))) - TARGETS == set()


@pages(WRITTEN)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    named = {path for code in _INLINE.findall(page.read_text(encoding="utf-8")) for path in _PATH.findall(code)}
    real = {path.rstrip(".") for path in named if _ANY_NAME not in path}
    assert [
        path for path in sorted(real) if not any(list(folder.glob(path)) for folder in (ROOT, ROOT / "pipelines"))
    ] == []


def test_what_finds_commands_finds_them() -> None:
    assert [
        found["command"] for found in _GONGKAI.finditer("cd demo\n../.venv/bin/gongkai sql x && gongkai nothing")
    ] == [
        "sql",
        "nothing",
    ]
    assert _MAKE.findall("make build\n$ make nothing") == ["build", "nothing"]
    assert {"build", "demo", "screenshot"} <= TARGETS
    assert {"build", "demo", "sql"} <= set(COMMANDS)


@pages(PAGES)
def test_what_is_made_of_the_registry_is_current(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == filled(page.read_text(encoding="utf-8")), "run `make dictionary`"


def test_every_part_stands_on_a_page() -> None:
    used = [part for page in PAGES for part in parts_in(page.read_text(encoding="utf-8"))]
    assert set(PARTS) <= set(used)
    assert len(set(used)) >= len(PARTS)


def test_a_part_that_nothing_makes_is_refused() -> None:
    with pytest.raises(KeyError, match="nothing"):
        filled("<!-- made of the registry: nothing -->\n<!-- end -->")


def test_a_page_breaks_no_table() -> None:
    for page in PAGES:
        rows = [line.replace("\\|", "") for line in page.read_text(encoding="utf-8").splitlines()]
        for before, line in pairwise(rows):
            if before.startswith("|") and line.startswith("|"):
                assert before.count("|") == line.count("|"), f"{page.name}: {line}"


def test_every_rule_says_what_to_do() -> None:
    page = (ROOT / "docs" / "quality-rules.md").read_text(encoding="utf-8")
    section = page.partition("## What to do")[2].partition("\n## ")[0]
    assert set(re.findall(r"`([a-z]+(?:-[a-z]+)*)`", section)) >= set(rules()) - {"continuity"}


def test_every_form_has_its_section() -> None:
    places = anchors(ROOT / "docs" / "forms.md")
    assert {form.form for form in forms()} <= places


def test_the_picture_is_modest() -> None:
    picture = ROOT / "docs" / "dashboard.png"
    assert picture.stat().st_size < 200_000
    with Image.open(picture) as shown:
        assert shown.width == 1280


def test_without_a_browser_the_picture_says_what_is_missing() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tools.screenshot"],
        capture_output=True,
        text=True,
        env={"PATH": ""},
        cwd=ROOT,
        check=False,
    )
    assert told.returncode == 1
    assert "Chromium" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_demonstration_stays_out_of_the_repository() -> None:
    ignored = subprocess.run(["git", "check-ignore", "demo/README.md"], capture_output=True, cwd=ROOT, check=False)
    assert ignored.returncode == 0
