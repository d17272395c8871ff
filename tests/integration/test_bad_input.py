"""Bad files: each ends in quarantine or in findings with its reason, the run goes on, the exit code tells."""

import json
import os
import random
import re
from collections.abc import Callable

import duckdb
import pytest

from tests.integration.conftest import REPORT, Home, make_home

NewHome = Callable[[str], Home]
TEXT = REPORT.read_text(encoding="utf-8")
FIGURE = re.compile(r"\s*\d+\s*")
BIG = 200 * 1024 * 1024


def blank_form() -> str:
    table = ["\xa0" if FIGURE.fullmatch(line) else line for line in TEXT.split("\n")[57:363]]
    return "\n".join(["某县2017年政府信息公开工作年度报告", "统计期限自2017年1月1日至2017年12月31日止。", *table])


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = make_home(tmp_path_factory.mktemp("bad") / "home")
    home.add("2017/report.txt", REPORT.read_bytes())
    home.add("copy.txt", REPORT.read_bytes())
    home.add("gb18030.txt", TEXT.encode("gb18030"))
    home.add("utf-16.txt", TEXT.encode("utf-16"))
    home.add("truncated.txt", TEXT[: TEXT.index("三、依申请公开情况")].encode() + "四".encode()[:2])
    home.add("empty.txt", b"")
    home.add("noise.bin", random.Random(1).randbytes(30_000))
    home.add("notice.txt", "关于做好2017年政府信息公开工作年度报告编制工作的通知\n请于3月31日前报送。".encode())
    home.add("blank.txt", blank_form().encode())
    home.add("half-year.txt", TEXT.replace("2017年12月31日止", "2017年6月30日止").encode())
    home.add("scan.txt", b"%PDF-1.7\n" + bytes(2000))
    with home.add("big.txt", b"").open("r+b") as big:
        big.truncate(BIG)
    (home.raw / "dangling.txt").symlink_to(home.path / "nowhere")
    os.mkfifo(home.raw / "pipe.txt")
    return home


@pytest.fixture(scope="module")
def outcome(crowded: Home) -> dict[str, object]:
    done = crowded.run("build", "--json")
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def query(home: Home, text: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return connection.execute(text).fetchall()


@pytest.mark.usefixtures("outcome")
def test_each_bad_file_is_set_aside_with_its_reason(crowded: Home) -> None:
    assert dict(query(crowded, "SELECT path, reason FROM core.quarantine")) == {  # type: ignore[arg-type]
        "big.txt": "file-too-large",
        "blank.txt": "blank-form",
        "dangling.txt": "cannot-open",
        "empty.txt": "empty-file",
        "half-year.txt": "not-annual",
        "noise.bin": "unknown-encoding",
        "notice.txt": "not-an-annual-report",
        "pipe.txt": "cannot-open",
        "scan.txt": "damaged-file",
    }


@pytest.mark.usefixtures("outcome")
def test_the_same_text_in_other_encodings_gives_the_same_observations(crowded: Home) -> None:
    differing = query(
        crowded,
        """
        WITH each AS (
          SELECT report.report_id, list(observation ORDER BY source, time_period, indicator, breakdown, occurrence)
            .list_transform(lambda o: struct_pack(i := o.indicator, b := o.breakdown, v := o.value, s := o.status,
                            p := o.printed, l := o.locator)) AS figures
          FROM core.report AS report JOIN core.observation AS observation USING (report_id)
          WHERE encoding IN ('utf-8', 'gb18030', 'utf-16-le') AND report.observations > 80
          GROUP BY report.report_id
        )
        SELECT count(*), count(DISTINCT figures) FROM each
        """,
    )
    assert differing == [(3, 1)]
    assert query(crowded, "SELECT count(*) FROM quality.finding WHERE rule = 'same-text'") == [(2,)]


@pytest.mark.usefixtures("outcome")
def test_a_duplicate_is_one_report_and_a_finding(crowded: Home) -> None:
    found = query(crowded, "SELECT expected, found FROM quality.finding WHERE rule = 'duplicate-file'")
    assert found == [("2017/report.txt", "2017/report.txt, copy.txt")]
    assert query(crowded, "SELECT count(*) FROM core.report WHERE encoding = 'utf-8' AND observations > 80") == [(1,)]


@pytest.mark.usefixtures("outcome")
def test_a_truncated_report_is_read_as_far_as_it_goes_and_says_what_is_missing(crowded: Home) -> None:
    found = query(
        crowded,
        "SELECT rule, expected, found FROM quality.finding JOIN core.file USING (report_id)"
        " WHERE path = 'truncated.txt' AND rule IN ('truncated-bytes', 'rows-missing') ORDER BY 1",
    )
    assert found == [("rows-missing", "65", "20"), ("truncated-bytes", "", "2 bytes at the end")]


@pytest.mark.usefixtures("outcome")
def test_one_version_is_current_and_the_marts_are_those_of_the_good_report(crowded: Home) -> None:
    assert query(crowded, "SELECT count(*) FROM core.report WHERE is_current") == [(1,)]
    assert query(crowded, "SELECT website FROM mart.website_weibo ORDER BY time_period") == [(930,), (850,), (1011,)]


def test_quarantine_can_be_tolerated_and_is_not_read_again(crowded: Home, outcome: dict[str, object]) -> None:
    assert outcome["run"]["quarantined"] == 9  # type: ignore[index]
    done = crowded.run("build", "--allow-quarantine", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["run"]["read"] == 0


def test_read_tells_why_and_goes_on(crowded: Home) -> None:
    done = crowded.run("read", str(crowded.raw / "noise.bin"), str(REPORT), "--format", "csv")
    assert done.returncode == 1
    assert "unknown-encoding" in done.stderr
    assert "disclosure.items" in done.stdout


def test_a_build_that_fails_the_gate_publishes_nothing(new_home: NewHome) -> None:
    home = new_home("gate")
    home.add("a.txt", REPORT.read_bytes())
    assert home.run("build").returncode == 0
    published, parquet = home.database.read_bytes(), home.digests()
    suite = home.path / "expectations" / "core_report.yml"
    suite.write_text(suite.read_text(encoding="utf-8").replace("max_value: 2100", "max_value: 2001"), encoding="utf-8")
    home.add("b.txt", TEXT.replace("2017", "2016").encode())
    done = home.run("build")
    assert done.returncode == 3
    assert "year_is_present" in done.stderr
    assert home.database.read_bytes() == published
    assert home.digests() == parquet
    assert home.run("check").returncode == 3


def test_another_run_holds_the_lock(new_home: NewHome) -> None:
    import fcntl  # noqa: PLC0415 - one test needs it

    home = new_home("locked")
    home.warehouse.mkdir(parents=True)
    with (home.warehouse / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = home.run("build")
    assert done.returncode == 5
    assert "wait for it" in done.stderr
