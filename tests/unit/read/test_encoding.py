"""Encodings of pages: what they say, what they are, what is spoilt in them."""

import pytest

from pipelines.model.report import Unreadable
from pipelines.read.document import read_document
from pipelines.read.encoding import declared_encoding, decode, decode_verbatim
from pipelines.read.media import media_type

SIMPLIFIED = "某县人民政府2017年政府信息公开工作年度报告，主动公开政府信息157条。" * 20
TRADITIONAL = "某縣人民政府2017年政府資訊公開工作年度報告，主動公開政府資訊157條。" * 20


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'<meta charset="gb2312">', "gb18030"),
        (b"<META http-equiv=Content-Type content='text/html; charset=GBK'>", "gb18030"),
        (b'<?xml version="1.0" encoding="Big5"?>', "big5hkscs"),
        (b"<meta charset=utf-8>", "utf-8"),
        (b'<meta charset="klingon">', ""),
        (b"<p>charset=gb2312", ""),
        (b"<meta " + b"x" * 4_000 + b" charset=gbk>", ""),
    ],
)
def test_declarations(head: bytes, expected: str) -> None:
    assert declared_encoding(head) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["", "utf-8", "gb18030", "big5hkscs"])
def test_a_false_declaration_does_no_harm(encoding: str, declared: str) -> None:
    decoded = decode_verbatim(SIMPLIFIED.encode(encoding), declared)
    assert (decoded.text, decoded.encoding, decoded.damage) == (SIMPLIFIED, encoding, ())


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950"])
@pytest.mark.parametrize("declared", ["", "utf-8", "gb18030", "big5hkscs"])
def test_traditional_script_in_big5(encoding: str, declared: str) -> None:
    decoded = decode_verbatim(TRADITIONAL.encode(encoding), declared)
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, "big5hkscs")


def test_a_page_of_markup_with_little_text_is_plausible() -> None:
    page = "<td style='border:none'>\n" * 5_000 + SIMPLIFIED
    assert decode(page.encode("gb18030")).text == page


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_spoilt_bytes_are_seen_and_named(encoding: str) -> None:
    data = SIMPLIFIED.encode(encoding)
    at = data.index("条".encode(encoding), 900)
    decoded = decode(data[:at] + b"\xff" + data[at:])
    assert decoded.text.count("\ufffd") == 1
    assert decoded.text.replace("\ufffd", "") == SIMPLIFIED
    assert decoded.damage == (f"1 characters that are no {encoding}",)


def test_much_that_is_spoilt_is_refused() -> None:
    data = bytearray(SIMPLIFIED.encode())
    data[::10] = b"\xff" * len(data[::10])
    with pytest.raises(Unreadable):
        decode(bytes(data))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<p class=x>", "text/html"),
        (b"\n <TABLE>", "text/html"),
        (b"<span style='x'>", "text/html"),
        (b"<!-- saved -->", "text/html"),
        ("<html>".encode("utf-16"), "text/html"),
        ("<div>".encode("utf-16-le"), "text/html"),
        (b"<pq>", "text/plain"),
        (b"< p>", "text/plain"),
        (b"x <table><tr>", "text/markdown"),
        (b"# x\n|a|b|\n|-|-|\n", "text/markdown"),
        (b"<div>x</div>\n\n# x\n|a|b|\n|-|-|\n", "text/markdown"),
        (b"<html><p>x\n# x\n|a|b|\n|-|-|\n", "text/html"),
        ("# x\r\n|a|b|\r\n|-|-|".encode("utf-16"), "text/markdown"),
        (b"a|b\n-|-\n", "text/plain"),
    ],
)
def test_media_types_of_pages(data: bytes, expected: str) -> None:
    assert media_type(data) == expected


def test_names_of_characters_in_plain_text_are_what_they_stand_for() -> None:
    document = read_document("公开政府信息&nbsp;&ldquo;一网通办&rdquo;\n&nbsp;\n&#49;&#x32;件 A&B".encode())
    assert document.texts == ("公开政府信息\xa0“一网通办”", "\xa0", "12件 A&B")
