"""Settings: TOML with the place of every key and value."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.diagnostics import Code, Findings
from briefpack.pack.toml_reader import read_toml
from briefpack.pack.yaml_reader import Node

TEXT = '''\
# é before everything
[pack]
title = "Título [with] = signs # and more"   # a comment
"quoted key" = 'literal'
long = """
[not.a.table]
key = "no"
"""
list = ["áb", 'cd',  # one
  "ef",
]
inline = {a = 1, b = ["x"]}
a.b.c = true

[measures.returns]
name = "Returns"

[[parts]]
title = "One"
sources = ["s-1"]

[[parts]]
title = "Two"
[parts.es]
title = "Dos"

[edition]
date = 2026-11-22
'''


def read(text: str) -> Node:
    findings = Findings()
    node = read_toml(text, "pack.toml", findings)
    assert findings.items == []
    assert node is not None
    return node


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("pack",), "2:2-2:6"),
        (("pack", "title"), "3:10-3:42"),
        (("pack", "quoted key"), "4:17-4:24"),
        (("pack", "long"), "5:11-8:1"),
        (("pack", "list"), "9:8-11:2"),
        (("pack", "list", 0), "9:10-9:12"),
        (("pack", "list", 1), "9:16-9:18"),
        (("pack", "list", 2), "10:4-10:6"),
        (("pack", "inline", "a"), "12:15-12:16"),
        (("pack", "inline", "b", 0), "12:24-12:25"),
        (("pack", "a", "b", "c"), "13:9-13:13"),
        (("measures", "returns"), "15:2-15:18"),
        (("measures", "returns", "name"), "16:9-16:16"),
        (("parts", 0, "sources", 0), "20:13-20:16"),
        (("parts", 1, "title"), "23:10-23:13"),
        (("parts", 1, "es", "title"), "25:10-25:13"),
        (("edition", "date"), "28:8-28:18"),
    ],
)
def test_every_value_knows_its_line_and_column(path: tuple[str | int, ...], expected: str) -> None:
    place = read(TEXT).at(*path).span.location

    assert f"{place.line}:{place.column}-{place.end_line}:{place.end_column}" == expected


def test_every_key_knows_its_place() -> None:
    node = read(TEXT)

    assert str(node.keys["edition"]) == "pack.toml:27:2"
    assert str(node.at("pack").keys["inline"]) == "pack.toml:12:1"
    assert str(node.at("pack", "inline").keys["b"]) == "pack.toml:12:18"
    assert str(node.at("parts", 1).keys["title"]) == "pack.toml:23:1"


def test_values_read_back_as_they_were_typed() -> None:
    node = read("a = 1.50\nb = true\nc = false\nd = 2026-11-22\ne = 1_000\nf = 0.8\n")

    assert node.plain() == {"a": "1.50", "b": "yes", "c": "no", "d": "2026-11-22", "e": "1000", "f": "0.8"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = \n", "pack.toml:1:5 toml-invalid"),
        ("[a]\nb = 1\nb = 2\n", "pack.toml:3:6 toml-invalid"),
        ("a = 'open", "pack.toml:1:1 toml-invalid"),
        ("[a\n", "pack.toml:1:3 toml-invalid"),
        ("a = " + "[" * 100_000, "pack.toml toml-invalid"),
        ("a = '" + "x" * 2_000_000 + "'", "pack.toml file-too-large"),
    ],
)
def test_what_is_no_toml_is_refused_where_it_breaks(text: str, expected: str) -> None:
    findings = Findings()
    begun = time.monotonic()

    assert read_toml(text, "pack.toml", findings) is None
    assert [f"{problem.location} {problem.code}" for problem in findings.items] == [expected]
    assert time.monotonic() - begun < 5
    assert findings.items[0].code in (Code.TOML_INVALID, Code.FILE_TOO_LARGE)


@given(st.lists(st.text(st.characters(exclude_categories=["C"]), max_size=8), min_size=1, max_size=6), st.booleans())
def test_strings_of_any_characters_are_found_in_lists(strings: list[str], wrapped: bool) -> None:
    written = [value.replace("\\", "").replace('"', "") for value in strings]
    separator = ",\n " if wrapped else ", "
    node = read("list = [" + separator.join(f'"{value}"' for value in written) + "]\nz = 2\n")

    for item, value in zip(node.at("list").items or [], written, strict=True):
        assert item.span.raw[item.span.start : item.span.end] == value
