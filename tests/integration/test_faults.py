"""What goes wrong around the command: damaged files, missing folders, signals. One line, a code, old data kept."""

import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from tests.generate.pdf import report_pdf
from tests.integration.conftest import REPORT, ROOT, Home

KEY = "230804/2017/disclosure.via_website/series"
COMMANDS = (("sql", "SELECT count(*) FROM core.observation"), ("check",), ("explain", KEY))


@pytest.fixture
def home(built: Home, tmp_path: Path) -> Home:
    """A built home that may be damaged."""
    shutil.copytree(built.path, tmp_path / "home")
    return Home(tmp_path / "home")


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if ": error " in line]
    assert " | " in line
    return line


def noise(database: Path) -> None:
    database.write_bytes(os.urandom(50_000))


def half(database: Path) -> None:
    os.truncate(database, database.stat().st_size // 2)


def folder(database: Path) -> None:
    database.unlink()
    database.mkdir()
    (database / "something").touch()


def newer(database: Path) -> None:
    """Raise the version of the storage, with the checksum that DuckDB computes over its first block."""
    data = bytearray(database.read_bytes())
    struct.pack_into("<Q", data, 12, 4_000)
    checksum = 5381
    for (word,) in struct.iter_unpack("<Q", bytes(data[8:4096])):
        checksum ^= word * 0xBF58476D1CE4E5B9 % 2**64
    struct.pack_into("<Q", data, 0, checksum)
    database.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (noise, "not a valid DuckDB database file"),
        (half, "Could not read enough bytes"),
        (folder, "Is a directory"),
        (newer, "version number 4000"),
    ],
)
def test_a_damaged_warehouse_is_told_in_one_line(home: Home, damage: Callable[[Path], None], says: str) -> None:
    damage(home.database)
    for command in COMMANDS:
        done = home.run(*command)
        line = one_line(done)
        assert done.returncode == 1
        assert line.startswith(f"{home.database}: error warehouse-unreadable: ")
        assert says in line
        assert "run `gongkai build`" in line


def older(database: Path) -> None:
    """Make of a warehouse one of a version that knew less."""
    with duckdb.connect(str(database)) as connection:
        connection.execute("DROP TABLE core.deadline")
        connection.execute("DROP TABLE quality.rule_run")
        connection.execute("ALTER TABLE quality.run DROP COLUMN build_version")


@pytest.mark.parametrize("damage", [noise, folder, newer, older])
def test_a_build_replaces_a_damaged_warehouse(home: Home, damage: Callable[[Path], None]) -> None:
    before = home.digests()
    damage(home.database)
    for name in ("building", "rejected"):
        shutil.copytree(home.raw, home.warehouse / f"warehouse.duckdb.{name}")
    assert home.run("build").returncode == 0
    assert home.digests() == before
    assert home.run("sql", "SELECT count(*) AS n FROM core.observation", "--format", "csv").stdout == "n\n84\n"


def test_a_warehouse_of_another_version_is_told_from_a_faulty_query(home: Home) -> None:
    home.database.unlink()
    code = f"import duckdb; duckdb.connect({str(home.database)!r}).execute('CREATE TABLE x AS SELECT 1')"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert "warehouse-of-another-version" in one_line(home.run("check"))
    assert "warehouse-of-another-version" in one_line(home.run("explain", KEY))


def test_faulty_expectations_stop_a_build_before_it_begins(home: Home) -> None:
    published = home.database.read_bytes()
    (home.path / "expectations" / "core_file.yml").write_text("a: [", encoding="utf-8")
    done = home.run("build")
    assert done.returncode == 1
    assert one_line(done).startswith(f"{home.path / 'expectations'}: error expectations-faulty: ")
    assert done.stderr.startswith(f"{home.path / 'expectations' / 'core_file.yml'}:1: ")
    shutil.rmtree(home.path / "expectations")
    (home.path / "expectations").mkdir()
    done = home.run("build")
    assert done.returncode == 1
    assert one_line(done).startswith(f"{home.path / 'expectations'}: error no-expectations: ")
    assert home.database.read_bytes() == published


def test_a_parquet_file_that_was_overwritten_is_made_again(home: Home) -> None:
    before = home.digests()
    next((home.warehouse / "parquet" / "core.observation").rglob("*.parquet")).write_bytes(b"nothing")
    assert home.run("build").returncode == 0
    assert home.digests() == before


def test_a_parquet_file_that_is_damaged_inside_says_how_to_begin_anew(home: Home) -> None:
    path = next((home.warehouse / "parquet" / "core.observation").rglob("*.parquet"))
    data = path.read_bytes()
    path.write_bytes(data[:40] + b"?" * (len(data) - 80) + data[-40:])
    for name in ("", ".standby", ".previous"):
        home.database.with_name(home.database.name + name).unlink(missing_ok=True)
    done = home.run("build")
    assert done.returncode == 1
    assert "error parquet-damaged" in one_line(done)


@pytest.mark.parametrize("name", ["raw", "warehouse"])
def test_a_file_in_the_place_of_a_folder(home: Home, name: str) -> None:
    shutil.rmtree(home.path / "data" / name)
    (home.path / "data" / name).touch()
    done = home.run("build")
    assert done.returncode == 1
    assert one_line(done).startswith(f"{home.path / 'data' / name}: error ")


