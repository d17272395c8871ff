"""A form is added by one YAML file: no code is touched."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.ingest.reading import read_report
from pipelines.registry import files, forms

FORM = """
form: local_test
zh: 某省统计表
en: Table of a province
source: 某政办发〔2010〕1号
first_year: 2010
last_year: 2013
national: false
marks: [本期实际]
tables:
  - table: test
    title: 信息公开统计表
    opening: 本期实际本年累计
    columns:
      - {label: 本期实际}
      - {label: 本年累计, suffix: .cumulative}
    rows:
      - {label: 公开目录数, indicator: local.on_request_catalogue}
      - {label: 热线接听数, indicator: local.phone_enquiries, aliases: [接听热线数]}
"""


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "registry"
    shutil.copytree(files.FOLDER, folder)
    monkeypatch.setattr(files, "FOLDER", folder)
    forms.forms.cache_clear()
    yield folder
    forms.forms.cache_clear()


def test_a_form_is_read_as_soon_as_it_is_declared(registry: Path) -> None:
    lines = (
        "某县人民政府2012年政府信息公开工作年度报告",
        "统计期限自2012年1月1日起至2012年12月31日止。",
        "信息公开统计表",
        "指标 本期实际 本年累计",
        "1.公开目录数 12 345",
        "2.接听热线数 6 78",
    )
    data = "\n".join(lines).encode()
    (registry / "forms" / "local_test.yml").write_text(FORM, encoding="utf-8")
    extraction = read_report(data).extraction
    found = {each.indicator: each.value for each in extraction.observations if each.form == "local_test"}
    assert found == {
        "local.on_request_catalogue": Decimal(12),
        "local.on_request_catalogue.cumulative": Decimal(345),
        "local.phone_enquiries": Decimal(6),
        "local.phone_enquiries.cumulative": Decimal(78),
    }


LAYOUTS = """
    known: 指标.{0,20}本年累计
    heads: {name: 指标, before_name: 码, unit: 单位, code: 代码, title_ends: 表, group: 公开情况}
    optional: true
    layouts: [[本期实际, 本年累计], [本年累计, 本期实际], [本年累计]]
    columns:
      - {label: 本期实际, head: 本期实际, suffix: .current_period}
      - {label: 本年累计, head: '本年累计|全年'}
"""
LAID_OUT = (
    FORM.replace("    opening: 本期实际本年累计\n", "")
    .replace("[本期实际]", "[本期实际, 本年累计]")
    .partition("    columns:")[0]
    .rstrip()
    + LAYOUTS
)
LAID_OUT += """    rows:
      - {label: 公开目录数, indicator: local.on_request_catalogue}
      - {label: 热线接听数, indicator: local.phone_enquiries, aliases: [接听热线数]}
"""


@pytest.mark.parametrize(
    "lines",
    [
        ("指标 单位 本期实际 本年累计", "公开目录数 条 12 345", "接听热线数 人次 6 78"),
        ("指标 单位 全年 本期实际", "公开目录数 条 345 12", "接听热线数 人次 78 6"),
        ("代码 指标 单位 本期实际 本年累计", "1 公开目录数 条 12 345", "2 热线接听数 人次 6 78"),
        ("指标|代码|单位|本年累计|本期实际", "公开目录数|1|条|345|12", "热线接听数|2|人次|78|6"),
        ("指标", "单位", "代码", "本年累计", "公开目录数", "条", "1", "345", "热线接听数", "人次", "2", "78"),
    ],
)
def test_a_layout_is_read_as_soon_as_it_is_declared(registry: Path, lines: tuple[str, ...]) -> None:
    title = ("某县人民政府2012年政府信息公开工作年度报告", "统计期限自2012年1月1日起至2012年12月31日止。")
    (registry / "forms" / "local_test.yml").write_text(LAID_OUT, encoding="utf-8")
    extraction = read_report("\n".join((*title, "信息公开统计表", *lines)).encode()).extraction
    found = {each.indicator: each.value for each in extraction.observations if each.form == "local_test"}
    year = {"local.on_request_catalogue": Decimal(345), "local.phone_enquiries": Decimal(78)}
    period = {
        "local.on_request_catalogue.current_period": Decimal(12),
        "local.phone_enquiries.current_period": Decimal(6),
    }
    assert found == (year | period if "本期实际" in "".join(lines) else year)


def test_a_layout_of_columns_that_are_not_declared_names_them(registry: Path) -> None:
    faulty = LAID_OUT.replace("[本年累计]]", "[上年累计]]")
    (registry / "forms" / "local_test.yml").write_text(faulty, encoding="utf-8")
    with pytest.raises(files.RegistryError, match=r"local_test\.yml.*上年累计"):
        forms.forms()


def test_a_faulty_form_names_its_file_and_row(registry: Path) -> None:
    faulty = FORM.replace("local.phone_enquiries", "local.unheard_of")
    (registry / "forms" / "local_test.yml").write_text(faulty, encoding="utf-8")
    with pytest.raises(files.RegistryError, match=r"local_test\.yml.*local\.unheard_of"):
        forms.forms()
