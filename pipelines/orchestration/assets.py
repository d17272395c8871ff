"""The assets of the job: raw reports, Parquet by year, warehouse, marts, quality, release."""

from datetime import UTC, datetime
from typing import Any

import dagster as dg

from pipelines.ingest.build import build_core, build_mart
from pipelines.ingest.dashboard import renew_dashboard
from pipelines.ingest.expectations import build_quality
from pipelines.ingest.record import record_run
from pipelines.ingest.release import release
from pipelines.ingest.update import load_update, plan_update, read_fresh, save_update, write_table
from pipelines.orchestration.metadata import column_schema, table_metadata
from pipelines.orchestration.progress import Notify, Step
from pipelines.registry.tables import tables
from pipelines.settings import Settings
from pipelines.sql.statements import Statement, in_order

FIRST_YEAR, LAST_YEAR = "2004", "2040"
YEARS = dg.StaticPartitionsDefinition([str(year) for year in range(int(FIRST_YEAR), int(LAST_YEAR) + 1)])
STORED = {
    "reports": "core.report",
    "observations": "core.observation",
    "roster": "core.roster",
    "findings": "quality.finding",
}
"""The assets that are Parquet by year, with the table that each holds."""

WRITER = {"writer"}
"""What every asset needs: the lock of the one writer, held for the whole run."""

_ONE_RUN = dg.BackfillPolicy.single_run()


def build_assets(settings: Settings, notify: Notify) -> list[dg.AssetsDefinition]:
    """Return every asset of the job, working in the folders of `settings`."""
    return [
        _raw_reports(settings, notify),
        *(_stored(settings, notify, name, table) for name, table in STORED.items()),
        _warehouse(settings, notify),
        *(_mart(settings, notify, statement) for statement in in_order("mart")),
        _quality(settings, notify),
        _release(settings, notify),
        _dashboard(settings, notify),
    ]


def asset_of(table: str) -> dg.AssetKey:
    """Return the asset that a table belongs to."""
    if table.startswith("mart."):
        return dg.AssetKey(table.split("."))
    stored = next((name for name, held in STORED.items() if held == table), None)
    return dg.AssetKey(stored or "warehouse")


