"""A table three whose cells run together, cut by its sums, against the same cells parsed when they are separated."""

import sys
from random import Random

from benchmarks.measure import least_seconds, verdict
from pipelines.extract.numbers import parse_cell
from pipelines.extract.split.layout import figures
from pipelines.extract.split.solver import split
from tests.generate.runs import requests, strips, together

LIMIT = 200
TABLES = 40


def main() -> int:
    """Print the ratio and return 1 where it is above its limit."""
    random = Random(2021)  # noqa: S311 - figures of a benchmark
    tables = [requests(random, size) for size in (5, 30, 200, 3000) for _ in range(TABLES // 4)]
    printed = [(strips(random, table, together), table.sums) for table in tables]
    texts = [str(table.printed[cell]) for table in tables for row in table.rows for cell in row]

    def cut() -> None:
        figures.cache_clear()
        for rows, sums in printed:
            split(rows, sums)

    def parse() -> None:
        for text in texts:
            parse_cell.__wrapped__(text)

    cutting, parsing = least_seconds(cut, parse, repeat=5)
    print(f"{cutting / TABLES * 1000:.1f} ms to cut a table of {len(texts) // TABLES} cells")
    return 0 if verdict("run-together cells, against parsing them separated", cutting / parsing, LIMIT) else 1


if __name__ == "__main__":
    sys.exit(main())
