"""One report from bytes to columnar observations, against the floor of hashing, decoding and splitting its bytes."""

import sys
from hashlib import sha256
from pathlib import Path

from benchmarks.measure import least_seconds, verdict
from pipelines.extract.report import extract
from pipelines.ingest.reading import read_report
from pipelines.read.document import read_document
from pipelines.warehouse.columns import observation_columns

REPORT = Path(__file__).parent.parent / "data" / "raw" / "2017" / "2017_qianjin-district.txt"
LIMIT = 40
MANY = 50


def floor(data: bytes) -> object:
    """Do the least that reading these bytes takes."""
    return sha256(data).digest(), data.decode("utf-8").splitlines()


def observations(data: bytes) -> object:
    """Read the bytes to columns of observations, their digest included."""
    found = extract(read_document(data)).observations
    return observation_columns(found, report_id=sha256(data).hexdigest()[:16], body_id="", report_year=0)


def main() -> int:
    """Print the ratios; 1 where one is above its limit."""
    data = REPORT.read_bytes()
    many = [data.replace(b"157", str(157 + number).encode()) for number in range(MANY)]
    low, columns, whole, batch = least_seconds(
        lambda: floor(data),
        lambda: observations(data),
        lambda: read_report(data),
        lambda: [observations(each) for each in many],
        repeat=60,
    )
    print(f"{REPORT.name}: {len(data):,} bytes; floor {low * 1e6:.0f} µs (sha256 + decode + splitlines)")
    kept = [
        verdict("bytes to columnar observations / floor", columns / low, LIMIT),
        verdict("bytes to everything, findings included / floor", whole / low, 2 * LIMIT),
        verdict(f"{MANY} reports / {MANY} × one report (grows in proportion)", batch / (MANY * columns), 1.5),
    ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
