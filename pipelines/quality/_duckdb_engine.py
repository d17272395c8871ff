"""Great Expectations on a DuckDB connection that somebody else owns; only `expectations` imports this, when it runs.

Great Expectations has no DuckDB source. For a dialect that it does not know it opens a connection for each query,
copies the table into a temporary one and has no regular expressions. Here it works on the one connection it is given
and on the table itself, matches with the `~` of PostgreSQL, and never begins, commits, rolls back or closes anything.
"""

from __future__ import annotations

import json
import logging
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

import sqlalchemy
from sqlalchemy.dialects import postgresql, registry
from sqlalchemy.dialects.postgresql.base import PGDialect, PGIdentifierPreparer
from sqlalchemy.engine.interfaces import ReflectedColumn, ReflectedPrimaryKeyConstraint
from sqlalchemy.pool import StaticPool
from sqlalchemy.types import UserDefinedType

from pipelines.quality.expectations import UNEXPECTED_ROWS, Expectation, first_line, query_text, quoted

if TYPE_CHECKING:
    import duckdb

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
with warnings.catch_warnings():
    warnings.filterwarnings(
        "ignore", message="module 'sre_(constants|parse)' is deprecated", category=DeprecationWarning
    )
    import great_expectations as gx
    from great_expectations.compatibility import pydantic
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.core.result_format import ResultFormat
    from great_expectations.data_context.data_context.abstract_data_context import AbstractDataContext
    from great_expectations.data_context.data_context.context_factory import project_manager
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )
    from great_expectations.datasource.fluent.interfaces import Batch
    from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
    from great_expectations.execution_engine.execution_engine import ExecutionEngine
    from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
    from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
    from great_expectations.expectations.expectation import Expectation as GreatExpectation
    from great_expectations.expectations.metadata_types import FailureSeverity
    from great_expectations.expectations.registry import get_expectation_impl

    logging.captureWarnings(capture=False)  # importing great_expectations turns it on for the whole process

_DRIVER = "duckdb.lent"
_ROWS = "counted_rows_expectation"
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
    table = quoted(*place)
    with _silent_context() as context, _whole_table(context, connection, place) as batch:
        answered = _answered_together(batch, table, expectations)
        return [
            answered.get(position) or _answered_alone(batch, table, expectation)
            for position, expectation in enumerate(expectations)
        ]


@contextmanager
def _silent_context() -> Iterator[AbstractDataContext]:
    """Provide a context that lives in memory and neither shows progress nor logs what is in the results anyway."""
    logger = logging.getLogger("great_expectations")
    level = logger.level
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    try:
        logger.setLevel(logging.CRITICAL)
        yield gx.get_context(mode="ephemeral", project_config=config)
    finally:
        logger.setLevel(level)
        project_manager.set_project(None)


@contextmanager
def _whole_table(
    context: AbstractDataContext, connection: duckdb.DuckDBPyConnection, place: tuple[str, str, str]
) -> Iterator[Batch]:
    catalog, schema, name = place
    datasource = DuckDBDatasource(name=catalog)
    datasource.read_from(connection, f"{catalog}.{schema}")
    context.add_datasource(datasource=datasource)
    asset = datasource.add_table_asset(name=name, table_name=quoted(name))
    try:
        yield asset.add_batch_definition_whole_table("all rows").get_batch()
    finally:
        datasource.get_execution_engine().close()


def _answered_together(batch: Batch, table: str, expectations: Sequence[Expectation]) -> dict[int, Answer]:
    try:
        asked = [_asked(expectation, table, position) for position, expectation in enumerate(expectations)]
        suite = gx.ExpectationSuite(name="together", expectations=asked)
        results = batch.validate(suite, result_format=ResultFormat.BASIC).results
    except Exception:  # noqa: BLE001 - each is asked again on its own, and then says what is wrong
        return {}
    answered: dict[int, Answer] = {}
    for result in results:
        asked_for = result.expectation_config
        if asked_for and asked_for.meta and not _reasons(result):
            position = asked_for.meta["position"]
            answered[position] = _answer(result, expectations[position].kind)
    return answered


def _answered_alone(batch: Batch, table: str, expectation: Expectation) -> Answer:
    try:
        result = batch.validate(_asked(expectation, table), result_format=ResultFormat.BASIC)
    except Exception as error:  # noqa: BLE001 - an expectation that cannot be evaluated is an answer
        return Answer(error=_shortened(" ".join(str(error).split())))
    reasons = _reasons(result)
    return Answer(error=min(reasons)) if reasons else _answer(result, expectation.kind)


