"""sources.yml: what is written is understood, what is not understood is refused with its line."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from pipelines.fetch.run import of_years
from pipelines.fetch.sources import Source, Sources, load_sources
from pipelines.registry.problems import Problem

WRITTEN = """\
contact: mailto:archive@a.org
sources:
  - body: 前进区人民政府
    list: http://www.a.gov.cn/col/col1/index.html
    years: 2019-2021
  - body: 平潭综合实验区
    report: https://b.gov.cn/t1.html

  - {body: 某局, report: 'http://c.gov.cn/report?year={year}', years: [2020, 2022], delay: 5}
  - body: 内网
    list: http://10.1.1.1/gkmlpt/index#3243
    years: 2024
    private: [10.1.0.0/16, '::1']
"""


def load(path: Path, text: str) -> Sources:
    file = path / "sources.yml"
    file.write_text(text, encoding="utf-8")
    return load_sources(file)


def test_sources_are_what_is_written(tmp_path: Path) -> None:
    found = load(tmp_path, WRITTEN)
    assert found.contact == "mailto:archive@a.org"
    assert [source.line for source in found.sources] == [3, 6, 9, 10]
    assert [source.is_list for source in found.sources] == [True, False, False, True]
    assert [source.years for source in found.sources] == [(2019, 2020, 2021), (), (2020, 2022), (2024,)]
    assert found.sources[3].private == (ip_network("10.1.0.0/16"), ip_network("::1/128"))
    assert found.sources[2].addresses == (
        ("http://c.gov.cn/report?year=2020", 2020),
        ("http://c.gov.cn/report?year=2022", 2022),
    )
    assert [source.addresses[0][1] for source in found.sources] == [None, None, 2020, 2024]


ONE = "sources:\n  - body: 某局\n    report: http://a.gov.cn/\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "sources.yml:1: 应为 sources 列表"),
        ("- body: x", "sources.yml:1: 应为 sources 列表"),
        ("sources: {}", "sources.yml:1: 应为 sources 列表"),
        ("surces: []", "sources.yml:1: 应为 sources 列表"),
        ("a: [", "while parsing"),
        ("sources: [x]", "sources.yml:1: 应为键值对"),
        ("contact: 张三\n" + ONE, "contact"),
        (ONE + "    year: 2020\n", "sources.yml:2: 不认识 year"),
        (ONE.replace("某局", "''"), "body"),
        (ONE.replace("body: 某局", "years: 2020"), "body"),
        (ONE + "    list: http://b.gov.cn/\n", "list 与 report"),
        (ONE.replace("report", "private"), "list 与 report"),
        (ONE.replace("http:", "file:"), "不是 http 或 https 地址"),
        (ONE.replace("a.gov.cn", "0x7f.1"), "不是 http 或 https 地址"),
        (ONE.replace("http://a.gov.cn/", "http://a.gov.cn/{year}"), "要写明 years"),
        (ONE + "    years: 20\n", "years “20”"),
        (ONE + "    years: [2019, x]\n", "years"),
        (ONE + "    private: inner\n", "private"),
        (ONE + "    private: 10.0.0.1/8\n", "private"),
        (ONE + "    delay: soon\n", "delay"),
        (ONE + "    delay: -1\n", "delay"),
        (ONE + "    delay: .nan\n", "delay"),
        (ONE + "    body: 又一局\n", "sources.yml:2: “body”写了两次"),
    ],
)
def test_what_is_not_understood_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Problem) as refused:
        load(tmp_path, text)
    assert refused.value.name == "sources-faulty"
    assert said in "\n".join(refused.value.details)


def test_no_sources_are_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        load_sources(tmp_path / "sources.yml")
    assert refused.value.name == "no-sources"


def years(source: Source) -> tuple[str, tuple[int, ...]]:
    return source.body, source.years


def test_a_run_can_be_narrowed_to_a_year(tmp_path: Path) -> None:
    sources = load(tmp_path, WRITTEN).sources
    assert of_years(sources, ()) == sources
    assert list(map(years, of_years(sources, [2020]))) == [
        ("前进区人民政府", (2020,)),
        ("平潭综合实验区", ()),
        ("某局", (2020,)),
    ]
    assert [source.body for source in of_years(sources, [2024, 2023])] == ["平潭综合实验区", "内网"]
