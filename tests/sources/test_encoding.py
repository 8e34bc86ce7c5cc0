"""Bytes become characters, or an error that says which byte is wrong."""

from __future__ import annotations

import codecs

import pytest

from briefpack.diagnostics import BriefpackError, Code, Diagnostic
from briefpack.sources.encoding import declared_charset, decode

SPANISH = "La migración según José Rodríguez: “más años”.\n"


def problem(content: bytes, declared: str = "") -> Diagnostic:
    with pytest.raises(BriefpackError) as caught:
        decode(content, "seeds/a.txt", declared)
    return caught.value.diagnostics[0]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (SPANISH.encode(), "utf-8"),
        (codecs.BOM_UTF8 + SPANISH.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + SPANISH.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + SPANISH.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + SPANISH.encode("utf-32-le"), "utf-32-le"),
        (SPANISH.encode("cp1252"), "cp1252"),
        ((SPANISH * 100).encode("cp1252"), "cp1252"),
    ],
)
def test_characters_come_out_whole_and_without_byte_order_mark(content: bytes, encoding: str) -> None:
    characters, found = decode(content, "seeds/a.txt")
    assert characters.startswith(SPANISH)
    assert found == encoding


def test_line_ends_stay_as_they_are() -> None:
    assert decode(b"a\r\nb\rc\n", "a.txt")[0] == "a\r\nb\rc\n"


def test_a_declared_charset_is_believed_where_utf_8_fails() -> None:
    assert decode("Łódź".encode("iso-8859-2"), "a.html", "ISO-8859-2") == ("Łódź", "iso8859-2")


def test_declared_latin_1_means_windows_1252_as_on_the_web() -> None:
    assert decode("“más”".encode("cp1252"), "a.html", "iso-8859-1") == ("“más”", "cp1252")


def test_a_charset_whose_bytes_are_ascii_is_believed_before_utf_8() -> None:
    assert decode("移民".encode("iso2022_jp"), "a.html", "ISO-2022-JP")[0] == "移民"


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        (b'<html><meta charset="utf-8">', "utf-8"),
        (b'<META http-equiv=Content-Type content="text/html; charset=windows-1252">', "windows-1252"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>', "ISO-8859-1"),
        (b"<p>charset=none</p>", ""),
    ],
)
def test_the_charset_is_read_from_the_file(content: bytes, charset: str) -> None:
    assert declared_charset(content) == charset


def test_one_bad_byte_in_utf_8_is_an_error_and_no_mojibake() -> None:
    found = problem("José\nMás \n".encode() + b"a\xe9os\n")
    assert found.code is Code.ENCODING_INVALID
    assert found.message == "byte 0xE9 at offset 13 of 'seeds/a.txt' is not valid UTF-8"
    assert (found.location.line, found.location.column) == (3, 2)


def test_a_bad_byte_in_declared_utf_8_is_an_error() -> None:
    assert problem(b"a\xe9os", "utf-8").message == "byte 0xE9 at offset 1 of 'seeds/a.txt' is not valid UTF-8"


def test_columns_count_characters_and_not_bytes() -> None:
    assert problem("áéí".encode() + b"\xff").location.column == 4


def test_a_byte_that_windows_1252_does_not_define_is_an_error() -> None:
    found = problem(b"a\xf1o \x81")
    assert (found.code, found.message) == (
        Code.ENCODING_INVALID,
        "byte 0x81 at offset 4 of 'seeds/a.txt' is not valid CP1252",
    )


def test_half_a_character_after_a_byte_order_mark_is_an_error() -> None:
    found = problem(codecs.BOM_UTF16_LE + "abc".encode("utf-16-le") + b"\x00")
    assert found.message == "byte 0x00 at offset 8 of 'seeds/a.txt' is not valid UTF-16-LE"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"PK\x03\x04rest", b"\x89PNG\r\n", b"text\0more", b"{\\rtf1 a}"])
def test_what_is_no_text_is_named_with_the_way_out(content: bytes) -> None:
    found = problem(content)
    assert (found.code, found.hint) == (Code.MEDIA_UNKNOWN, "give a plain-text rendering under source.text")


def test_an_empty_file_is_reported_as_empty() -> None:
    assert problem(b"").code is Code.FILE_EMPTY


@pytest.mark.parametrize("charset", ["rot13", "base64", "unicode_escape", "utf-7", "nonsense", " "])
def test_a_declared_charset_that_is_none_does_no_harm(charset: str) -> None:
    assert decode("más".encode("cp1252"), "a.html", charset) == ("más", "cp1252")
