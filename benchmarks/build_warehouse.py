"""Whole builds of synthetic reports, from raw files to marts, and what one more report costs then.

Each build is a command of its own, as a schedule would run it: start of the program, Dagster and expectations included.
What it writes is what the operating system counts for its process.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import verdict
from pipelines.demo.corpus import YEARS, reports

FEW, MANY = 1_000, 10_000
MORE = 3
LONGER, MORE_BYTES = 1.6, 2.0
_ROOT = Path(__file__).parent.parent
_COMMAND = """
import json, resource, sys, time
from pathlib import Path
from pipelines.cli import main
start = time.perf_counter()
code = main(["build", "--allow-quarantine"])
seconds = time.perf_counter() - start
written = next(line for line in Path("/proc/self/io").read_text().splitlines() if line.startswith("wchar"))
peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([code, seconds, int(written.split()[1]), peak / 1024]))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build took: seconds, bytes written, megabytes of memory at its peak."""

    seconds: float
    written: int
    peak: float


def fill(raw: Path, count: int) -> None:
    """Write so many reports into a folder: those of as many bodies as it takes."""
    for number, (path, data) in enumerate(reports(count // len(YEARS) * 2)):
        if number == count:
            return
        (raw / path).parent.mkdir(parents=True, exist_ok=True)
        (raw / path).write_bytes(data)
    raise ValueError(count)


def add_one(raw: Path, number: int) -> None:
    """Add another version of a report that is there."""
    report = sorted(raw.rglob("*.txt"))[10 * number]
    report.with_name(f"another-{number}.txt").write_bytes(report.read_bytes() + b"\n")


def build(home: Path) -> Cost:
    """Run one build and return what it took."""
    environment = os.environ | {"GONGKAI_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND], env=environment, cwd=_ROOT, capture_output=True, text=True, check=True
    )
    code, seconds, written, peak = json.loads(done.stdout.splitlines()[-1])
    if code:
        raise RuntimeError(done.stderr)
    return Cost(seconds, written, peak)


def measure(home: Path, count: int) -> tuple[Cost, Cost]:
    """Return what the first build of so many reports takes, and the least that one with one report more takes."""
    raw = home / "data" / "raw"
    fill(raw, count)
    first, more = build(home), list[Cost]()
    for number in range(MORE):
        add_one(raw, number)
        more.append(build(home))
    least = Cost(min(each.seconds for each in more), min(each.written for each in more), max(e.peak for e in more))
    print(
        f"{count:,} reports: {first.seconds:.1f} s, {count / first.seconds:.0f} a second, peak {first.peak:.0f} MB, "
        f"{first.written / 1e6:.1f} MB written; one more: {least.seconds:.1f} s, peak {least.peak:.0f} MB, "
        f"{least.written / 1e6:.1f} MB written"
    )
    return first, least


def main() -> int:
    """Print the figures; 1 where one is above its limit."""
    with tempfile.TemporaryDirectory() as folder:
        few = measure(Path(folder) / "few", FEW)
        many = measure(Path(folder) / "many", MANY)
    share = many[0].seconds / (few[0].seconds * MANY / FEW)
    kept = [
        verdict(f"{MANY:,} reports / {MANY // FEW} × {FEW:,} reports (grows in proportion)", share, 1.2),
        verdict("one more in the many / one more in the few, seconds", many[1].seconds / few[1].seconds, LONGER),
        verdict("one more in the many / one more in the few, bytes", many[1].written / few[1].written, MORE_BYTES),
        verdict("one more in the many / all of the many, seconds", many[1].seconds / many[0].seconds, 0.2),
    ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
