"""Archives: the report first, its attachments after it; what is made to do harm is refused."""

from contextlib import nullcontext
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from pipelines.model.report import Unreadable
from pipelines.read.archive import member_name
from pipelines.read.document import read_document
from tests.generate.doc import Cell, Stretch, doc, row

REPORT = "某县2024年政府信息公开工作年度报告\n本年度主动公开政府信息3405条。\n".encode()
TABLE = doc([Stretch("附件：情况统计表\r"), *row([Cell("公开", 900), Cell("3405", 1800)]), Stretch("完\r")])


def _zip(members: dict[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", compression) as file:
        for name, data in members.items():
            file.writestr(ZipInfo(name), data, compression)
    return stream.getvalue()


def test_one_document_is_that_document() -> None:
    document = read_document(_zip({"报告.txt": REPORT, "__MACOSX/._报告.txt": b"\0\5", "图.png": b"\x89PNG\r\n"}))
    assert (document.media_type, document.texts[1]) == ("text/plain", "本年度主动公开政府信息3405条。")
    assert document.places[1] == "报告.txt: line 2"
    assert document.unread == ("图.png: format-not-read (image/png)",)


def test_attachments_follow_the_report() -> None:
    document = read_document(_zip({"1.doc": TABLE, "2.txt": REPORT}))
    assert (document.media_type, document.texts[0]) == ("application/zip", "某县2024年政府信息公开工作年度报告")
    cells = [(document.places[cell.fragment], document.texts[cell.fragment]) for cell in document.grids[0].cells]
    assert cells == [("1.doc: table 1 row 1 cell 1", "公开"), ("1.doc: table 1 row 1 cell 2", "3405")]


def test_two_members_of_one_name_are_two() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w") as file:
        for data in (REPORT, TABLE):
            with pytest.warns(UserWarning, match="Duplicate name") if data is TABLE else nullcontext():
                file.writestr("同名", data)
    document = read_document(stream.getvalue())
    assert (document.texts[0], len(document.grids)) == ("某县2024年政府信息公开工作年度报告", 1)


def test_names_in_gbk_are_read() -> None:
    entry = ZipInfo("年度报告.txt".encode("gbk").decode("cp437"))
    assert member_name(entry) == "年度报告.txt"


def test_an_archive_in_an_archive_is_opened() -> None:
    document = read_document(_zip({"内.zip": _zip({"报告.txt": REPORT})}))
    assert document.places[0] == "内.zip/报告.txt: line 1"


def _encrypted() -> bytes:
    data = bytearray(_zip({"a.txt": REPORT}, 0))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        data[at] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_zip({"甲.txt": REPORT, "乙.txt": REPORT + b"x"}), "several-reports"),
        (_zip({"a.png": b"\x89PNG\r\n"}), "format-not-read"),
        (_zip({}), "format-not-read"),
        (_zip({"../a.txt": REPORT}), "archive-refused"),
        (_zip({"/etc/a.txt": REPORT}), "archive-refused"),
        (_zip({"a.zip": _zip({"b.zip": _zip({"c.txt": REPORT})})}), "archive-refused"),
        (_zip({f"{n}.txt": b"x" for n in range(600)}), "archive-refused"),
        (_zip({f"{n}.txt": bytes(64 << 20) for n in range(4)}), "archive-refused"),
        (_zip({"a.txt": REPORT})[:60], "damaged-file"),
        (_zip({"a.txt": REPORT}, 0).replace(b"3405", b"3406"), "damaged-file"),
        (_encrypted(), "encrypted-file"),
        (_zip({"mimetype": b"application/vnd.oasis.opendocument.text"}), "format-not-read"),
        (_zip({"OFD.xml": b"<x/>"}), "format-not-read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(data)
    assert refused.value.reason == reason


def test_several_reports_are_named() -> None:
    with pytest.raises(Unreadable, match=r"several-reports.*甲\.txt; 乙\.txt|several-reports.*乙\.txt; 甲\.txt"):
        read_document(_zip({"甲.txt": REPORT, "乙.txt": REPORT + b"x"}))