def _raw_reports(settings: Settings, notify: Notify) -> dg.AssetsDefinition:
    @dg.asset(
        group_name="raw",
        required_resource_keys=WRITER,
        description="原始报告：登记并读取新的文件 | Raw reports: registered, new ones read",
    )
    def raw_reports(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        """Register the raw files, read the new ones, and tell how many."""
        plan = plan_update(settings)
        notify(Step("raw_reports", f"{len(plan.files)} 个文件 files", 0, len(plan.fresh)))
        update = read_fresh(
            settings, plan, lambda done, total: notify(Step("raw_reports", "读取 reading", done, total))
        )
        save_update(settings, update)
        said = "没有变化，未读任何文件 nothing changed, nothing read" if not update.read else f"读 read {update.read}"
        notify(
            Step("raw_reports", f"{said}；沿用 kept {update.kept}；隔离 quarantined {len(update.manifest.quarantine)}")
        )
        context.log.info(said)
        return dg.MaterializeResult(
            metadata={
                "files": len(update.manifest.files),
                "read": update.read,
                "kept": update.kept,
                "quarantined": len(update.manifest.quarantine),
                "reader_version": update.manifest.reader_version,
                "dagster/row_count": len(update.manifest.reports),
            }
        )

    return raw_reports


def _stored(settings: Settings, notify: Notify, name: str, table: str) -> dg.AssetsDefinition:
    declared = tables()[table]

    @dg.asset(
        name=name,
        deps=["raw_reports"],
        partitions_def=YEARS,
        backfill_policy=_ONE_RUN,
        required_resource_keys=WRITER,
        group_name="parquet",
        kinds={"parquet"},
        description=f"{declared.comment}（按报告年度 | by report year）",
        metadata={"dagster/column_schema": column_schema(declared), "dagster/table_name": table},
    )
    def stored(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        """Write the Parquet files of the years that changed and tell the rows of each."""
        written = write_table(settings, load_update(settings), table, map(int, context.partition_keys))
        for year, rows in written.items():
            context.add_asset_metadata({"dagster/partition_row_count": rows}, partition_key=str(year))
            notify(Step(name, f"{year}：{rows} 行 rows"))
        return dg.MaterializeResult(metadata={"dagster/row_count": sum(written.values())})

    return stored


def _warehouse(settings: Settings, notify: Notify) -> dg.AssetsDefinition:
    @dg.asset(
        deps=list(STORED),
        required_resource_keys=WRITER,
        group_name="warehouse",
        kinds={"duckdb"},
        description="仓库基础表，先建成临时文件 | Core tables of the warehouse, under a temporary name",
    )
    def warehouse() -> dg.MaterializeResult[Any]:
        """Make the core tables in a new file and tell the rows of each."""
        rows = build_core(settings, load_update(settings))
        notify(Step("warehouse", "，".join(f"{name} {count}" for name, count in rows.items())))
        shown = {name.replace(".", "_"): count for name, count in rows.items()}
        schemas = {f"schema_{name.replace('.', '_')}": column_schema(tables()[name]) for name in rows}
        return dg.MaterializeResult(metadata={**shown, **schemas, "dagster/row_count": rows["core.observation"]})

    return warehouse


def _mart(settings: Settings, notify: Notify, statement: Statement) -> dg.AssetsDefinition:
    declared = tables()[statement.name]

    @dg.asset(
        key=asset_of(statement.name),
        deps=sorted(
            {asset_of(table) for table in statement.reads if table.startswith("mart.")} | {dg.AssetKey("warehouse")}
        ),
        required_resource_keys=WRITER,
        group_name="mart",
        kinds={"duckdb", "sql"},
        description=f"{declared.comment}\n\n```sql\n{statement.text}\n```",
    )
    def mart() -> dg.MaterializeResult[Any]:
        """Make one mart from its SELECT and tell its rows, its columns and the first of them."""
        rows = build_mart(settings, statement.name)
        notify(Step(statement.name, f"{rows} 行 rows"))
        return dg.MaterializeResult(metadata=table_metadata(settings, statement.name, rows))

    return mart


def _quality(settings: Settings, notify: Notify) -> dg.AssetsDefinition:
    marts = [asset_of(statement.name) for statement in in_order("mart")]

    @dg.asset(
        deps=[dg.AssetKey("warehouse"), *marts],
        required_resource_keys=WRITER,
        group_name="quality",
        kinds={"greatexpectations"},
        description="数据期望的结果与运行记录 | Results of the expectations and the record of the run",
    )
    def quality() -> dg.MaterializeResult[Any]:
        """Put the expectations to the new file, record the run, and tell whether it may be published."""
        started = datetime.now(UTC)
        results = build_quality(settings)
        run = record_run(settings, load_update(settings), results, started)
        notify(Step("quality", f"{len(results)} 条期望 expectations，{run.expectations_broken} 条不成立 broken"))
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": len(results),
                "expectations_broken": run.expectations_broken,
                "answers_broken": run.broken,
                "answers_cannot_tell": run.cannot_tell,
                "published": run.published,
            }
        )

    return quality


def _release(settings: Settings, notify: Notify) -> dg.AssetsDefinition:
    @dg.asset(
        name="release",
        deps=["quality"],
        required_resource_keys=WRITER,
        group_name="warehouse",
        description="发布：改名就位，读者不受影响 | Publication by renaming; readers are never blocked",
    )
    def released() -> dg.MaterializeResult[Any]:
        """Publish the new file and tell where it is."""
        release(settings)
        notify(Step("release", str(settings.database)))
        return dg.MaterializeResult(metadata={"file": dg.MetadataValue.path(settings.database)})

    return released


def _dashboard(settings: Settings, notify: Notify) -> dg.AssetsDefinition:
    @dg.asset(
        name="dashboard",
        deps=["release"],
        required_resource_keys=WRITER,
        group_name="quality",
        description="质量看板：静态网页，离线可看 | The quality dashboard: a static site that works offline",
    )
    def dashboard() -> dg.MaterializeResult[Any]:
        """Write the site of what was published and tell where it begins and how many pages changed."""
        written = renew_dashboard(settings)
        page = settings.dashboard / "index.html"
        notify(Step("dashboard", f"{page}（共 {written.pages} 页 pages，沿用 kept {written.kept}）"))
        return dg.MaterializeResult(metadata={"page": dg.MetadataValue.path(page), **written._asdict()})

    return dashboard
