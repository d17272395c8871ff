"""Expectations: what each table has to fulfil, written by hand in YAML, evaluated by Great Expectations inside DuckDB.

One file per table. Every line says why it must hold, in both languages::

    table: core.observation
    index: [report_id, source, time_period, indicator, breakdown, occurrence]   # names a row that fails
    expectations:
      - name: locator_is_never_empty
        kind: expect_column_values_to_not_be_null        # one of KINDS
        arguments: {column: locator}                     # as Great Expectations names them
        severity: critical                               # critical blocks publication; warning; info
        reason:
          zh: 每个数字都要能回到印它的地方
          en: Every figure must lead back to the place where it is printed
      - name: no_orphans
        kind: unexpected_rows                            # a SELECT of our own that returns the rows that fail
        arguments:
          query: SELECT o.* FROM {table} AS o ANTI JOIN core.report USING (report_id)
        ...

Great Expectations costs seconds to import: it is loaded by `run_expectations`, not by this module.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import yaml

from pipelines.model.identity import Verdict

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import duckdb

    from pipelines.quality._duckdb_engine import Answer

SEVERITIES = ("critical", "warning", "info")
UNEXPECTED_ROWS = "unexpected_rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What one kind of expectation takes, and the SQL by which its rows are counted and found again.

    `tested` selects the rows that are put to the test; it is empty where the table as a whole is the one thing tested.
    `fails` selects the failing ones among them; it is empty where no single row can be blamed.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    tested: str = ""
    fails: str = ""


_BOUNDS = ("min_value", "max_value", "strict_min", "strict_max")
_PRESENT = "{column} IS NOT NULL"
_SUMMARY = Kind(required=("column",), optional=_BOUNDS, tested=_PRESENT)
_VALUES = Kind(required=("column", "value_set"), tested=_PRESENT)

KINDS: Mapping[str, Kind] = {
    UNEXPECTED_ROWS: Kind(required=("query",), tested="TRUE"),
    "expect_column_values_to_not_be_null": Kind(
        required=("column",), optional=("mostly",), tested="TRUE", fails="AND {column} IS NULL"
    ),
    "expect_column_values_to_be_null": Kind(
        required=("column",), optional=("mostly",), tested="TRUE", fails="AND {column} IS NOT NULL"
    ),
    "expect_column_values_to_be_in_set": Kind(
        required=("column", "value_set"),
        optional=("mostly",),
        tested=_PRESENT,
        fails="AND {column} NOT IN ({value_set})",
    ),
    "expect_column_values_to_not_be_in_set": Kind(
        required=("column", "value_set"), optional=("mostly",), tested=_PRESENT, fails="AND {column} IN ({value_set})"
    ),
    "expect_column_values_to_be_between": Kind(
        required=("column",),
        optional=("mostly", *_BOUNDS),
        tested=_PRESENT,
        fails="AND NOT ({column} {at_least} AND {column} {at_most})",
    ),
    "expect_column_value_lengths_to_be_between": Kind(
        required=("column",),
        optional=("mostly", *_BOUNDS),
        tested=_PRESENT,
        fails="AND NOT (length({column}) {at_least} AND length({column}) {at_most})",
    ),
    "expect_column_values_to_match_regex": Kind(
        required=("column", "regex"), optional=("mostly",), tested=_PRESENT, fails="AND NOT ({column} ~ {regex})"
    ),
    "expect_column_values_to_not_match_regex": Kind(
        required=("column", "regex"), optional=("mostly",), tested=_PRESENT, fails="AND {column} ~ {regex}"
    ),
    "expect_column_values_to_be_unique": Kind(
        required=("column",),
        optional=("mostly",),
        tested=_PRESENT,
        fails="QUALIFY count(*) OVER (PARTITION BY {column}) > 1",
    ),
    "expect_compound_columns_to_be_unique": Kind(
        required=("column_list",),
        optional=("mostly",),
        tested="{all_present}",
        fails="QUALIFY count(*) OVER (PARTITION BY {column_list}) > 1",
    ),
    "expect_column_pair_values_to_be_equal": Kind(
        required=("column_A", "column_B"),
        optional=("mostly",),
        tested="({column_A} IS NOT NULL OR {column_B} IS NOT NULL)",
        fails="AND {column_A} IS DISTINCT FROM {column_B}",
    ),
    "expect_column_pair_values_a_to_be_greater_than_b": Kind(
        required=("column_A", "column_B"),
        optional=("mostly", "or_equal"),
        tested="{column_A} IS NOT NULL AND {column_B} IS NOT NULL",
        fails="AND NOT ({column_A} {greater} {column_B})",
    ),
    "expect_column_distinct_values_to_be_in_set": _VALUES,
    "expect_column_distinct_values_to_contain_set": _VALUES,
    "expect_column_distinct_values_to_equal_set": _VALUES,
    "expect_column_min_to_be_between": _SUMMARY,
    "expect_column_max_to_be_between": _SUMMARY,
    "expect_column_mean_to_be_between": _SUMMARY,
    "expect_column_sum_to_be_between": _SUMMARY,
    "expect_column_unique_value_count_to_be_between": _SUMMARY,
    "expect_column_proportion_of_unique_values_to_be_between": _SUMMARY,
    "expect_column_proportion_of_non_null_values_to_be_between": Kind(
        required=("column",), optional=_BOUNDS, tested="TRUE"
    ),
    "expect_column_to_exist": Kind(required=("column",), optional=("column_index",)),
    "expect_column_values_to_be_of_type": Kind(required=("column", "type_")),
    "expect_column_values_to_be_in_type_list": Kind(required=("column", "type_list")),
    "expect_table_columns_to_match_set": Kind(required=("column_set",), optional=("exact_match",)),
    "expect_table_columns_to_match_ordered_list": Kind(required=("column_list",)),
    "expect_table_column_count_to_equal": Kind(required=("value",)),
    "expect_table_row_count_to_equal": Kind(required=("value",)),
    "expect_table_row_count_to_be_between": Kind(required=(), optional=_BOUNDS),
}

_TEXT = (frozenset({str}), "a text")
_TEXTS = (frozenset({list}), "a list of texts")
_LIST = (frozenset({list}), "a list of values")
_BOUND = (frozenset({int, float, date, datetime, str}), "a number, a date or a text")
_NUMBER = (frozenset({int, float}), "a number")
_COUNT = (frozenset({int}), "a whole number")
_YES_NO = (frozenset({bool}), "true or false")

_ARGUMENTS: Mapping[str, tuple[frozenset[type], str]] = {
    "column": _TEXT,
    "column_A": _TEXT,
    "column_B": _TEXT,
    "column_index": _COUNT,
    "column_list": _TEXTS,
    "column_set": _TEXTS,
    "exact_match": _YES_NO,
    "max_value": _BOUND,
    "min_value": _BOUND,
    "mostly": _NUMBER,
    "or_equal": _YES_NO,
    "query": _TEXT,
    "regex": _TEXT,
    "strict_max": _YES_NO,
    "strict_min": _YES_NO,
    "type_": _TEXT,
    "type_list": _TEXTS,
    "value": _COUNT,
    "value_set": _LIST,
}
_SCALARS = frozenset({str, int, float, bool, date, datetime})

_SUITE_KEYS: Mapping[str, type] = {"table": str, "index": list, "expectations": list}
_LINE_KEYS: Mapping[str, type] = {"name": str, "kind": str, "arguments": dict, "severity": str, "reason": dict}
_REASON_KEYS: Mapping[str, type] = {"zh": str, "en": str}
_NAMES: Mapping[type, str] = {str: "a text", list: "a list", dict: "a mapping"}
_LONGEST_SHOWN = 80

_COUNT_ROWS = "SELECT count(*) FROM {table} WHERE {tested}"
_FAILING_ROWS = "SELECT {columns} FROM {table} WHERE {tested} {fails}"
_EXAMPLES = """
SELECT to_json(failing)
FROM (SELECT * FROM (
{failing_sql}
) ORDER BY ALL LIMIT {examples}) AS failing
ORDER BY failing
"""
_PLACES = """
SELECT table_catalog, table_schema, table_name, table_catalog = current_database()
FROM information_schema.tables
WHERE lower(table_schema) = lower(?) AND lower(table_name) = lower(?)
ORDER BY table_catalog
"""


class SuiteError(ValueError):
    """Expectations that are not written as they should be; one line for each thing that is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """One declared line of a suite; one that could not be evaluated or explained cannot be made."""

    suite: str
    table: str
    name: str
    kind: str
    arguments: Mapping[str, object]
    severity: str
    reason_zh: str
    reason_en: str
    index: tuple[str, ...]

    def __post_init__(self) -> None:
        problems = [*_problems_of_words(self), *_problems_of_arguments(self)]
        if problems:
            raise SuiteError("\n".join(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationResult:
    """What became of one expectation.

    `evaluated` counts the rows put to the test (1 where the table as a whole is tested), `failed` those that failed.
    `failing_sql` is a SELECT that returns every failing row, empty where no single row can be blamed; `failing_rows`
    are the first of them, in the order of their columns, each a JSON object.
    """

    expectation: Expectation
    verdict: Verdict
    evaluated: int
    failed: int
    observed: str
    failing_sql: str
    failing_rows: tuple[str, ...]


def load_suites(folder: Path) -> tuple[Expectation, ...]:
    """Return every expectation of the `*.yml` files of a folder, in the order of file name and line.

    Everything that is wrong in any of the files is said at once, in one `SuiteError`: file, expectation, problem.
    """
    if not folder.is_dir():
        message = f"{folder}: is not a folder"
        raise SuiteError(message)
    problems = [f"{path}: is not read, the name of a suite ends in .yml" for path in sorted(folder.glob("*.yaml"))]
    loaded = [expectation for path in sorted(folder.glob("*.yml")) for expectation in _read_suite(path, problems)]
    if problems:
        raise SuiteError("\n".join(problems))
    return tuple(loaded)


def run_expectations(
    connection: duckdb.DuckDBPyConnection, expectations: Iterable[Expectation], *, examples: int = 20
) -> tuple[ExpectationResult, ...]:
    """Return one result for each expectation, in the order given, with at most `examples` failing rows each.

    Reads through the connection as it is and sees what it sees: its catalog, its views, what it has not committed.
    Nothing is written, begun, committed or closed; as with any statement, one that fails aborts an open transaction.
    What cannot be evaluated is answered `cannot_tell`, with the reason in `observed`.
    """
    declared = tuple(expectations)
    results: dict[int, ExpectationResult] = {}
    for table in dict.fromkeys(expectation.table for expectation in declared):
        here = {position: one for position, one in enumerate(declared) if one.table == table}
        results |= zip(here, _run_on_table(connection, table, tuple(here.values()), examples), strict=True)
    return tuple(results[position] for position in range(len(declared)))


class _StrictLoader(yaml.SafeLoader):
    """YAML in which a key that is given twice is an error and not the last one's silent win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - the signature of PyYAML
        counted = Counter(self.construct_object(key, deep=True) for key, _ in node.value)
        for key in (key for key, times in counted.items() if times > 1):
            problem = f"{key!r} is given twice"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


def _read_suite(path: Path, problems: list[str]) -> list[Expectation]:
    try:
        suite = _fields(yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader), _SUITE_KEYS)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        problems.append(f"{path}{line}: {error.problem}")
        return []
    except (ValueError, yaml.YAMLError) as error:
        problems.extend(f"{path}: {problem}" for problem in str(error).splitlines())
        return []
    return _read_lines(path, suite, problems)


def _read_lines(path: Path, suite: Mapping[str, Any], problems: list[str]) -> list[Expectation]:
    loaded: list[Expectation] = []
    for position, line in enumerate(suite["expectations"], start=1):
        label = (isinstance(line, dict) and line.get("name")) or f"expectation {position}"
        try:
            loaded.append(_read_line(path.stem, suite, line))
        except SuiteError as error:
            problems.extend(f"{path}: {label}: {problem}" for problem in str(error).splitlines())
    counted = Counter(expectation.name for expectation in loaded)
    problems.extend(f"{path}: {name}: the name is given {times} times" for name, times in counted.items() if times > 1)
    return loaded


def _read_line(suite_name: str, suite: Mapping[str, Any], line: object) -> Expectation:
    fields = _fields(line, _LINE_KEYS)
    reason = _fields(fields["reason"], _REASON_KEYS, "reason: ")
    return Expectation(
        suite=suite_name,
        table=suite["table"],
        name=fields["name"],
        kind=fields["kind"],
        arguments=fields["arguments"],
        severity=fields["severity"],
        reason_zh=reason["zh"],
        reason_en=reason["en"],
        index=tuple(suite["index"]),
    )


def _fields(content: object, keys: Mapping[str, type], where: str = "") -> dict[str, Any]:
    """Return a mapping that has exactly these keys, each of its type; everything else that is found is an error."""
    if not isinstance(content, dict):
        message = f"{where}is {_shown(content)}, expected a mapping with {', '.join(keys)}"
        raise SuiteError(message)
    problems = [f"{where}{key!r} is missing" for key in keys if key not in content]
    problems += [f"{where}{key!r} is unknown, expected {', '.join(keys)}" for key in content if key not in keys]
    problems += [
        f"{where}{key!r} is {_shown(content[key])}, expected {_NAMES[wanted]}"
        for key, wanted in keys.items()
        if key in content and not isinstance(content[key], wanted)
    ]
    if problems:
        raise SuiteError("\n".join(problems))
    return content


def _problems_of_words(expectation: Expectation) -> Iterator[str]:
    if not re.fullmatch(r"\w+\.\w+", expectation.table):
        yield f"table is {_shown(expectation.table)}, expected schema.table"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", expectation.name):
        yield f"name is {_shown(expectation.name)}, expected lower-case words joined by _"
    if expectation.severity not in SEVERITIES:
        yield f"severity is {_shown(expectation.severity)}, expected one of {', '.join(SEVERITIES)}"
    if not expectation.index or not all(isinstance(column, str) for column in expectation.index):
        yield f"index is {_shown(list(expectation.index))}, expected the key columns of the table"
    if not (expectation.reason_zh.strip() and expectation.reason_en.strip()):
        yield "reason is empty, expected why it must hold, in Chinese and in English"


def _problems_of_arguments(expectation: Expectation) -> Iterator[str]:
    kind = KINDS.get(expectation.kind)
    if kind is None:
        nearest = get_close_matches(expectation.kind, KINDS, n=3, cutoff=0)
        yield f"kind {_shown(expectation.kind)} is unknown, expected {' or '.join(nearest)}"
        return
    given, known = expectation.arguments, (*kind.required, *kind.optional)
    yield from (f"argument {name!r} is missing" for name in kind.required if name not in given)
    yield from (f"argument {name!r} is unknown, expected {', '.join(known)}" for name in given if name not in known)
    yield from (problem for name in known if name in given for problem in _problems_of_value(name, given[name]))
    if "min_value" in known and not {"min_value", "max_value"} & set(given):
        yield "argument 'min_value' or 'max_value' is missing"
    if isinstance(query := given.get("query"), str):
        yield from _problems_of_query(query.replace("{table}", expectation.table))


def _problems_of_value(name: str, value: object) -> Iterator[str]:
    types, wanted = _ARGUMENTS[name]
    scalars = frozenset({str}) if wanted == "a list of texts" else _SCALARS
    if type(value) not in types or value in ("", []):
        yield f"argument {name!r} is {_shown(value)}, expected {wanted}"
    elif isinstance(value, list):
        yield from (
            f"argument {name!r} holds {_shown(one)}, expected {wanted}" for one in value if type(one) not in scalars
        )


def _problems_of_query(query: str) -> Iterator[str]:
    import duckdb  # noqa: PLC0415 - a suite without SQL of its own is read without it

    try:
        kinds = [statement.type for statement in duckdb.extract_statements(query)]
    except duckdb.Error as error:
        yield f"argument 'query' cannot be parsed: {first_line(error)}"
    else:
        if kinds != [duckdb.StatementType.SELECT]:
            yield f"argument 'query' is {_shown(query)}, expected one SELECT"


def _run_on_table(
    connection: duckdb.DuckDBPyConnection, table: str, expectations: Sequence[Expectation], examples: int
) -> list[ExpectationResult]:
    from pipelines.quality._duckdb_engine import evaluate  # noqa: PLC0415 - costs seconds

    try:
        place = _place(connection, table)
        answers = evaluate(connection, place, expectations)
    except Exception as error:  # noqa: BLE001 - whatever keeps a table from being read, nothing can be told about it
        return [_cannot_tell(expectation, first_line(error)) for expectation in expectations]
    return [
        _result(connection, quoted(*place), expectation, answer, examples)
        for expectation, answer in zip(expectations, answers, strict=True)
    ]


def _place(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[str, str, str]:
    """Return catalog, schema and name of a table: of the current catalog if it has one, else of the only other."""
    found = connection.execute(_PLACES, table.split(".")).fetchall()
    places = [place for *place, is_current in found if is_current] or [place for *place, _ in found]
    if len(places) != 1:
        catalogs = ", ".join(place[0] for place in places)
        message = f"table {table} is in several catalogs: {catalogs}" if places else f"table {table} does not exist"
        raise LookupError(message)
    catalog, schema, name = places[0]
    return catalog, schema, name


def _result(
    connection: duckdb.DuckDBPyConnection, table: str, expectation: Expectation, answer: Answer, examples: int
) -> ExpectationResult:
    import duckdb  # noqa: PLC0415 - only who runs expectations needs it

    if answer.error:
        return _cannot_tell(expectation, answer.error)
    try:
        return _answered_result(connection, table, expectation, answer, examples)
    except duckdb.Error as error:
        return _cannot_tell(expectation, first_line(error))


def _answered_result(
    connection: duckdb.DuckDBPyConnection, table: str, expectation: Expectation, answer: Answer, examples: int
) -> ExpectationResult:
    evaluated = _evaluated(connection, table, expectation)
    if expectation.kind == UNEXPECTED_ROWS:
        evaluated = max(evaluated, answer.failed)
    if evaluated == 0:
        return _cannot_tell(expectation, "no rows to test")
    failing_sql = _failing_sql(table, expectation)
    rows, remark = _failing_rows(connection, failing_sql, examples if answer.failed else 0)
    return ExpectationResult(
        expectation=expectation,
        verdict=Verdict.HOLDS if answer.holds else Verdict.BROKEN,
        evaluated=evaluated,
        failed=answer.failed,
        observed=(f"{answer.failed} of {evaluated} rows fail" if failing_sql else answer.observed) + remark,
        failing_sql=failing_sql,
        failing_rows=rows,
    )


def _cannot_tell(expectation: Expectation, reason: str) -> ExpectationResult:
    return ExpectationResult(
        expectation=expectation,
        verdict=Verdict.CANNOT_TELL,
        evaluated=0,
        failed=0,
        observed=reason,
        failing_sql="",
        failing_rows=(),
    )


def _evaluated(connection: duckdb.DuckDBPyConnection, table: str, expectation: Expectation) -> int:
    tested = KINDS[expectation.kind].tested
    if not tested:
        return 1
    query = _COUNT_ROWS.format(table=table, tested=tested.format_map(_rendered(expectation.arguments)))
    return sum(count for (count,) in connection.execute(query).fetchall())


def _failing_sql(table: str, expectation: Expectation) -> str:
    kind, arguments = KINDS[expectation.kind], expectation.arguments
    if expectation.kind == UNEXPECTED_ROWS:
        return query_text(expectation, table)
    if not kind.fails:
        return ""
    rendered = _rendered(arguments)
    columns = dict.fromkeys((*expectation.index, *_tested_columns(arguments)))
    return _FAILING_ROWS.format(
        columns=", ".join(map(quoted, columns)),
        table=table,
        tested=kind.tested.format_map(rendered),
        fails=kind.fails.format_map(rendered),
    )


def query_text(expectation: Expectation, table: str) -> str:
    """Return the SQL of an expectation of the kind `unexpected_rows`, ready to stand in brackets."""
    return str(expectation.arguments["query"]).replace("{table}", table).rstrip("; \t\r\n")


def _failing_rows(
    connection: duckdb.DuckDBPyConnection, failing_sql: str, examples: int
) -> tuple[tuple[str, ...], str]:
    """Return the first failing rows as JSON objects, and what kept them from being fetched."""
    import duckdb  # noqa: PLC0415 - only who runs expectations needs it

    if not failing_sql or not examples:
        return (), ""
    try:
        rows = connection.execute(_EXAMPLES.format(failing_sql=failing_sql, examples=examples)).fetchall()
    except duckdb.Error as error:
        return (), f"; the rows cannot be shown: {first_line(error)}"
    return tuple(row for (row,) in rows), ""


def _tested_columns(arguments: Mapping[str, Any]) -> Iterator[str]:
    yield from (arguments[name] for name in ("column", "column_A", "column_B") if name in arguments)
    yield from arguments.get("column_list", ())


def _rendered(arguments: Mapping[str, Any]) -> dict[str, str]:
    """Return everything that the SQL of a kind may mention, written as SQL."""
    columns = [quoted(column) for column in arguments.get("column_list", ())]
    return {
        "column": quoted(arguments.get("column", "")),
        "column_A": quoted(arguments.get("column_A", "")),
        "column_B": quoted(arguments.get("column_B", "")),
        "column_list": ", ".join(columns),
        "all_present": " AND ".join(f"{column} IS NOT NULL" for column in columns),
        "value_set": ", ".join(map(_literal, arguments.get("value_set", ()))),
        "regex": _literal(arguments.get("regex")),
        "at_least": _bound(">", arguments.get("min_value"), strict=arguments.get("strict_min", False)),
        "at_most": _bound("<", arguments.get("max_value"), strict=arguments.get("strict_max", False)),
        "greater": ">=" if arguments.get("or_equal") else ">",
    }


def _bound(sign: str, value: object, *, strict: bool) -> str:
    return "IS NOT NULL" if value is None else f"{sign}{'' if strict else '='} {_literal(value)}"


def quoted(*names: str) -> str:
    """Return a name of one or more parts as DuckDB reads it, whatever it consists of.

    >>> quoted("core", 'a "quoted" name')
    '"core"."a ""quoted"" name"'
    """
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)


def _literal(value: object) -> str:
    """Return a value as SQL.

    >>> [_literal(value) for value in (True, 1.5, date(2024, 1, 31), "it's")]
    ['true', '1.5', "DATE '2024-01-31'", "'it''s'"]
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return f"{'TIMESTAMP' if isinstance(value, datetime) else 'DATE'} '{value}'"
    return "'" + str(value).replace("'", "''") + "'"


def _shown(value: object) -> str:
    text = "empty" if value is None else repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def first_line(error: object) -> str:
    """Return the first line of an error's message."""
    return str(error).strip().partition("\n")[0] or type(error).__name__
