"""The expectations of an installation, put to the file that is being built."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from pipelines.ingest.build import build_findings, working_file
from pipelines.quality.expectations import Expectation, ExpectationResult, SuiteError, load_suites, run_expectations
from pipelines.registry.problems import Problem
from pipelines.registry.tables import tables
from pipelines.settings import Settings
from pipelines.warehouse.database import open_database


def declared_expectations(settings: Settings) -> tuple[Expectation, ...]:
    """Return every expectation that a build has to meet.

    Raises Problem where there is none, where a file is not written as it should be or speaks of no table of ours:
    a gate that is open by mistake is worse than none.
    """
    if not settings.expectations.is_dir() or not any(settings.expectations.glob("*.y*ml")):
        raise Problem("no-expectations", settings.expectations)
    try:
        expectations = load_suites(settings.expectations)
    except SuiteError as error:
        raise _faulty(settings, str(error).splitlines()) from None
    if astray := list(_astray(settings, expectations)):
        raise _faulty(settings, astray)
    return expectations


def _faulty(settings: Settings, details: Sequence[str]) -> Problem:
    return Problem("expectations-faulty", settings.expectations, tuple(details), found=len(details))


def _astray(settings: Settings, expectations: Iterable[Expectation]) -> Iterator[str]:
    """Yield a line for each suite about a table that no build makes."""
    for suite, table in dict.fromkeys((each.suite, each.table) for each in expectations):
        if table not in tables():
            nearest = " or ".join(get_close_matches(table, tables(), n=3) or sorted(tables()))
            yield f"{settings.expectations / suite}.yml: table is {table!r}, expected {nearest}"


def build_quality(settings: Settings) -> tuple[ExpectationResult, ...]:
    """Put every expectation to the file that is being built and return the results."""
    suites = declared_expectations(settings)
    build_findings(settings)
    with open_database(working_file(settings), read_only=True) as connection:
        return run_expectations(connection, suites)


def blocking(results: Iterable[ExpectationResult]) -> list[Expectation]:
    """Return the expectations whose failure keeps a build from being published."""
    return [
        result.expectation
        for result in results
        if result.verdict == "broken" and result.expectation.severity == "critical"
    ]