LISTENING = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
runpy.run_module("pipelines.cli", run_name="__main__")
"""


@contextmanager
def running_command(home: Home, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command that hears both signals even where this process ignores them, and that never outlives its test."""
    with subprocess.Popen(
        [sys.executable, "-c", LISTENING, *words],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"GONGKAI_HOME": str(home.path), "GONGKAI_WORKERS": "2"},
        cwd=ROOT,
        start_new_session=True,
    ) as running:
        try:
            yield running
            running.wait(timeout=60)
        finally:
            running.kill()


def opened(running: subprocess.Popen[str], file: Path) -> bool:
    """Return whether a command has a file open."""
    descriptors = Path(f"/proc/{running.pid}/fd")
    return any(each.exists() and each.resolve() == file.resolve() for each in descriptors.iterdir())


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def crowd(home: Home) -> None:
    text = REPORT.read_text(encoding="utf-8")
    for number in range(300):
        home.add(f"crowd/{number}.txt", text.replace("2895", str(3000 + number)).encode())


@pytest.mark.parametrize(("number", "code", "word"), [(signal.SIGINT, 130, "中断"), (signal.SIGTERM, 143, "终止")])
@pytest.mark.parametrize("everybody", [False, True])
def test_a_signal_while_reading_ends_all_with_one_line(
    home: Home, number: signal.Signals, code: int, word: str, *, everybody: bool
) -> None:
    crowd(home)
    published, parquet = home.database.read_bytes(), home.digests()
    with running_command(home, "build") as running:
        until((home.warehouse / "staging").exists)
        time.sleep(0.5)
        (os.killpg if everybody else os.kill)(running.pid, number)
        said = running.communicate(timeout=60)[1]
    assert running.returncode == code
    (line,) = said.splitlines()
    assert line.startswith(word)
    assert home.database.read_bytes() == published
    assert home.digests() == parquet


def test_a_signal_between_two_steps_leaves_the_rest_to_the_next_run(home: Home) -> None:
    home.add("another.txt", REPORT.read_text(encoding="utf-8").replace("2017", "2016").encode())
    published = home.database.read_bytes()
    with running_command(home, "build") as running:
        assert running.stderr is not None
        told = next(line for line in running.stderr if line.startswith("mart."))
        running.send_signal(signal.SIGINT)
        said = running.stderr.read()
    assert running.returncode == 130, told
    assert "Traceback" not in said
    assert said.splitlines()[-1].startswith("中断")
    assert home.database.read_bytes() == published
    assert list(home.warehouse.rglob("*.next"))
    (home.raw / "another.txt").unlink()
    assert json.loads(home.run("build", "--json").stdout)["run"]["reports"] == 1
    left = [*home.warehouse.rglob("*.next"), *home.warehouse.rglob("*.building"), *home.warehouse.glob("staging")]
    assert left == []


def test_an_interrupted_run_is_shown_as_cancelled(home: Home) -> None:
    with running_command(home, "build") as running:
        assert running.stderr is not None
        next(line for line in running.stderr if line.startswith("mart."))
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)
    code = (
        "import sys, dagster as dg; i = dg.DagsterInstance.from_config(sys.argv[1]);"
        "print(sorted(r.status.value for r in i.get_runs())); i.dispose()"
    )
    command = [sys.executable, "-c", code, str(home.warehouse / "dagster")]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "CANCELED" in told.stdout
    assert "STARTED" not in told.stdout


def test_a_query_that_takes_too_long_can_be_interrupted(built: Home) -> None:
    slow = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 3"
    with running_command(built, "sql", slow) as running:
        until(lambda: opened(running, built.database))
        time.sleep(1)
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=60)[1]
    assert (running.returncode, len(said.splitlines())) == (130, 1)


def test_a_parquet_file_that_is_gone_is_made_again(home: Home) -> None:
    before = home.digests()
    (path,) = (home.warehouse / "parquet" / "core.observation").rglob("*.parquet")
    path.unlink()
    assert home.run("build").returncode == 0
    assert home.digests() == before


def test_a_command_ends_that_was_started_deaf_to_signals(home: Home) -> None:
    file = home.add("report.pdf", report_pdf())
    deaf = (
        "import os, signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.execv(sys.executable, sys.argv[1:])"
    )
    command = [sys.executable, "-c", deaf, sys.executable, "-m", "pipelines.cli", "read", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


NO_ROOM = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
runpy.run_module("pipelines.cli", run_name="__main__")
"""


def unmeasured(home: Home) -> dict[str, str]:
    """An environment in which coverage is not measured: its own file would not fit on the disk either."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    return inherited | {"GONGKAI_HOME": str(home.path)}


@pytest.mark.parametrize(
    "room", [0, *(pytest.param(room, marks=pytest.mark.long) for room in (1_000, 300_000, 700_000)), 20_000]
)
def test_a_disk_without_room_is_told_in_one_line_and_loses_nothing(home: Home, room: int) -> None:
    published, before = home.database.read_bytes(), home.digests()
    home.add("another.txt", REPORT.read_text(encoding="utf-8").replace("2017", "2016").encode())
    command = [sys.executable, "-c", NO_ROOM, str(room), "build"]
    done = subprocess.run(command, capture_output=True, text=True, env=unmeasured(home), cwd=ROOT, check=False)
    assert done.returncode == 1
    assert "error disk-refuses" in one_line(done)
    assert (home.database.read_bytes(), home.digests()) == (published, before)
    assert json.loads(home.run("build", "--json").stdout)["run"]["reports"] == 2
