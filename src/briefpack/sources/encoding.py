"""Bytes to characters, without guessing more than needed and without ever putting in a replacement character.

In this order: byte order mark, strict UTF-8, the charset that HTML or XML declares, what `charset-normalizer` finds in
long text, Windows-1252. Bytes that are not in their encoding are an error that says where they are.
"""

from __future__ import annotations

import codecs
import re

from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location

LONG = 2_000
"""From this many bytes on, statistics can tell one 8-bit encoding from another."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
)
_NO_CHARSETS = ("unicode-escape", "raw-unicode-escape", "idna", "punycode", "utf-7", "undefined")
"""What Python can decode but no document is written in."""
_SHIFTED = ("iso-2022", "iso2022", "hz")
"""Encodings whose bytes are valid ASCII, so that UTF-8 would accept them."""

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_FOREIGN = re.compile("[ÐÝÞðýþ]")
"""What Turkish and Czech letters become in Windows-1252; the Icelandic that has them is found by statistics too."""
_SIGN_IN_WORD = re.compile(r"[^\W\d_][\xa1-\xb6\xb8-\xbf\xd7\xf7][^\W\d_]")


def declared_charset(content: bytes) -> str:
    """Return the charset that an HTML or XML file names in its first 4,096 bytes, or an empty text."""
    found = _DECLARED.search(content[:4096])
    return (found[1] or found[2]).decode("ascii") if found else ""


def decode(content: bytes, path: str, declared: str = "") -> tuple[str, str]:
    """Return the characters of a file, without byte order mark, and the name of their encoding.

    `declared` is the charset that the file itself names. Raises `BriefpackError` with `file-empty`, `media-unknown`
    (not text at all) or `encoding-invalid`.
    """
    if not content:
        raise _problem(Code.FILE_EMPTY, f"{path!r} is empty", Location(path), "put the original document there")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding, path, len(mark)), encoding
    _refuse_binary(content, path)
    if declared.lower().startswith(_SHIFTED):
        return _strictly(content, declared, path), declared.lower()
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(content) or _python_name(declared) == "utf-8":
            raise _invalid(content, error.start, "utf-8", path) from None
    encoding = _python_name(declared) or _guessed(content) or "cp1252"
    return _strictly(content, encoding, path), encoding


def _refuse_binary(content: bytes, path: str) -> None:
    kind = next((kind for magic, kind in _MAGIC if content.startswith(magic)), "")
    if not kind and b"\0" in content:
        kind = "no text (byte 0x00 at offset {:,})".format(content.index(b"\0"))
    if kind:
        hint = "give a plain-text rendering under source.text"
        raise _problem(Code.MEDIA_UNKNOWN, f"{path!r} is {kind}, which no reader knows", Location(path), hint)


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether valid multi-byte sequences outnumber the bytes that fit nowhere: then it is UTF-8 with a defect."""
    characters = content.decode("utf-8", "surrogateescape")
    stray = sum(1 for character in characters if "\udc80" <= character <= "\udcff")
    valid = sum(1 for character in characters if character > "\x7f") - stray
    return valid > 0 and valid >= stray


def _python_name(declared: str) -> str:
    """Return Python's name of a declared charset; empty where it names none. Latin-1 means Windows-1252 on the web."""
    try:
        name = codecs.lookup(declared.strip()).name if declared.strip() else ""
        b"a".decode(name or "utf-8")  # raises for codecs that are none of text, such as base64
    except (LookupError, ValueError):
        return ""
    if name.startswith(("utf-16", "utf-32")):  # it could not be read in 8-bit ASCII if it were
        return "utf-8"
    if name.replace("_", "-") in _NO_CHARSETS:
        return ""
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _guessed(content: bytes) -> str:
    """Return the encoding of a long text by its statistics; empty where Windows-1252 fits, or nothing is known.

    Statistics cannot tell the Latin encodings apart: `charset-normalizer` reads Spanish as Windows-1250, where ñ is ń.
    """
    if len(content) < LONG or _is_western(content.decode("cp1252", "ignore")):
        return ""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - heavy, and needed for few files only

    best = from_bytes(content, cp_exclusion=["utf_7"]).best()
    return "" if best is None else str(best.encoding)


def _is_western(text: str) -> bool:
    """Whether text reads like a language of Western Europe: few accented letters, all of its own, no signs in words."""
    letters = sum(map(str.isalpha, text))
    accented = sum(1 for character in text if character > "\x7f" and character.isalpha())
    return 2 * accented < letters and not _FOREIGN.search(text) and len(_SIGN_IN_WORD.findall(text)) * 50 <= accented


def _strictly(content: bytes, encoding: str, path: str, skip: int = 0) -> str:
    try:
        return content[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise _invalid(content, skip + error.start, encoding, path, skip) from None
    except (LookupError, ValueError):
        message = f"{path!r} declares {encoding!r}, which is no text encoding"
        raise _problem(Code.ENCODING_INVALID, message, Location(path), "save the file as UTF-8") from None


def _invalid(content: bytes, offset: int, encoding: str, path: str, skip: int = 0) -> BriefpackError:
    before = content[skip:offset].decode(encoding, "ignore")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return _problem(
        Code.ENCODING_INVALID,
        f"byte 0x{content[offset]:02X} at offset {offset:,} of {path!r} is not valid {encoding.upper()}",
        Location(path, line, column, line, column + 1),
        "save the file as UTF-8 from the program that made it",
    )


def _problem(code: Code, message: str, location: Location, hint: str) -> BriefpackError:
    return BriefpackError(Diagnostic(code, message, location, hint))
