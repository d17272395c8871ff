"""Great Expectations on a DuckDB connection that somebody else owns; only `expectations` imports this, when it runs.

Great Expectations has no DuckDB source. For a dialect that it does not know it opens a connection for each query,
copies the table into a temporary one and has no regular expressions. Here it works on the one connection it is given
and on the table itself, matches with the `~` of PostgreSQL, and never begins, commits, rolls back or closes anything.
"""

import json
import logging
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, Literal

import duckdb
import duckdb_engine
import sqlalchemy
from sqlalchemy.dialects import postgresql, registry
from sqlalchemy.pool import StaticPool
from sqlalchemy.types import UserDefinedType

from pipelines.quality.expectations import UNEXPECTED_ROWS, Expectation, first_line, query_text, quoted

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="module 'sre_constants' is deprecated", category=DeprecationWarning)
    import great_expectations as gx
    from great_expectations.compatibility import pydantic
    from great_expectations.data_context.data_context.context_factory import project_manager
    from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults
    from great_expectations.datasource.fluent.interfaces import Batch
    from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
    from great_expectations.execution_engine import SqlAlchemyExecutionEngine
    from great_expectations.expectations.registry import get_expectation_impl

    logging.captureWarnings(capture=False)  # importing great_expectations turns it on for the whole process

_DRIVER = "duckdb.borrowed"
_ROWS_EXPECTATION = "unexpected_rows_expectation"
_LONGEST_OBSERVATION = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What Great Expectations says of one expectation; with an `error` it says nothing."""

    holds: bool = False
    failed: int = 0
    observed: str = ""
    error: str = ""


def evaluate(
    connection: duckdb.DuckDBPyConnection, place: tuple[str, str, str], expectations: Sequence[Expectation]
) -> list[Answer]:
    """Return one answer for each expectation about the table at catalog, schema, name.

    All are asked together, so that one scan answers many. One that raises takes those with it that shared its query,
    hence whatever was not answered is asked again on its own.
    """
    with _silent_context() as context:
        batch = _whole_table(context, connection, place)
        asked = [_asked(expectation, quoted(*place)) for expectation in expectations]
        answered = _answered_together(batch, asked)
        return [answered.get(position) or _answered_alone(batch, one) for position, one in enumerate(asked)]


@contextmanager
def _silent_context() -> Iterator[Any]:
    """Provide a context that lives in memory and neither shows progress nor logs what is in the results anyway."""
    logger = logging.getLogger("great_expectations")
    level = logger.level
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        progress_bars={"globally": False},
        analytics_enabled=False,
    )
    try:
        logger.setLevel(logging.CRITICAL)
        yield gx.get_context(mode="ephemeral", project_config=config)
    finally:
        logger.setLevel(level)
        project_manager.set_project(None)


def _whole_table(context: Any, connection: duckdb.DuckDBPyConnection, place: tuple[str, str, str]) -> Batch:
    catalog, schema, name = place
    datasource = DuckDBDatasource(name=catalog).reading(connection, f"{catalog}.{schema}")
    context.add_datasource(datasource=datasource)
    asset = datasource.add_table_asset(name=name, table_name=quoted(name))
    return asset.add_batch_definition_whole_table("all rows").get_batch()


def _asked(expectation: Expectation, table: str) -> dict[str, Any]:
    """Return kind and arguments as Great Expectations wants them."""
    arguments = dict(expectation.arguments)
    if expectation.kind == UNEXPECTED_ROWS:
        return {"type": _ROWS_EXPECTATION, "unexpected_rows_query": _as_template(query_text(expectation, table))}
    if "type_" in arguments:
        arguments["type_"] = str(arguments["type_"]).upper()
    if "type_list" in arguments:
        arguments["type_list"] = [str(name).upper() for name in expectation.arguments["type_list"]]
    return {"type": expectation.kind, **arguments}


def _as_template(query: str) -> str:
    """Return a query that survives `str.format`, with the placeholder without which a remark is printed to stdout."""
    return query.replace("{", "{{").replace("}", "}}") + "\n{batch!s:.0}"


def _answered_together(batch: Batch, asked: Sequence[Mapping[str, Any]]) -> dict[int, Answer]:
    try:
        made = [_made(one, position) for position, one in enumerate(asked)]
        validated = batch.validate(gx.ExpectationSuite(name="all", expectations=made), result_format="BASIC")
    except Exception:  # noqa: BLE001 - each is asked again on its own, and then says what is wrong
        return {}
    return {
        result.expectation_config.meta["position"]: _answer(result)
        for result in validated.results
        if not _reasons(result)
    }
