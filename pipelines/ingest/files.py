"""The raw files for the SQL files: their names, and those that are set aside with the reason."""

from collections.abc import Iterator

import duckdb

from pipelines.ingest.declared import columns_of
from pipelines.ingest.manifest import Manifest
from pipelines.ingest.register import RawFile
from pipelines.registry.rules import quarantine_reasons
from pipelines.warehouse.database import give


def give_files(connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
    """Let the SQL files read the names of the raw files, and why some of them are set aside."""
    give(connection, "core.file", columns_of("core.file", (_file(file, manifest) for file in manifest.files)))
    give(connection, "core.quarantine", columns_of("core.quarantine", quarantined(manifest)))


def _file(file: RawFile, manifest: Manifest) -> dict[str, object]:
    report = manifest.reports.get(file.sha256 or "")
    return {
        "path": file.path,
        "sha256": file.sha256,
        "size": file.size,
        "report_id": report.report_id if report else None,
    }


def quarantined(manifest: Manifest) -> Iterator[dict[str, object]]:
    """Yield a row of core.quarantine for each file that is set aside."""
    for file in manifest.files:
        aside = manifest.quarantine.get(file.sha256 or "")
        if aside is None and not file.failure:
            continue
        name, detail = (aside.reason, aside.detail) if aside else ("cannot-open", file.failure)
        reason = quarantine_reasons()[name]
        yield {
            "path": file.path,
            "sha256": file.sha256,
            "size": file.size,
            "reason": name,
            "detail": detail,
            "message_zh": f"{reason.zh}（{detail}）；{reason.todo_zh}",
            "message_en": f"{reason.en} ({detail}); {reason.todo_en}",
        }
