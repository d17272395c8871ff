"""The synthetic corpus as the reader sees it: nothing read wrong, every mistake found, nothing else to be found."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

import pytest

from pipelines.demo.corpus import BODIES, YEARS, entries, reports
from pipelines.demo.facts import facts
from pipelines.demo.layout import grids_of
from pipelines.demo.mistakes import Entry, kinds
from pipelines.ingest.reading import read_report
from pipelines.model.identity import Verdict
from pipelines.model.observation import Observation, Source, Status
from pipelines.model.report import Extraction, Unreadable

NEEDS_A_WAREHOUSE = ("carry_over.", "duplicate-file", "several-versions", "mart.")
NEARLY_ALL = 0.999


class Read(NamedTuple):
    """A file of the corpus as it was read: what it holds, or why it holds nothing."""

    entry: Entry
    path: str
    held: Extraction | None
    reason: str


def read_all(made: list[Entry]) -> Iterator[Read]:
    for entry in made:
        for path, data in entry.files:
            try:
                yield Read(entry, path, read_report(data).extraction, "")
            except Unreadable as unreadable:
                yield Read(entry, path, None, unreadable.reason)


@pytest.fixture(scope="module", params=[(BODIES, 2024), (20, 7)], ids=["default", "another seed"])
def corpus(request: pytest.FixtureRequest) -> list[Entry]:
    bodies, seed = request.param
    return list(entries(bodies, YEARS, seed))


@pytest.fixture(scope="module")
def read(corpus: list[Entry]) -> list[Read]:
    return list(read_all(corpus))


def printed(entry: Entry, found: Observation) -> set[Decimal]:
    """Return what a report prints of a figure, both where two files of it differ; of a blank cell what it should."""
    draft, cell, mistake = entry.draft, found.cell, entry.mistake
    figures = draft.figures if found.time_period == draft.year else draft.earlier[found.time_period]
    instead = draft.printed if found.source is Source.TABLE else draft.told
    if found.source is Source.SERIES:
        figures, instead = draft.earlier[found.time_period], {}
    stated = {Decimal(str(instead.get(cell) or figures.get(cell, 0)).removesuffix("元"))}
    reposted = mistake is not None and mistake.kind == "corrected-later" and mistake.cell == cell
    return stated | ({Decimal(mistake.printed)} if reposted and mistake else set())


def test_no_figure_is_read_other_than_it_is_printed(read: list[Read]) -> None:
    wrong = [
        (each.path, found.cell, found.value, printed(each.entry, found))
        for each in read
        if each.held
        for found in each.held.observations
        if found.value is not None and found.value not in printed(each.entry, found)
    ]
    assert wrong == []


def test_nearly_every_printed_figure_is_read(read: list[Read]) -> None:
    asked = answered = 0
    for each in read:
        if each.held and (each.entry.mistake is None or not kinds()[each.entry.mistake.kind].medium):
            values = {
                found.cell
                for found in each.held.observations
                if found.source is Source.TABLE and found.value is not None
            }
            draft = each.entry.draft
            cells = {cell for part in grids_of(draft.form).values() for grid in part for cell in grid.cells}
            shown = {cell for cell in cells if draft.printed.get(cell, str(draft.figures.get(cell, 0) or draft.nought))}
            asked, answered = asked + len(shown), answered + len(shown & values)
    assert answered / asked > NEARLY_ALL


def test_prose_annexes_and_rosters_are_read(read: list[Read]) -> None:
    sources = {found.source for each in read if each.held for found in each.held.observations}
    assert sources == set(Source)
    for each in read:
        if each.held:
            assert len(each.held.roster) == len(each.entry.draft.roster), each.path


def test_every_report_is_by_its_body_and_for_its_year(read: list[Read]) -> None:
    for each in read:
        if each.held:
            draft = each.entry.draft
            assert (each.held.frame.body, each.held.frame.report_year) == (draft.member.body, draft.year), each.path


def test_a_report_without_a_mistake_breaks_no_rule(read: list[Read]) -> None:
    looks_like_a_year = {"unreadable-annex"}  # a count between 2003 and 2099 in a multi-year annex is not taken
    broken = [
        (each.path, finding.rule, finding.message_zh)
        for each in read
        if each.held and not each.entry.mistake
        for finding in each.held.findings
        if finding.verdict is Verdict.BROKEN and finding.rule not in looks_like_a_year
    ]
    assert broken == []
    assert [each.path for each in read if not each.held and not each.entry.mistake] == []


def test_every_mistake_is_found_by_what_is_declared(read: list[Read]) -> None:
    missed = []
    for each in read:
        mistake = each.entry.mistake
        if mistake and not mistake.found_by.startswith(NEEDS_A_WAREHOUSE) and mistake.found_by not in set(found(each)):
            missed.append((each.path, mistake))
    assert missed == []


def found(each: Read) -> Iterator[str]:
    """Yield what tells of a file: reason for quarantine, findings, statuses; of a blank cell what is left open, too."""
    yield f"core.quarantine: {each.reason}"
    blank = each.entry.mistake is not None and each.entry.mistake.kind == "blank-cell"
    told = {Verdict.BROKEN, Verdict.CANNOT_TELL} if blank else {Verdict.BROKEN}
    if each.held:
        yield from (finding.rule for finding in each.held.findings if finding.verdict in told)
        statuses = {observation.status for observation in each.held.observations}
        yield from ["core.observation: split"] if Status.SPLIT in statuses else []


def test_what_is_blank_or_unreadable_has_no_value(read: list[Read]) -> None:
    glued = [each for each in read if each.held and each.entry.mistake and each.entry.mistake.kind == "run-together"]
    assert glued
    for each in glued:
        assert each.held
        row = [
            found
            for found in each.held.observations
            if found.indicator == "requests.new" and found.source is Source.TABLE
        ]
        assert {found.status for found in row} == {Status.UNREADABLE}


def test_the_default_corpus_makes_every_kind_of_mistake_in_few_reports() -> None:
    made = list(entries())
    assert {entry.mistake.kind for entry in made if entry.mistake} == set(kinds())
    assert len(made) > 60 * 11
    assert 0.05 < sum(entry.mistake is not None for entry in made) / len(made) < 0.08


def test_every_file_says_that_it_is_synthetic() -> None:
    for entry in entries(40):
        for path, data in entry.files:
            assert path.rpartition("/")[2].startswith("synthetic_")
            if path.endswith((".txt", ".md", ".html")):
                assert facts("wording")["notice"] in data.decode("gb18030" if b"gb2312" in data else "utf-8")


def test_names_of_files_are_unique() -> None:
    names = [path for path, _ in reports(60)]
    assert len(names) == len(set(names))


def test_the_same_seed_gives_the_same_bytes_and_another_one_others() -> None:
    first, again, other = (dict(reports(15, range(2017, 2022), seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_reports_are_made_one_by_one() -> None:
    assert len(list(islice(reports(30_000), 3))) == 3


@pytest.mark.parametrize("years", [range(2014, 2015), range(2020, 2023), range(2023, 2027)])
def test_any_years_can_be_asked_for(years: range) -> None:
    assert {entry.draft.year for entry in entries(15, years)} == set(years)
