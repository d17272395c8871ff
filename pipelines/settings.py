"""Where things are and how much is allowed: the only reader of the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).parent
# In the package once it is installed, beside it in a checkout.
_PACKAGED_EXPECTATIONS = (_PACKAGE / "expectations", _PACKAGE.parent / "expectations")
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The folders of one installation and the bounds of one run."""

    home: Path
    raw: Path
    warehouse: Path
    expectations: Path
    on_failure: str = ""
    largest_file: int = 64 * _MEGABYTE
    workers: int = 1

    @property
    def decisions(self) -> Path:
        """What people have decided about uncertain bodies, beside the raw files."""
        return self.raw.parent / "decisions.csv"

    @property
    def corrections(self) -> Path:
        """Known errors of publishers, beside the raw files."""
        return self.raw.parent / "corrections.yml"

    @property
    def said(self) -> tuple[Path, ...]:
        """What people have said besides the reports, and what changes every table when it changes."""
        return (self.decisions, self.corrections)

    @property
    def sources(self) -> Path:
        """Where reports are fetched from, beside the raw files."""
        return self.raw.parent / "sources.yml"

    @property
    def parquet(self) -> Path:
        """The folder of the Parquet files."""
        return self.warehouse / "parquet"

    @property
    def database(self) -> Path:
        """The published DuckDB file."""
        return self.warehouse / "warehouse.duckdb"

    @property
    def building(self) -> Path:
        """The DuckDB file while it is being built."""
        return self.warehouse / "warehouse.duckdb.building"

    @property
    def rejected(self) -> Path:
        """The DuckDB file of the last build that did not pass the gate."""
        return self.warehouse / "warehouse.duckdb.rejected"

    @property
    def standby(self) -> Path:
        """The DuckDB file that was published before, or a copy of the published one: the next build begins with it."""
        return self.warehouse / "warehouse.duckdb.standby"

    @property
    def previous(self) -> Path:
        """The DuckDB file that was published before; while a build is under way it may be missing."""
        return self.warehouse / "warehouse.duckdb.previous"

    @property
    def slice(self) -> Path:
        """The DuckDB file of what a run changes, made apart and merged into the one that is being built."""
        return self.staging / "slice.duckdb"

    @property
    def fingerprints(self) -> Path:
        """The digests of raw files that have not changed; it only saves time."""
        return self.warehouse / "fingerprints"

    @property
    def manifest(self) -> Path:
        """What was read, by content."""
        return self.warehouse / "manifest.json"

    @property
    def staging(self) -> Path:
        """Reports that were read in this run and are not yet in Parquet."""
        return self.warehouse / "staging"

    @property
    def runs(self) -> Path:
        """The record of every build, one file each."""
        return self.warehouse / "runs"

    @property
    def dashboard(self) -> Path:
        """The folder of the static site that shows the last build."""
        return self.warehouse / "dashboard"

    @property
    def dagster_home(self) -> Path:
        """The folder in which Dagster keeps its runs."""
        return self.warehouse / "dagster"

    @property
    def lock(self) -> Path:
        """The file that the one writer holds."""
        return self.warehouse / ".lock"

    @property
    def fetch_lock(self) -> Path:
        """The file that the one fetching process holds; a build may run beside it."""
        return self.warehouse / ".fetch.lock"


def load_settings(home: Path | None = None) -> Settings:
    """Return the settings of this installation.

    GONGKAI_HOME names the project folder (default: the current one); GONGKAI_RAW, GONGKAI_WAREHOUSE and
    GONGKAI_EXPECTATIONS move single folders out of it; GONGKAI_WORKERS is the number of reading processes and
    GONGKAI_LARGEST_FILE the size in megabytes above which a file is set aside; GONGKAI_ON_FAILURE is the file or the
    address that is told of failed runs. Raises Problem where one is no number.
    """
    root = (home or Path(os.environ.get("GONGKAI_HOME", "."))).resolve()
    own = root / "expectations"
    packaged = next((folder for folder in _PACKAGED_EXPECTATIONS if folder.is_dir()), own)
    expectations = own if own.exists() else packaged
    return Settings(
        home=root,
        raw=Path(os.environ.get("GONGKAI_RAW", root / "data" / "raw")),
        warehouse=Path(os.environ.get("GONGKAI_WAREHOUSE", root / "data" / "warehouse")),
        expectations=Path(os.environ.get("GONGKAI_EXPECTATIONS", expectations)),
        on_failure=os.environ.get("GONGKAI_ON_FAILURE", "").strip(),
        largest_file=_whole_number("GONGKAI_LARGEST_FILE", 64) * _MEGABYTE,
        workers=_whole_number("GONGKAI_WORKERS", os.cpu_count() or 1),
    )


def _whole_number(name: str, default: int) -> int:
    text = os.environ.get(name, str(default)).strip()
    if not text.isdecimal() or int(text) < 1:
        from pipelines.registry.problems import Problem  # noqa: PLC0415 - only a faulty setting needs it

        raise Problem("bad-setting", name, found=text)
    return int(text)
