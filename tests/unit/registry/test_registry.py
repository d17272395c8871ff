"""Declared facts are validated where they are loaded: a slip in the data stops at once and names its place."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.registry import bodies, dictionary, files, forms, identities, narrative
from pipelines.registry.annexes import roster_wording, series_wording
from pipelines.registry.files import RegistryError, read_yaml
from pipelines.registry.narrative import narrative_wording
from pipelines.registry.rules import quarantine_reasons, rules

Change = Callable[[dict[str, Any]], None]


def _rows(form: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = form["tables"][0]["rows"]
    return rows


def _repeat_a_row(form: dict[str, Any]) -> None:
    _rows(form).append(deepcopy(_rows(form)[1]))


def _name_an_unknown_indicator(form: dict[str, Any]) -> None:
    _rows(form)[1]["indicator"] = "disclosure.nonsense"


def _make_a_figure_a_heading(form: dict[str, Any]) -> None:
    _rows(form)[1]["role"] = "heading"


def _make_a_heading_a_figure(form: dict[str, Any]) -> None:
    del _rows(form)[0]["role"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_repeat_a_row, "two rows"),
        (_name_an_unknown_indicator, "disclosure.nonsense"),
        (_make_a_figure_a_heading, "主动公开政府信息数"),
        (_make_a_heading_a_figure, "主动公开情况"),
    ],
)
def test_a_faulty_form_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: Change, message: str
) -> None:
    declared = deepcopy(read_yaml("forms/stat_2014.yml"))
    change(declared)
    (tmp_path / "faulty.yml").write_text(yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(forms, "read_yaml", lambda name: yaml.safe_load((tmp_path / name).read_text(encoding="utf-8")))
    with pytest.raises(RegistryError, match=message):
        forms.load_form("faulty.yml")


def test_the_form_has_the_rows_of_the_official_one() -> None:
    (form,) = [form for form in forms.forms() if form.form == "stat_2014"]
    (table,) = form.tables
    assert (len(table.rows), sum(row.heading for row in table.rows), len(form.cells)) == (65, 7, 58)
    assert [row.position for row in table.rows] == list(range(1, 66))


def test_a_label_means_one_row_or_rows_of_different_blocks() -> None:
    (table,) = [table for form in forms.forms() if form.form == "stat_2014" for table in form.tables]
    meant = {label: list(dict.fromkeys(row.indicator for row in rows)) for label, rows in table.by_label.items()}
    shared = {label: names for label, names in meant.items() if len(names) > 1}
    cases = ["cases_2014.review", "cases_2014.litigation"]
    assert shared == {"被依法纠错数": cases, "其他情形数": cases}


@pytest.mark.parametrize("text", ["Disclosure.Items", "a[b", "a b", ""])
def test_a_sum_of_no_cell_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    _refuses_identity(monkeypatch, "no cell", left=[text])


def test_a_sum_of_an_unknown_indicator_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _refuses_identity(monkeypatch, "disclosure.nonsense", left=["disclosure.nonsense"])


def test_a_sum_of_an_unknown_breakdown_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _refuses_identity(monkeypatch, "nonsense", left=["cases_2014.review[nonsense]"])


def test_a_sum_with_an_unknown_operator_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _refuses_identity(monkeypatch, "operator", operator="==")


def _refuses_identity(monkeypatch: pytest.MonkeyPatch, message: str, **changed: object) -> None:
    declared = {**read_yaml("identities.yml")[0], **changed}
    monkeypatch.setattr(identities, "read_yaml", lambda _: [declared])
    with pytest.raises(RegistryError, match=message):
        identities.identities.__wrapped__()


def test_every_sum_names_cells_of_its_form() -> None:
    for form in forms.forms():
        named = {cell for identity in identities.identities_of(form.form) for cell in identity.cells}
        assert named <= form.cells


def test_sums_have_names_of_their_own() -> None:
    names = [identity.id for identity in identities.identities()]
    assert len(names) == len(set(names))
    assert not set(names) & set(rules())


def test_a_name_that_two_bodies_share_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"body_id": "1", "division": "1", "name": "甲市鼓楼区", "aliases": "鼓楼区", "kind": "government"},
        {"body_id": "2", "division": "2", "name": "乙市鼓楼区", "aliases": "鼓楼区", "kind": "government"},
    ]
    monkeypatch.setattr(bodies, "read_csv", lambda _: rows)
    with pytest.raises(RegistryError, match="鼓楼区"):
        bodies.registered_bodies.__wrapped__()


def test_an_indicator_declared_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = files.read_csv("indicators.csv")[0]
    monkeypatch.setattr(dictionary, "read_csv", lambda _: [row, row])
    with pytest.raises(RegistryError, match=row["indicator"]):
        dictionary.indicators.__wrapped__()


def test_an_unknown_indicator_names_the_place_that_uses_it() -> None:
    with pytest.raises(RegistryError, match=r"somewhere\.yml.*'nonsense'"):
        dictionary.indicator("nonsense", "somewhere.yml")


def test_every_wording_loads() -> None:
    assert narrative_wording().topics
    assert narrative_wording().noughts
    assert series_wording().columns
    assert roster_wording().headings.isdisjoint(roster_wording().states)


def test_a_phrase_that_is_not_declared_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = read_yaml("narrative.yml")
    monkeypatch.setattr(narrative, "read_yaml", lambda _: {**declared, "restricted": "NOPHRASE"})
    with pytest.raises(RegistryError, match="NOPHRASE"):
        narrative.narrative_wording.__wrapped__()


def test_a_part_that_no_breakdown_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = read_yaml("narrative.yml")
    monkeypatch.setattr(narrative, "read_yaml", lambda _: {**declared, "parts": {"outcome": {"nonsense": "x"}}})
    with pytest.raises(RegistryError, match="nonsense"):
        narrative.narrative_wording.__wrapped__()


def test_every_rule_and_reason_is_told_in_both_languages() -> None:
    for rule in rules().values():
        assert all((rule.zh, rule.en, rule.reason, rule.message_zh, rule.message_en)), rule.id
    for reason in quarantine_reasons().values():
        assert all((reason.zh, reason.en, reason.todo_zh, reason.todo_en)), reason.id


def test_every_reason_is_said_in_both_languages() -> None:
    said = [(rule.reason_zh, rule.reason) for rule in rules().values()]
    said += [(identity.note_zh, identity.note) for identity in identities.identities()]
    assert [pair for pair in said if bool(pair[0]) is not bool(pair[1])] == []
    assert [zh for zh, _ in said if zh and not any("\u4e00" <= letter <= "\u9fff" for letter in zh)] == []