def _asked(expectation: Expectation, table: str, position: int = 0) -> GreatExpectation:
    """Return an expectation as Great Expectations wants it."""
    arguments: dict[str, Any] = dict(expectation.arguments)
    kind = expectation.kind
    if kind == UNEXPECTED_ROWS:
        kind, arguments = _ROWS, {"unexpected_rows_query": _as_template(query_text(expectation, table))}
    if "type_" in arguments:
        arguments["type_"] = arguments["type_"].upper()
    if "type_list" in arguments:
        arguments["type_list"] = [name.upper() for name in arguments["type_list"]]
    severity = FailureSeverity(expectation.severity)
    return get_expectation_impl(kind)(**arguments, severity=severity, meta={"position": position})


def _as_template(query: str) -> str:
    """Return a query that `str.format` leaves as it is, with the placeholder whose absence is remarked on stdout."""
    return query.replace("{", "{{").replace("}", "}}") + "\n{batch!s:.0}"


def _answer(result: ExpectationValidationResult, kind: str) -> Answer:
    found = result.result
    failed = found["observed_value"] if kind == UNEXPECTED_ROWS else found.get("unexpected_count")
    return Answer(
        holds=bool(result.success),
        failed=int(not result.success) if failed is None else failed,
        observed=_observed(found),
    )


def _observed(found: Mapping[str, Any]) -> str:
    """Return what was seen, in short: what differs if that is known, else the value."""
    differing = {word: sorted(map(str, found.get(f"partial_{word}_list") or ())) for word in ("unexpected", "missing")}
    value = found.get("details", {}).get("mismatched") or found.get("observed_value")
    if value is None:
        value = {word: values for word, values in differing.items() if values} or ""
    text = json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else str(value)
    return _shortened(text)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_OBSERVATION else text[: _LONGEST_OBSERVATION - 1] + "…"


def _reasons(result: ExpectationValidationResult) -> list[str]:
    """Return why an expectation could not be evaluated, nothing if it could."""
    information = result.exception_info
    raised = [information] if "raised_exception" in information else information.values()
    return [first_line(one["exception_message"]) for one in raised if one["raised_exception"]]


class CountedRowsExpectation(UnexpectedRowsExpectation):
    """The expectation that a query has no rows, for which they are counted and not fetched as well.

    Which rows they are is asked for afterwards, and only where there are any: fetching them is a second scan.
    """

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.row_count",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: ExecutionEngine[Any] | None = None,
    ) -> ExpectationValidationResult | dict[str, Any]:
        """Return what the number of rows says."""
        counted: dict[str, Any] = {**metrics, "unexpected_rows_query.table": []}
        return super()._validate(counted, runtime_configuration, execution_engine)


