"""One report from bytes to columnar observations, against the floor of hashing, decoding and splitting its bytes.

Reports are read as a run reads them: each once, one after the other, all with figures of their own. The floor of the
same bytes is taken right before.
"""

import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from statistics import median

from benchmarks.measure import least_seconds, verdict
from pipelines.extract.report import extract
from pipelines.ingest.reading import read_report
from pipelines.read.document import read_document
from pipelines.warehouse.columns import observation_columns

REPORT = Path(__file__).parent.parent / "data" / "raw" / "2017" / "2017_qianjin-district.txt"
LIMIT = 40
REPORTS = 400
_FIGURE = re.compile(r"^(\s*)(?!201[0-9]$)\d+(\s*)$|(?<![\d计])\d+(条)", re.MULTILINE)


def variants(count: int) -> list[bytes]:
    """Return reports that differ from the real one in every figure of their tables and of their prose.

    The number in the form's own remark (计1条) is no figure.
    """
    text, chance = REPORT.read_text(encoding="utf-8"), random.Random(2017)  # noqa: S311 - figures of a benchmark
    return [
        _FIGURE.sub(
            lambda match: f"{match[1] or ''}{chance.randint(1, 99_999)}{match[2] or match[3] or ''}", text
        ).encode()
        for _ in range(count)
    ]


def floor(data: bytes) -> object:
    """Do the least that reading these bytes takes."""
    return sha256(data).digest(), data.decode("utf-8").splitlines()


def observations(data: bytes) -> object:
    """Read the bytes to columns of observations, their digest included."""
    found = extract(read_document(data)).observations
    return observation_columns(found, report_id=sha256(data).hexdigest()[:16], body_id="", report_year=0)


def stream(reports: Sequence[bytes], *actions: Callable[[bytes], object]) -> list[float]:
    """Return the median time of each action over a stream of reports, each report seen once by each."""
    taken: list[list[float]] = [[] for _ in actions]
    for data in reports:
        for times, action in zip(taken, actions, strict=True):
            start = time.perf_counter()
            action(data)
            times.append(time.perf_counter() - start)
    return [median(times) for times in taken]


def main() -> int:
    """Print the ratios; 1 where one is above its limit."""
    data, reports = REPORT.read_bytes(), variants(REPORTS)
    stream(reports[:20], floor, observations)
    low, columns = stream(reports[20:], floor, observations)
    _, whole = stream(variants(REPORTS + 1)[20:], floor, read_report)
    same = least_seconds(lambda: floor(data)), least_seconds(lambda: observations(data))
    few, many = least_seconds(
        lambda: [observations(each) for each in reports[:20]],
        lambda: [observations(each) for each in reports[:200]],
        repeat=5,
    )
    print(f"{REPORT.name} and {REPORTS} reports like it: {len(data):,} bytes")
    print(
        f"each read once: floor {low * 1e6:.0f} µs, columns {columns * 1e6:.0f} µs, with findings {whole * 1e6:.0f} µs"
    )
    print(
        f"one read again and again: {same[1][0] / same[0][0]:.1f} × its floor of {same[0][0] * 1e6:.0f} µs (no limit)"
    )
    kept = [
        verdict("bytes to columnar observations / floor", columns / low, LIMIT),
        verdict("bytes to everything, findings included / floor", whole / low, 2 * LIMIT),
        verdict("200 reports / 10 × 20 reports (grows in proportion)", many / (10 * few), 1.3),
    ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
