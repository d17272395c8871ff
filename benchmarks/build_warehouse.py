"""A whole build of generated reports, a second one with nothing changed, and how both grow with their number."""

import random
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.measure import verdict
from pipelines.ingest.update import finish, plan_update, read_fresh, write_table
from pipelines.settings import Settings, load_settings
from pipelines.warehouse.columns import REPORT_TABLES

REPORT = Path(__file__).parent.parent / "data" / "raw" / "2017" / "2017_qianjin-district.txt"
FEW, MANY = 200, 2000


def variants(folder: Path, count: int) -> None:
    """Write reports that differ in body, year and figures into a folder."""
    text, chance = REPORT.read_text(encoding="utf-8"), random.Random(2017)  # noqa: S311 - figures of a benchmark
    folder.mkdir(parents=True)
    for number in range(count):
        year = 2014 + number % 5
        changed = text.replace("2017", str(year)).replace("2895", str(chance.randint(3000, 9000)))
        changed = changed.replace("佳木斯市前进区人民政府", f"某市第{number}区人民政府", 1)
        (folder / f"{number:06d}.txt").write_text(changed, encoding="utf-8")


def update(settings: Settings) -> tuple[float, int]:
    """Bring the Parquet files up to date and return the seconds it took and how many reports were read."""
    start = time.perf_counter()
    done = read_fresh(settings, plan_update(settings))
    for table in REPORT_TABLES:
        write_table(settings, done, table, done.years)
    finish(settings, done)
    return time.perf_counter() - start, done.read


def measure(root: Path, count: int) -> tuple[float, float]:
    """Return the seconds of a first and of a second update with `count` reports."""
    settings = replace(load_settings(root), raw=root / "raw", warehouse=root / "warehouse", workers=1)
    variants(settings.raw, count)
    (first, read), (second, again) = update(settings), update(settings)
    print(
        f"{count} reports: {read} read in {first:.2f} s ({count / first:.0f}/s); again: {again} read in {second:.3f} s"
    )
    return first, second


def main() -> int:
    """Print the figures; 1 where one is above its limit."""
    with tempfile.TemporaryDirectory() as folder:
        few = measure(Path(folder) / "few", FEW)
        many = measure(Path(folder) / "many", MANY)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")
    kept = [
        verdict(
            f"{MANY} reports / {MANY // FEW} × {FEW} reports (grows in proportion)",
            many[0] / (few[0] * MANY / FEW),
            1.5,
        ),
        verdict("second build, nothing changed / first build", many[1] / many[0], 0.1),
    ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
