"""What starts the job by itself, who is told of a failure, and which reports are overdue."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import dagster as dg
import pytest

from pipelines.orchestration.job import build_definitions
from pipelines.orchestration.routine import SEASON, TIMEZONE, fingerprint, overdue, tell
from pipelines.settings import Settings, load_settings
from tests.integration.conftest import REPORT, Home


@pytest.fixture
def settings(new_home: Callable[[str], Home]) -> Settings:
    home = new_home("home")
    home.add("2017/report.txt", REPORT.read_bytes())
    return replace(load_settings(home.path), raw=home.raw, warehouse=home.warehouse)


def asked(settings: Settings, cursor: str | None) -> tuple[int, str | None]:
    """Return how many runs the sensor asks for, and its cursor afterwards."""
    definitions = build_definitions(settings)
    sensor = definitions.resolve_sensor_def("raw_folder")
    with dg.build_sensor_context(definitions=definitions, cursor=cursor) as context:
        told = sensor.evaluate_tick(context)
    return len(told.run_requests or ()), told.cursor


def test_the_sensor_asks_once_for_each_change(settings: Settings) -> None:
    first, cursor = asked(settings, None)
    again, same = asked(settings, cursor)
    (settings.raw / "2017" / "report.txt").rename(settings.raw / "renamed.txt")
    renamed, other = asked(settings, same)
    assert (first, again, renamed) == (1, 0, 1)
    assert cursor == same != other


def test_the_sensor_waits_for_a_folder(settings: Settings) -> None:
    assert asked(replace(settings, raw=settings.home / "nowhere"), "before") == (0, "before")


def test_a_file_that_is_replaced_in_place_is_a_change(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1")
    before = fingerprint(tmp_path)
    (tmp_path / "a.txt").write_text("23")
    assert fingerprint(tmp_path) != before


def test_schedules_follow_the_season_in_chinese_time(settings: Settings) -> None:
    schedules = {each.name: each for each in build_definitions(settings).get_repository_def().schedule_defs}
    assert set(schedules) == {"season", "rest_of_year"}
    assert (schedules["season"].cron_schedule, schedules["season"].execution_timezone) == (SEASON, TIMEZONE)
    assert all(each.default_status is dg.DefaultScheduleStatus.STOPPED for each in schedules.values())


def test_a_failure_is_one_line_in_a_file(tmp_path: Path) -> None:
    tell(str(tmp_path / "failures.log"), "r1", "坏了")
    tell(str(tmp_path / "failures.log"), "r2", "又坏了\n第二行")
    lines = (tmp_path / "failures.log").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["run_id"] for line in lines] == ["r1", "r2"]


def test_nobody_is_told_unless_somebody_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tell("", "r1", "坏了")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    received: list[bytes] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", received
    server.shutdown()
    server.server_close()


def test_a_failure_calls_one_address(listener: tuple[str, list[bytes]]) -> None:
    address, received = listener
    tell(address, "r1", "坏了")
    assert [json.loads(body) for body in received] == [{"run_id": "r1", "message": "坏了"}]


def test_what_is_overdue_depends_on_the_day(built: Home) -> None:
    settings = replace(load_settings(built.path), raw=built.raw, warehouse=built.warehouse)
    assert list(overdue(settings, date(2019, 3, 31))) == []
    assert list(overdue(settings, date(2019, 4, 1))) == ["佳木斯市前进区人民政府 2018"]


def test_nothing_is_overdue_without_a_warehouse(settings: Settings) -> None:
    assert list(overdue(settings, date(2019, 4, 1))) == []
