"""Every expectation as a check on the asset of its table, and the gate before the release."""

from collections.abc import Iterable, Iterator
from typing import Any

import dagster as dg

from pipelines.ingest.expectations import declared_expectations
from pipelines.ingest.record import latest_record
from pipelines.orchestration.assets import asset_of
from pipelines.orchestration.metadata import markdown
from pipelines.quality.expectations import Expectation
from pipelines.settings import Settings

GATE = dg.AssetCheckKey(dg.AssetKey("quality"), "gate")


def build_checks(settings: Settings) -> dg.AssetChecksDefinition:
    """Return one definition that reports every expectation of the last run, and whether the gate was passed."""

    # Dagster refuses to run any part of the assets that a check speaks about unless it may be run in part.
    @dg.multi_asset_check(
        name="expectations", can_subset=True, specs=[_gate(), *_specs(declared_expectations(settings))]
    )
    def expectations(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        """Yield the result of each expectation of the last run that was asked for, the gate at the end."""
        record = latest_record(settings)
        if record is None or GATE not in context.selected_asset_check_keys:
            return
        for row in record.expectations:
            key = dg.AssetCheckKey(asset_of(row["table"]), check_name(row["suite"], row["expectation"]))
            if key in context.selected_asset_check_keys:
                yield _result(key, row, settings)
        yield dg.AssetCheckResult(
            asset_key=GATE.asset_key,
            check_name=GATE.name,
            passed=record.run["published"],
            metadata=_gate_metadata(record.run) | _shown_at(settings, "index.html#failing"),
        )

    return expectations


def check_name(suite: str, expectation: str) -> str:
    """Return the name of an expectation's check: unique, and of the letters that Dagster takes."""
    return f"{suite}__{expectation}"


def _gate() -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        GATE.name,
        asset=GATE.asset_key,
        blocking=True,
        description="发布关：没有 critical 期望不成立 | No critical expectation is broken",
    )


def _specs(expectations: Iterable[Expectation]) -> Iterator[dg.AssetCheckSpec]:
    for expectation in expectations:
        yield dg.AssetCheckSpec(
            check_name(expectation.suite, expectation.name),
            asset=asset_of(expectation.table),
            additional_deps=["quality"],
            description=f"{expectation.reason_zh} | {expectation.reason_en}",
            metadata={"severity": expectation.severity, "kind": expectation.kind},
        )


def _result(key: dg.AssetCheckKey, row: dict[str, Any], settings: Settings) -> dg.AssetCheckResult:
    critical = row["severity"] == "critical"
    rows = [[text] for text in row["failing_rows"]]
    shown = {
        "first_failing_rows": markdown(["row"], rows),
        "sql": dg.MetadataValue.md(f"```sql\n{row['failing_sql']}\n```"),
    }
    return dg.AssetCheckResult(
        asset_key=key.asset_key,
        check_name=key.name,
        passed=row["verdict"] != "broken",
        severity=dg.AssetCheckSeverity.ERROR if critical else dg.AssetCheckSeverity.WARN,
        description=f"{row['verdict']}: {row['observed']}",
        metadata={
            "evaluated": row["evaluated"],
            "failed": row["failed"],
            "verdict": row["verdict"],
            **(shown if rows else {}),
            **_shown_at(settings, f"rules.html#expectation-{row['suite']}.{row['expectation']}"),
        },
    )


def _shown_at(settings: Settings, page: str) -> dict[str, Any]:
    """Return where the dashboard, which the build ends with, shows a check."""
    return {"dashboard": dg.MetadataValue.url(f"{settings.dashboard.resolve().as_uri()}/{page}")}


def _gate_metadata(run: dict[str, Any]) -> dict[str, Any]:
    return {"expectations_broken": run["expectations_broken"], "run_id": run["run_id"]}
