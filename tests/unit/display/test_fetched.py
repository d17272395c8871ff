"""What a run of fetching says to people."""

from pipelines.display.fetched import fetched_lines
from pipelines.fetch.follow import Kind, Outcome


def outcome(kind: Kind, **given: object) -> Outcome:
    parts = {"kind": kind, "line": 4, "body": "某局", "year": 2024, "address": "http://a.gov.cn/x"}
    return Outcome(**{**parts, **given})  # type: ignore[arg-type]


def test_every_failure_has_its_line_and_every_kind_its_number() -> None:
    outcomes = [
        outcome(Kind.STORED),
        outcome(Kind.FAILED, reason="http-status", detail="404"),
        outcome(Kind.FAILED, reason="robots-forbid", detail="http://a.gov.cn/x"),
        outcome(Kind.ABSENT),
        outcome(Kind.STORED),
    ]
    status, robots, absent, summary = fetched_lines("sources.yml", outcomes)
    assert status.startswith("sources.yml:4: error http-status: 某局：")
    assert status.count("http://a.gov.cn/x: 404") == 2
    assert robots.count("http://a.gov.cn/x") == 2
    assert absent.startswith("sources.yml:4: info not-listed: 某局：列表中没有 2024 年的报告")
    assert summary == "fetch: 新存 stored 2，列表中没有 not listed 1，失败 failed 2"


def test_nothing_is_told_as_nothing() -> None:
    assert list(fetched_lines("sources.yml", [])) == ["fetch: 没有可抓取的 nothing to fetch"]