class LentConnection:
    """Connection and cursor in one, as SQLAlchemy asks for them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection: duckdb.DuckDBPyConnection | None = connection

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the connection has
        """Return what the connection has of that name."""
        return getattr(self._connection, name)

    def cursor(self) -> Self:
        """Return itself: a result of DuckDB is fetched from its connection."""
        return self

    def close(self) -> None:
        """Close nothing: as a cursor it is needed again."""

    def give_back(self) -> None:
        """Let go of the connection, which its owner closes."""
        self._connection = None


class LentPreparer(PGIdentifierPreparer):
    """Puts every name in quotation marks: DuckDB reserves other words than PostgreSQL."""

    def quote(self, ident: str, force: object = None) -> str:  # noqa: ARG002 - the signature of SQLAlchemy
        """Return a name in quotation marks."""
        return quoted(ident)

    def quote_schema(self, schema: str, force: object = None) -> str:  # noqa: ARG002 - the signature of SQLAlchemy
        """Return `catalog.schema` as two names, whatever the catalog is called."""
        return quoted(*schema.rsplit(".", 1))


class LentDialect(PGDialect):
    """DuckDB for SQLAlchemy, on a connection whose transactions are its owner's and with DuckDB's own type names."""

    name = "duckdb"
    preparer = LentPreparer
    supports_statement_cache = False

    @classmethod
    def import_dbapi(cls) -> ModuleType:
        """Return the module of DuckDB; a reference from here to it would be reported as a leak when Python ends."""
        import duckdb  # noqa: PLC0415

        return duckdb

    def initialize(self, connection: sqlalchemy.Connection) -> None:
        """Ask nothing of the server: there is none."""

    def do_begin(self, dbapi_connection: object) -> None:
        """Begin nothing."""

    def do_commit(self, dbapi_connection: object) -> None:
        """Commit nothing."""

    def do_rollback(self, dbapi_connection: object) -> None:
        """Roll nothing back."""

    def do_close(self, dbapi_connection: object) -> None:
        """Give the connection back."""
        if isinstance(dbapi_connection, LentConnection):
            dbapi_connection.give_back()

    def get_columns(
        self, connection: sqlalchemy.Connection, table_name: str, schema: str | None = None, **_: object
    ) -> list[ReflectedColumn]:
        """Return name and type of each column, also of a view."""
        table = quoted(*(schema or "").rsplit(".", 1), table_name)
        described = connection.exec_driver_sql(f"DESCRIBE {table}").fetchall()
        return [
            ReflectedColumn(name=name, type=duckdb_type(kind.upper())(), nullable=True, default=None)
            for name, kind, *_ in described
        ]

    def get_pk_constraint(
        self,
        connection: sqlalchemy.Connection,  # noqa: ARG002 - the signature of SQLAlchemy
        table_name: str,  # noqa: ARG002
        schema: str | None = None,  # noqa: ARG002
        **_: object,
    ) -> ReflectedPrimaryKeyConstraint:
        """Return none: no expectation asks for it."""
        return {"constrained_columns": [], "name": None}


registry.register(_DRIVER, __name__, LentDialect.__name__)


@cache
def duckdb_type(name: str) -> type[UserDefinedType[Any]]:
    """Return the type of a name in capitals, `DECIMAL(18,4)` being one of the types `DECIMAL`.

    >>> issubclass(duckdb_type("DECIMAL(18,4)"), duckdb_type("DECIMAL"))
    True
    """
    family, bracket, _ = name.partition("(")
    parent = duckdb_type(family) if bracket else UserDefinedType
    return type(name, (parent,), {"cache_ok": True})


class DuckDBTypes(ModuleType):
    """What Great Expectations takes for the module of a dialect: DuckDB's types by name, PostgreSQL's operators.

    >>> types = DuckDBTypes("duckdb")
    >>> types.VARCHAR.__name__, hasattr(types, "RedshiftDialect")
    ('VARCHAR', False)
    """

    dialect = postgresql.dialect

    def __getattr__(self, name: str) -> type[UserDefinedType[Any]]:
        """Return a type by its name in capitals; other names are asked for to recognise other databases."""
        if not name.isupper():
            raise AttributeError(name)
        return duckdb_type(name)


class LentEngine(SqlAlchemyExecutionEngine):
    """Evaluates on one connection and on the table itself."""

    def __init__(self, engine: sqlalchemy.Engine) -> None:
        super().__init__(engine=engine, create_temp_table=False)
        self.dialect_module = DuckDBTypes("duckdb")

    @contextmanager
    def get_connection(self) -> Iterator[sqlalchemy.Connection]:
        """Provide always the same connection: a result dies with the one it came from."""
        if self._connection is None:
            self._connection = self.engine.connect()
        yield self._connection

    def close(self) -> None:
        """Give the connection back, so that nothing holds on to it."""
        if self._connection is not None:
            self._connection.close()
        super().close()

    def execute_query(self, query: sqlalchemy.Selectable | sqlalchemy.TextClause) -> sqlalchemy.CursorResult[Any]:
        """Run a query; one that is a text is run as it is, without looking for `:parameters` in it."""
        if not isinstance(query, sqlalchemy.TextClause):
            result: sqlalchemy.CursorResult[Any] = super().execute_query(query)
            return result
        with self.get_connection() as connection:
            return connection.exec_driver_sql(query.text)


class DuckDBDatasource(SQLDatasource):
    """A source for Great Expectations that reads one schema through a connection that is lent to it."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment] # as every source of great_expectations does
    connection_string: str = f"{_DRIVER.replace('.', '+')}://"

    _lent: Any = pydantic.PrivateAttr(None)
    _schema: str = pydantic.PrivateAttr("")

    def read_from(self, connection: duckdb.DuckDBPyConnection, schema: str) -> None:
        """Read the tables of `catalog.schema` through this connection."""
        self._lent, self._schema = LentConnection(connection), schema

    @property
    def schema_(self) -> str:
        """The schema in which tables are looked up."""
        return self._schema

    def get_execution_engine(self) -> SqlAlchemyExecutionEngine:
        """Return the one engine on the connection."""
        if self._execution_engine is None:
            self._execution_engine = LentEngine(self.get_engine())
        return self._execution_engine

    def _create_engine(self) -> sqlalchemy.Engine:
        lent = self._lent
        return sqlalchemy.create_engine(self.connection_string, creator=lambda: lent, poolclass=StaticPool)
