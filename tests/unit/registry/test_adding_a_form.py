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


def test_a_faulty_form_names_its_file_and_row(registry: Path) -> None:
    faulty = FORM.replace("local.phone_enquiries", "local.unheard_of")
    (registry / "forms" / "local_test.yml").write_text(faulty, encoding="utf-8")
    with pytest.raises(files.RegistryError, match=r"local_test\.yml.*local\.unheard_of"):
        forms.forms()
