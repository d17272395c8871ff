"""The dictionary: everything declared is in it, in both languages, and its page is the one that is committed."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from pipelines.display.glossary import dictionary_page
from pipelines.model.body import BodyKind
from pipelines.model.figure import Bound
from pipelines.model.finding import Severity
from pipelines.model.identity import Verdict
from pipelines.model.observation import Source, Status
from pipelines.model.report import Coverage
from pipelines.registry.crosswalk import GRADES
from pipelines.registry.dictionary import breakdowns, indicators
from pipelines.registry.forms import forms
from pipelines.registry.glossary import Entry, glossary
from pipelines.registry.tables import tables
from pipelines.registry.words import words

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "dictionary.md"


def named(kind: str) -> dict[str, Entry]:
    return {entry.name: entry for entry in glossary() if entry.kind == kind}


def test_the_committed_page_is_made_of_what_is_declared() -> None:
    assert PAGE.read_text(encoding="utf-8") == dictionary_page(), "run `make dictionary`"


@pytest.mark.parametrize("seed", ["1", "2"])
def test_it_is_the_same_in_every_process(seed: str) -> None:
    code = "import sys; from pipelines.display.glossary import dictionary_page; sys.stdout.write(dictionary_page())"
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment, cwd=ROOT)
    assert told.stdout.decode() == dictionary_page()


def test_everything_declared_is_in_it() -> None:
    assert named("table").keys() == tables().keys()
    assert len(named("column")) == sum(len(table.columns) for table in tables().values())
    assert named("indicator").keys() == indicators().keys()
    assert len(named("breakdown")) == sum(map(len, breakdowns().values()))
    assert len(named("form_row")) == sum(len(table.figures) for form in forms() for table in form.tables)


def test_no_entry_stands_twice_and_each_says_something_in_both_languages() -> None:
    assert [key for key, times in Counter(entry[:2] for entry in glossary()).items() if times > 1] == []
    assert [entry for entry in glossary() if not (entry.name and entry.zh and entry.en)] == []
    assert [entry for entry in glossary() if entry.zh.isascii() and entry.kind not in {"column", "rule"}] == []


@pytest.mark.parametrize(
    ("vocabulary", "declared"),
    [
        ("status", Status),
        ("source", Source),
        ("bound", Bound),
        ("verdict", Verdict),
        ("severity", Severity),
        ("coverage", Coverage),
        ("body_kind", BodyKind),
        ("comparability", GRADES),
    ],
)
def test_every_word_of_the_code_is_explained(vocabulary: str, declared: object) -> None:
    assert {word.word for word in words() if word.vocabulary == vocabulary} == set(declared)  # type: ignore[call-overload]


def test_an_indicator_leads_to_its_forms_and_concepts() -> None:
    entry = named("indicator")["requests.new"]
    assert {"format_2019/t3", "format_2021/t3", "concept new_requests"} <= set(entry.used_in)
    assert entry.unit == "件"


def test_a_row_of_a_form_leads_to_its_figure() -> None:
    rows = [entry for entry in named("form_row").values() if entry.used_in == ("requests_2014.received",)]
    assert [(entry.zh, entry.unit) for entry in rows] == [("收到申请数", "件")]


def test_the_page_breaks_no_table() -> None:
    rows = [line for line in dictionary_page().splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {5, 7}
