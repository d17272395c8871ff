"""From raw files to Parquet: what is new is read, what is gone is taken out, everything else is left alone."""

import json
import os
import shutil
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import forkserver, get_context, parent_process, resource_tracker
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

import duckdb
import pyarrow as pa

from pipelines.ingest.manifest import (
    Manifest,
    ReadReport,
    SetAside,
    discard_manifest,
    load_manifest,
    prepare_manifest,
)
from pipelines.ingest.reading import read_report
from pipelines.ingest.register import RawFile, load, register
from pipelines.model.report import Unreadable
from pipelines.registry.files import reader_version
from pipelines.registry.problems import Problem
from pipelines.settings import Settings
from pipelines.warehouse.columns import StoredReport, bucket_of, store_report
from pipelines.warehouse.parquet import (
    Partition,
    discard,
    stage,
    stored_partitions,
    whole_partitions,
    write_partition,
)
from pipelines.warehouse.publication import recover

_OF_A_FILE = {duckdb.Error, duckdb.IOException, duckdb.InvalidInputException}
_FEW = 32
_BATCH = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one run has to do: files to read, and the outcomes that stand from before."""

    files: tuple[RawFile, ...]
    fresh: tuple[RawFile, ...]
    standing: Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What a run has read: the manifest as it will stand, the partitions it touches, and how much it did."""

    manifest: Manifest
    touched: tuple[Partition, ...]
    read: int
    kept: int

    @property
    def years(self) -> tuple[int, ...]:
        """The report years whose Parquet files change."""
        return tuple(sorted({partition.report_year for partition in self.touched}))


def plan_update(settings: Settings) -> Plan:
    """Return what has to be read: contents that no run of this reader has seen, or whose Parquet file is missing."""
    recover(settings.warehouse)
    files = register(settings.raw, settings.fingerprints)
    before = load_manifest(settings.manifest)
    same_reader = before.reader_version == reader_version()
    present = {file.sha256 for file in files}
    stored = whole_partitions(settings.parquet)
    reports = {
        sha256: report
        for sha256, report in before.reports.items()
        if same_reader and sha256 in present and _partition(report) in stored
    }
    quarantine = {
        file.sha256: aside
        for file in files
        if same_reader
        and file.sha256
        and (aside := before.quarantine.get(file.sha256))
        and _stays(settings, file, aside)
    }
    standing = Manifest(reader_version=reader_version(), files=files, reports=reports, quarantine=quarantine)
    seen = set(reports) | set(quarantine)
    fresh = {file.sha256: file for file in reversed(files) if file.sha256 and file.sha256 not in seen}
    return Plan(files=files, fresh=tuple(sorted(fresh.values(), key=lambda file: file.path)), standing=standing)


def _stays(settings: Settings, file: RawFile, aside: SetAside) -> bool:
    """Say whether a reason lies in the bytes; what lies in the circumstances may have passed."""
    if aside.reason == "file-too-large":
        return file.size > settings.largest_file
    return aside.reason != "cannot-open"


def _partition(report: ReadReport) -> Partition:
    return Partition(report.report_year, bucket_of(report.report_id))


def read_fresh(settings: Settings, plan: Plan, notify: Callable[[int, int], None] | None = None) -> Update:
    """Read what a plan asks for into the staging folder and return the update; a bad file never stops the run."""
    shutil.rmtree(settings.staging, ignore_errors=True)
    settings.staging.mkdir(parents=True)
    discard(settings.parquet)
    discard_manifest(settings.manifest)
    reports, quarantine = dict(plan.standing.reports), dict(plan.standing.quarantine)
    touched = _gone(settings, plan)
    done = 0
    with closing(_outcomes(settings, plan)) as outcomes:
        for number, batch in enumerate(_batches(outcomes)):
            stored = [outcome for _, outcome in batch if isinstance(outcome, StoredReport)]
            stage(settings.staging, number, stored)
            for file, outcome in batch:
                if isinstance(outcome, StoredReport):
                    reports[file.sha256 or ""] = ReadReport(outcome.report_id, outcome.report_year)
                    touched.add(Partition(outcome.report_year, outcome.bucket))
                else:
                    quarantine[file.sha256 or ""] = outcome
            done += len(batch)
            if notify:
                notify(done, len(plan.fresh))
    manifest = Manifest(
        reader_version=plan.standing.reader_version, files=plan.files, reports=reports, quarantine=quarantine
    )
    return Update(manifest=manifest, touched=tuple(sorted(touched)), read=done, kept=len(plan.standing.reports))


def _gone(settings: Settings, plan: Plan) -> set[Partition]:
    """Return the partitions that hold reports whose files are gone or have changed, or are left from a broken run."""
    standing = set(map(_partition, plan.standing.reports.values()))
    before = {
        _partition(report)
        for sha256, report in load_manifest(settings.manifest).reports.items()
        if sha256 not in plan.standing.reports
    }
    return before | (stored_partitions(settings.parquet) - standing)


