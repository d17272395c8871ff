"""The shape of the code: imports point down, everything is said once and says what it is."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipelines"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
SIBLINGS = {"read", "extract", "warehouse", "sql", "quality", "display", "dashboard", "demo", "export"}
LAYERS = (
    {"model"},
    {"registry"},
    SIBLINGS,
    {"fetch"},
    {"ingest"},
    {"orchestration"},
    {"definitions", "cli"},
)
MAY_IMPORT_SETTINGS = {"orchestration", "definitions", "cli", "ingest", "settings"}
LONGEST_FUNCTION = 50
LONGEST_MEDIAN = 10
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _module_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _part(path: Path) -> str:
    """Return the folder or top module of the package to which a file belongs."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path) -> Iterator[str]:
    """Yield the full names that a module imports, wherever in it."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _imported_parts(path: Path) -> set[str]:
    names = (name.split(".") for name in _imports(path))
    return {name[1] for name in names if name[0] == "pipelines" and len(name) > 1}


def _layer(part: str) -> int | None:
    return next((number for number, parts in enumerate(LAYERS) if part in parts), None)


@pytest.mark.parametrize("path", MODULES, ids=_module_name)
def test_imports_point_down(path: Path) -> None:
    part = _part(path)
    here = _layer(part)
    if here is None:
        assert part in {"__init__", "settings"}, f"{part} belongs to no layer"
        return
    wrong = {
        other
        for other in _imported_parts(path) - {part, "settings"}
        if (there := _layer(other)) is None or there >= here
    }
    assert wrong == set()


@pytest.mark.parametrize("path", MODULES, ids=_module_name)
def test_settings_are_read_at_the_rim(path: Path) -> None:
    assert "settings" not in _imported_parts(path) or _part(path) in MAY_IMPORT_SETTINGS


@pytest.mark.parametrize("path", MODULES, ids=_module_name)
def test_no_import_is_relative(path: Path) -> None:
    assert [node.lineno for node in ast.walk(_tree(path)) if isinstance(node, ast.ImportFrom) and node.level] == []


@pytest.mark.parametrize(
    ("library", "parts"),
    [
        ("dagster", {"orchestration", "definitions"}),
        ("great_expectations", {"quality"}),
        *((library, {"fetch"}) for library in ("urllib3", "protego", "socket", "ssl", "requests")),
        ("http", {"fetch", "dashboard"}),
        *((library, {"dashboard"}) for library in ("jinja2", "vl_convert")),
    ],
)
def test_a_heavy_library_stays_in_its_place(library: str, parts: set[str]) -> None:
    users = {_part(path) for path in MODULES if library in {name.split(".")[0] for name in _imports(path)}}
    assert users <= parts


def test_reading_a_report_loads_nothing_heavy() -> None:
    heavy = ("dagster", "great_expectations", "pandas", "duckdb", "pypdfium2", "python_calamine", "olefile", "pdfminer")
    heavy = (*heavy, "urllib3", "protego")
    code = f"import sys, pipelines.ingest.reading; print([name for name in {heavy} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.strip() == "[]"


def _functions(path: Path) -> list[Function]:
    return [node for node in ast.walk(_tree(path)) if isinstance(node, Function)]


def _length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _public(nodes: list[ast.stmt]) -> Iterator[ast.AST]:
    """Yield the public functions and classes of a body, methods of public classes included."""
    for node in nodes:
        if isinstance(node, (*Function.__args__, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def _declared_to_dagster(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the functions that Dagster runs, which stand inside the functions that make them."""
    for node in ast.walk(tree):
        if isinstance(node, Function) and any(ast.unparse(each).startswith("dg.") for each in node.decorator_list):
            yield node


def _undocumented(path: Path) -> list[str]:
    tree = _tree(path)
    nodes = [node for node in (*_public(tree.body), *_declared_to_dagster(tree)) if not ast.get_docstring(node)]
    return [] if ast.get_docstring(tree) and not nodes else [getattr(node, "name", "module") for node in (tree, *nodes)]


@pytest.mark.parametrize("path", MODULES, ids=_module_name)
def test_everything_public_says_what_it_is(path: Path) -> None:
    assert _undocumented(path) == []


@pytest.mark.parametrize("path", MODULES, ids=_module_name)
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    assert [found.name for found in _functions(path) if _length(found) > LONGEST_FUNCTION] == []


def test_functions_are_short() -> None:
    assert median(map(_length, chain.from_iterable(map(_functions, MODULES)))) < LONGEST_MEDIAN


def test_modules_are_named_for_what_they_hold() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common"}
    assert [_module_name(path) for path in MODULES if vague & {*path.relative_to(PACKAGE).with_suffix("").parts}] == []


def _committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True, cwd=ROOT)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_committed_file_knows_this_machine() -> None:
    roots = ("work", "root", "home", "Users")
    forbidden = [f"/{name}/".encode() for name in roots]
    forbidden += [".".join(parts).encode() for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]
    forbidden += [b"index" + b"-url", b"artif" + b"actory", b"nexus" + b"/repository"]
    found = [
        (str(path.relative_to(ROOT)), text.decode())
        for path in _committed()
        for text in forbidden
        if text in path.read_bytes()
    ]
    assert found == []
