"""Bytes to lines: encodings, media types, what is refused and why."""

import codecs

import pytest

from pipelines.model.report import Unreadable
from pipelines.read.document import read_document
from pipelines.read.encoding import decode
from pipelines.read.media import media_type

TEXT = "某县人民政府2017年政府信息公开工作年度报告\n本年主动公开政府信息157条。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "big5", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_encoding_in_which_chinese_is_published(encoding: str) -> None:
    text = TEXT.replace("县", "市") if encoding == "big5" else TEXT
    text = (
        text.translate(str.maketrans("开务报", "開務報")).translate(str.maketrans("动", "動"))
        if encoding == "big5"
        else text
    )
    assert decode(text.replace("某市", "某").encode(encoding, "ignore")).text.startswith("某")


def test_byte_order_marks_are_no_text() -> None:
    for mark, encoding in ((codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le")):
        decoded = decode(mark + TEXT.encode(encoding))
        assert (decoded.text, decoded.encoding, decoded.damage) == (TEXT, encoding, ())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_half_a_character_at_the_end_is_damage(encoding: str) -> None:
    decoded = decode(TEXT.strip().removesuffix("。").encode(encoding) + "条".encode(encoding)[:1])
    assert decoded.text == TEXT.strip().removesuffix("。")
    assert decoded.damage == ("1 bytes at the end",)


def test_invisible_characters_are_left_out() -> None:
    assert decode(TEXT.replace("公开", "公\u200b开").encode()).text == TEXT


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_count(newline: str) -> None:
    assert read_document(TEXT.replace("\n", newline).encode()).texts == tuple(TEXT.split("\n"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty-file"),
        (b" \r\n\t\0", "empty-file"),
        ("\u3000\u00a0\n".encode("utf-8-sig"), "empty-file"),
        (b"%PDF-1.7", "damaged-file"),
        (b"PK\x03\x04", "damaged-file"),
        (b"{\\rtf1 }", "format-not-read"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "format-not-read"),
        (b"\x89PNG\r\n", "format-not-read"),
        (b"<!DOCTYPE html><html>", "empty-file"),
        (bytes(range(1, 32)) * 9, "unknown-encoding"),
        (b"\xff\xfe" + b"\x00\xd8" * 9, "unknown-encoding"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(data)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.4\n", "application/pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
        (b"\x1f\x8b\x08", "application/gzip"),
        (b"\xef\xbb\xbf \n<HTML>", "text/html"),
        (b"<?xml version='1.0'?>", "text/html"),
        (b"<htmlx", "text/plain"),
        ("公开".encode(), "text/plain"),
    ],
)
def test_media_types_are_told_from_bytes(data: bytes, expected: str) -> None:
    assert media_type(data) == expected
