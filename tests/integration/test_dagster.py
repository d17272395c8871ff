"""The job as Dagster sees it: the graph, the checks, metadata, one step run alone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dagster as dg
import pytest

from pipelines.ingest.record import latest_record
from pipelines.orchestration.checks import build_checks
from pipelines.orchestration.job import JOB, build_definitions
from pipelines.orchestration.progress import Step
from pipelines.settings import Settings, load_settings
from tests.integration.conftest import REPORT, make_home

GRAPH = {
    "raw_reports": set(),
    "reports": {"raw_reports"},
    "observations": {"raw_reports"},
    "roster": {"raw_reports"},
    "findings": {"raw_reports"},
    "warehouse": {"findings", "observations", "reports", "roster"},
    "mart/capacity": {"warehouse"},
    "mart/channels": {"warehouse"},
    "mart/conflict": {"warehouse"},
    "mart/requests": {"warehouse"},
    "mart/cases": {"warehouse"},
    "mart/coverage": {"warehouse"},
    "mart/disclosure": {"warehouse"},
    "mart/dictionary": {"warehouse"},
    "mart/outcomes": {"warehouse"},
    "mart/revision": {"warehouse"},
    "mart/series": {"warehouse"},
    "mart/jump": {"warehouse", "mart/series"},
    "mart/peers": {"warehouse", "mart/series"},
    "mart/yoy": {"warehouse", "mart/conflict"},
    "mart/website_weibo": {"warehouse", "mart/yoy"},
    "quality": {
        "warehouse",
        "mart/capacity",
        "mart/cases",
        "mart/channels",
        "mart/conflict",
        "mart/coverage",
        "mart/dictionary",
        "mart/disclosure",
        "mart/outcomes",
        "mart/jump",
        "mart/peers",
        "mart/requests",
        "mart/revision",
        "mart/series",
        "mart/website_weibo",
        "mart/yoy",
    },
    "release": {"quality"},
    "dashboard": {"release"},
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = make_home(tmp_path_factory.mktemp("dagster") / "home")
    home.add("2017/report.txt", REPORT.read_bytes())
    loaded = load_settings(home.path)
    return replace(loaded, raw=home.raw, warehouse=home.warehouse, expectations=home.path / "expectations")


@pytest.fixture(scope="module")
def steps() -> list[Step]:
    return []


@pytest.fixture(scope="module")
def result(settings: Settings, steps: list[Step]) -> Iterator[dg.ExecuteInProcessResult]:
    job = build_definitions(settings, steps.append).resolve_job_def(JOB)
    with dg.DagsterInstance.ephemeral() as instance:
        yield job.execute_in_process(instance=instance)


def test_the_graph_is_the_one_we_drew(settings: Settings) -> None:
    definitions = build_definitions(settings)
    dg.Definitions.validate_loadable(definitions)
    graph = definitions.resolve_asset_graph()
    found = {
        key.to_user_string(): {parent.to_user_string() for parent in graph.get(key).parent_keys}
        for key in graph.get_all_asset_keys()
    }
    assert found == GRAPH


def test_every_asset_is_described_in_both_languages(settings: Settings) -> None:
    definitions = build_definitions(settings)
    graph = definitions.resolve_asset_graph()
    said = [graph.get(key).description for key in graph.get_all_asset_keys()]
    said += [check.description for check in build_checks(settings).check_specs]
    said += [definitions.resolve_job_def(JOB).description, (definitions.resources or {})["writer"].description]
    languages = [re.match(r"[^|]*[\u4e00-\u9fff][^|]*\| *[A-Z]", text or "", re.DOTALL) for text in said]
    assert all(languages), [text for text, match in zip(said, languages, strict=True) if not match]


def test_the_run_succeeds_and_reports_every_expectation_as_a_check(
    result: dg.ExecuteInProcessResult, settings: Settings
) -> None:
    assert result.success
    record = latest_record(settings)
    assert record is not None
    evaluations = {each.asset_check_key.name: each for each in result.get_asset_check_evaluations()}
    assert set(evaluations) == {
        "gate",
        "sources_are_fresh",
        *(f"{row['suite']}__{row['expectation']}" for row in record.expectations),
    }
    assert evaluations["gate"].passed
    broken = [each for name, each in evaluations.items() if not each.passed and name != "sources_are_fresh"]
    assert [each.asset_check_key.name for each in broken] == ["mart_channels__total_not_below_largest_channel"]
    assert broken[0].severity is dg.AssetCheckSeverity.WARN
    assert "2895" in str(broken[0].metadata["first_failing_rows"].value)
    assert broken[0].metadata["failed"].value == 1
    shown = str(broken[0].metadata["dashboard"].value)
    page, _, place = shown.partition("#")
    assert page == f"{settings.dashboard.resolve().as_uri()}/rules.html"
    assert place == "expectation-mart_channels.total_not_below_largest_channel"


def test_materializations_carry_rows_and_schema(result: dg.ExecuteInProcessResult) -> None:
    (event,) = result.asset_materializations_for_node("mart__website_weibo")
    assert event.metadata["dagster/row_count"].value == 3
    columns = event.metadata["dagster/column_schema"].value.columns
    assert ("website", "decimal(18,4)") in [(column.name, column.type) for column in columns]
    assert "1011" in str(event.metadata["first_rows"].value)


def test_observations_are_partitioned_by_report_year(result: dg.ExecuteInProcessResult) -> None:
    events = {event.partition: event for event in result.asset_materializations_for_node("observations")}
    assert events["2017"].metadata["dagster/partition_row_count"].value == 84
    assert "dagster/partition_row_count" not in events["2016"].metadata


def test_progress_names_every_asset_that_did_something(result: dg.ExecuteInProcessResult, steps: list[Step]) -> None:
    assert result.success
    assert {step.asset for step in steps} >= {
        "raw_reports",
        "observations",
        "warehouse",
        "mart.yoy",
        "quality",
        "release",
        "dashboard",
    }


def test_one_mart_can_be_made_again_alone(result: dg.ExecuteInProcessResult, settings: Settings) -> None:
    assert result.success
    job = build_definitions(settings).resolve_implicit_global_asset_job_def()
    with dg.DagsterInstance.ephemeral() as instance:
        again = job.execute_in_process(instance=instance, asset_selection=[dg.AssetKey(["mart", "channels"])])
        assert again.success
    assert Path(settings.building).exists()
