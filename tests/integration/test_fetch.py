"""`gongkai fetch` as a user runs it, against a site on loopback, and what a build makes of it."""

import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import duckdb
import pytest

from pipelines.ingest.build import build_core
from pipelines.ingest.update import plan_update, read_fresh, write_table
from pipelines.registry.problems import Problem
from pipelines.settings import load_settings
from pipelines.warehouse.columns import REPORT_TABLES
from tests.integration.conftest import REPORT, ROOT, Home
from tests.integration.test_faults import LISTENING
from tests.site import Site, site_on_loopback

NewHome = Callable[[str], Home]
TITLE = "佳木斯市前进区2017年政府信息公开工作年度报告"


@pytest.fixture
def site() -> Iterator[Site]:
    with site_on_loopback() as found:
        yield found


def sources(home: Home, *written: str) -> None:
    lines = [f"  - {{body: 前进区人民政府, private: 127.0.0.0/8, delay: 0, {each}}}\n" for each in written]
    (home.path / "data" / "sources.yml").write_text("sources:\n" + "".join(lines), encoding="utf-8")


def built_rows(home: Home, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a query on the core tables that a build makes, without the steps that follow them."""
    settings = replace(load_settings(home.path), raw=home.raw, warehouse=home.warehouse)
    update = read_fresh(settings, plan_update(settings))
    for table in REPORT_TABLES:
        write_table(settings, update, table, update.years)
    build_core(settings, update)
    with duckdb.connect(str(settings.building), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_report_leads_back_to_its_address(new_home: NewHome, site: Site) -> None:
    home = new_home("home")
    sources(home, f'list: "{site.root}/nb/index.html", years: 2017')
    site.page("/nb/index.html", f'<html><a href="t1.html" title="{TITLE}">{TITLE}</a></html>')
    site.data("/nb/t1.html", REPORT.read_bytes(), ETag='"7"', Content_Type="text/plain; charset=utf-8")
    done = home.run("fetch")
    assert done.returncode == 0, done.stderr
    path = done.stdout.strip()
    assert (home.raw / path).read_bytes() == REPORT.read_bytes()
    assert "新存 stored 1" in done.stderr
    again = home.run("fetch", "--json", "--year", "2017")
    assert [outcome["kind"] for outcome in json.loads(again.stdout)["outcomes"]] == ["unchanged"]

    moved = home.raw / "by hand" / "report.txt"
    moved.parent.mkdir()
    (home.raw / path).rename(moved)
    sha256 = hashlib.sha256(REPORT.read_bytes()).hexdigest()
    assert built_rows(
        home,
        "SELECT sha256, address, domain, found_on, origin.title, origin.body, year, status, etag, body_id, origin.path,"
        " file.path FROM core.origin"
        " JOIN core.report USING (report_id, sha256) JOIN core.file USING (report_id, sha256)",
    ) == [
        (
            *(sha256, f"{site.root}/nb/t1.html", "127.0.0.1", f"{site.root}/nb/index.html", TITLE, "前进区人民政府"),
            *(2017, 200, '"7"', "230804", path, "by hand/report.txt"),
        )
    ]


def test_failures_are_told_each_in_a_line_and_the_rest_is_fetched(new_home: NewHome, site: Site) -> None:
    home = new_home("home")
    sources(
        home,
        f'report: "{site.root}/gone", years: 2024',
        f'report: "{site.root}/there", years: 2024',
        f'list: "{site.root}/list", years: [2023, 2024]',
        'report: "http://10.0.0.1/x"',
    )
    site.page("/there", "<html>公开</html>")
    site.page("/list", '<html><a href="/there">2023年政府信息公开年度报告</a></html>')
    done = home.run("fetch")
    assert done.returncode == 1
    path = home.path / "data" / "sources.yml"
    told = [line for line in done.stderr.splitlines() if line.startswith(f"{path}:")]
    assert [line.removeprefix(f"{path}:").split(": ")[:2] for line in told] == [
        ["2", "error http-status"],
        ["4", "info not-listed"],
        ["5", "error not-public"],
    ]
    assert all(" | " in line for line in told)
    assert f"（{site.root}/gone: 404）" in told[0]
    assert f"({site.root}/gone: 404)" in told[0]
    assert len(done.stdout.splitlines()) == 1


def test_a_dry_run_touches_nothing(new_home: NewHome, site: Site) -> None:
    home = new_home("home")
    sources(home, f'list: "{site.root}/list"')
    site.page("/list", '<html><a href="/there">2023年政府信息公开年度报告</a></html>')
    before = sorted(home.path.rglob("*"))
    done = home.run("fetch", "--dry-run")
    assert (done.returncode, done.stdout.strip()) == (0, f"{site.root}/there")
    assert sorted(home.path.rglob("*")) == before


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "error no-sources: "),
        ("sources:\n  - body: x\n", "error sources-faulty: "),
    ],
)
def test_sources_that_cannot_be_used_are_told(new_home: NewHome, written: str | None, said: str) -> None:
    home = new_home("home")
    path = home.path / "data" / "sources.yml"
    if written:
        path.write_text(written, encoding="utf-8")
    done = home.run("fetch")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{path}: {said}" in done.stderr
    assert (f"{path}:2: " in done.stderr) == bool(written)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_nothing_half_done(new_home: NewHome, site: Site, number: signal.Signals) -> None:
    home = new_home("home")
    sources(home, f'report: "{site.root}/slow", years: 2024', f'report: "{site.root}/x", years: 2024')
    site.page("/x", "<html>公开</html>")
    site.stream("/slow", lambda: (time.sleep(0.1) or b"x" for _ in range(100)))
    environment = os.environ | {"GONGKAI_HOME": str(home.path)}
    command = [sys.executable, "-c", LISTENING, "fetch"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE) as process:
        while "/slow" not in site.paths:
            time.sleep(0.01)
            assert process.poll() is None
        process.send_signal(number)
        assert process.wait(60) == {signal.SIGINT: 130, signal.SIGTERM: 143}.get(number, -number)
    assert not home.raw.exists() or list(home.raw.rglob("*")) == []
    site.page("/slow", "<html>公开</html>")
    assert home.run("fetch").returncode == 0


def test_two_runs_do_not_fetch_at_once(new_home: NewHome) -> None:
    home = new_home("home")
    sources(home, 'report: "http://127.0.0.1:9/x"')
    home.warehouse.mkdir()
    with (home.warehouse / ".fetch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert home.run("fetch").returncode == 5


def test_a_record_that_is_none_stops_fetch_and_build(new_home: NewHome) -> None:
    home = new_home("home")
    sources(home, 'report: "http://127.0.0.1:9/x"')
    path = home.add("2017/a.gov.cn/.origin.jsonl", b"{\n")
    done = home.run("fetch")
    assert done.returncode == 1
    assert f"{path}:1: error origin-faulty: " in done.stderr
    with pytest.raises(Problem, match="cannot be understood"):
        built_rows(home, "SELECT 1")