def _batches(
    outcomes: Iterator[tuple[RawFile, StoredReport | SetAside]],
) -> Iterator[list[tuple[RawFile, StoredReport | SetAside]]]:
    while batch := [(file, _as_planned(file, outcome)) for file, outcome in islice(outcomes, _BATCH)]:
        yield batch


def _as_planned(file: RawFile, outcome: StoredReport | SetAside) -> StoredReport | SetAside:
    """Return what became of a file; one that changed after it was registered is not what the plan asked for."""
    if isinstance(outcome, StoredReport) and outcome.report_id != file.report_id:
        return SetAside("cannot-open", "it changed while it was read")
    return outcome


def _outcomes(settings: Settings, plan: Plan) -> Generator[tuple[RawFile, StoredReport | SetAside]]:
    """Yield each file with what became of it, in the order of the plan; many files are read by several processes."""
    paths = [settings.raw / file.path for file in plan.fresh]
    limits = [settings.largest_file] * len(paths)
    if len(paths) <= _FEW or settings.workers == 1:
        yield from zip(plan.fresh, map(read_file, paths, limits), strict=True)
        return
    try:
        with ProcessPoolExecutor(settings.workers, _quiet_context(), _follow_parent) as pool:
            yield from zip(plan.fresh, pool.map(read_file, paths, limits, chunksize=_FEW), strict=True)
    except BrokenProcessPool:
        raise Problem("readers-lost", settings.raw) from None


def _quiet_context() -> BaseContext:
    """Return how reading processes are made: from a server of their own, deaf to Ctrl-C, which is for the parent.

    A plain fork would copy the threads of DuckDB and Dagster half-way. What a thread blocks its children block from
    their first moment on; the tracker of resources comes first, because starting it lifts every block.
    """
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return get_context("forkserver")


def _follow_parent() -> None:
    """End this process when its parent has ended, however that came to pass, and when it is asked to."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_after, args=(parent_process(),), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def read_file(path: Path, largest: int) -> StoredReport | SetAside:
    """Return a file's rows, or why it is set aside; whatever goes wrong inside a reader is such a reason."""
    try:
        reading = read_report(load(path, largest))
    except Unreadable as reason:
        return SetAside(reason.reason, reason.detail)
    except Exception as error:  # noqa: BLE001 - one bad file must never stop the run; the reason is kept
        return SetAside("reader-failed", f"{type(error).__name__}: {error}")
    return store_report(
        reading.extraction,
        report_id=reading.report_id,
        sha256=reading.sha256,
        text_sha256=reading.text_sha256,
        size=reading.size,
        media_type=reading.media_type,
        encoding=reading.encoding,
        reader_version=reader_version(),
    )


def write_table(settings: Settings, update: Update, table: str, years: Iterable[int]) -> dict[int, int]:
    """Bring the Parquet files of one table up to date for some years and return the rows of each year touched."""
    wanted, keep = set(years), _ids_by_partition(update.manifest)
    rows: dict[int, int] = {}
    for partition in update.touched:
        if partition.report_year in wanted:
            with damage_told(settings.parquet):
                ids = keep.get(partition, set())
                count = write_partition(settings.parquet, settings.staging, table, partition, ids)
            rows[partition.report_year] = rows.get(partition.report_year, 0) + count
    return rows


@contextmanager
def damage_told(parquet: Path) -> Iterator[None]:
    """Raise Problem, which says how to mend it, where a stored Parquet file turns out to be none."""
    try:
        yield
    except (pa.ArrowInvalid, duckdb.Error) as error:
        if isinstance(error, duckdb.Error) and type(error) not in _OF_A_FILE:
            raise
        raise Problem("parquet-damaged", parquet, found=str(error).strip().partition("\n")[0]) from None


def _ids_by_partition(manifest: Manifest) -> dict[Partition, set[str]]:
    found: dict[Partition, set[str]] = {}
    for report in manifest.reports.values():
        found.setdefault(_partition(report), set()).add(report.report_id)
    return found


def save_update(settings: Settings, update: Update) -> None:
    """Keep an update for the steps that follow the reading."""
    prepare_manifest(settings.manifest, update.manifest)
    outcome = {"touched": [[p.report_year, p.bucket] for p in update.touched], "read": update.read, "kept": update.kept}
    (settings.staging / "update.json").write_text(json.dumps(outcome), encoding="utf-8")


def load_update(settings: Settings) -> Update:
    """Return the update of this run; where none is under way, one that changes nothing."""
    try:
        outcome = json.loads((settings.staging / "update.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        manifest = load_manifest(settings.manifest)
        return Update(manifest=manifest, touched=(), read=0, kept=len(manifest.reports))
    return Update(
        manifest=load_manifest(settings.manifest, coming=True),
        touched=tuple(Partition(year, bucket) for year, bucket in outcome["touched"]),
        read=outcome["read"],
        kept=outcome["kept"],
    )
