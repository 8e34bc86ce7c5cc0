"""Front matter: structure from YAML, every scalar the text typed, every value at its place."""

from __future__ import annotations

import re
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.diagnostics import Code, Diagnostic, Findings
from briefpack.pack.yaml_reader import Node, read_yaml

SEEDS = Path(__file__).parents[2] / "seeds"


def read(text: str) -> tuple[Node | None, list[Diagnostic]]:
    findings = Findings()
    return read_yaml(text, 0, len(text), "a.md", findings), findings.items


def plain(text: str) -> object:
    node, problems = read(text)
    assert problems == []
    assert node is not None
    return node.plain()


def only_problem(text: str) -> Diagnostic:
    _, problems = read(text)
    assert len(problems) == 1, problems
    return problems[0]


def at(problem: Diagnostic) -> str:
    return f"{problem.location.line}:{problem.location.column} {problem.code}"


@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "yes",
        "09",
        "0x10",
        "1,058",
        "2017",
        "1:30",
        "~",
        "null",
        "1e3",
        "2017-09-07",
        "true",
        ".5",
        "12:30:45",
        "=",
    ],
)
def test_a_scalar_is_the_text_that_was_typed(typed: str) -> None:
    assert plain(f"value: {typed}\nother: '{typed}'\n") == {"value": typed, "other": typed}


def test_structure_is_keys_lists_and_text() -> None:
    written = (
        "a: x\nb:\n  - one\n  - two: 2\n    three: 3\nc: [p, q-r, s/t]\n"
        "d: >-\n  folded\n  text\ne: |\n  kept\n  lines\nf:\n"
    )

    assert plain(written) == {
        "a": "x",
        "b": ["one", {"two": "2", "three": "3"}],
        "c": ["p", "q-r", "s/t"],
        "d": "folded text",
        "e": "kept\nlines",
        "f": "",
    }


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_nothing_is_an_empty_mapping(text: str) -> None:
    assert plain(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x one\nb: *x\n", "1:4 yaml-alias"),
        ("b: *x\n", "1:4 yaml-alias"),
        ("- *x\n", "1:1 yaml-invalid"),
        ("&x\na: 1\n", "1:1 yaml-alias"),
        ("a: &x\n  b: 1\n", "1:4 yaml-alias"),
        ("base: &x\n  b: 1\nc:\n  <<: *x\n", "1:7 yaml-alias"),
        ("a:\n  <<: *x\n", "2:7 yaml-alias"),
        ("a: !!int\n  - 3\n", "1:4 yaml-invalid"),
        ("a: !!map\n  b: 3\n", "1:4 yaml-invalid"),
        ("a: !!str 'x'\n", "1:4 yaml-invalid"),
        ("a: 1\nb: 2\na: 3\n", "3:1 yaml-duplicate-key"),
        ("a:\n  b: 1\n  b: 2\n", "3:3 yaml-duplicate-key"),
        ("a: {b: 1}\n", "1:4 yaml-flow-mapping"),
        ("{a: 1}\n", "1:1 yaml-flow-mapping"),
        ("a: [b: 1]\n", "1:5 yaml-flow-mapping"),
        ("a: [one sentence is no name]\n", "1:5 value-invalid"),
        ('a: ["1,058"]\n', "1:5 value-invalid"),
        ("a: [[b]]\n", "1:5 value-invalid"),
        ("a:\n\tb: 1\n", "2:1 yaml-tab"),
        ("a:\n  \tb: 1\n", "2:3 yaml-tab"),
        ("a: 1\n  b: 2\n", "2:4 yaml-invalid"),
        ("just a sentence\n", "1:1 yaml-invalid"),
        ("- a\n- b\n", "1:1 yaml-invalid"),
        ("? [a, b]\n: c\n", "1:3 yaml-invalid"),
        ("a: 1\n...\nb: 2\n", "3:1 yaml-invalid"),
        ("a: 1\n--- # next\nb: 2\n", "2:1 yaml-invalid"),
        ("a: b\x07ell\n", "1:5 yaml-invalid"),
        ("a: 1\n b\n c: 2\n", "3:3 yaml-invalid"),
    ],
)
def test_what_the_format_does_not_have_is_refused_by_name(text: str, expected: str) -> None:
    assert at(only_problem(text)) == expected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("text: Two rules: one and two", "Two rules: one and two"),
        ("text: The following:", "The following:"),
        ("text: Phase #1 and more", None),
        ("text: Phase one #2 of it", "Phase one #2 of it"),
        ("text: #2 is first", "#2 is first"),
        ('text: "Never" was the answer', '"Never" was the answer'),
        ("text: 'tis the season", "'tis the season"),
        ("text: [sic] he said", "[sic] he said"),
        ("text: {sic} he said", "{sic} he said"),
        ("text: @home they said", "@home they said"),
        ("text: `quoted` it is", "`quoted` it is"),
        ("text: % of all", "% of all"),
        ("text: **Plans.** Not results", "**Plans.** Not results"),
        ("text: *emphasis* here", "*emphasis* here"),
        ("text: !important this is", "!important this is"),
        ("text: > half of them", "> half of them"),
        ("text: | or not", "| or not"),
        ("text: - and a dash", "- and a dash"),
        ("text: ? and a question", "? and a question"),
        ("- Warning: do not go", "Warning: do not go"),
        ("- the rule of three: one", "the rule of three: one"),
        ("- The following:", "The following:"),
        ('- "Never" was the answer', '"Never" was the answer'),
        ("text: First line of it\n  and then: another", "First line of it and then: another"),
        ("text: First line of it\n  and #2 of it\n  and the end", "First line of it and #2 of it and the end"),
        ("text: First line of it\n  and #2 of it", "First line of it and #2 of it"),
        ("text: 'tis a line\n  that's long", "'tis a line that's long"),
    ],
)
@pytest.mark.parametrize("place", ["top", "below", "item"])
def test_a_sentence_that_yaml_breaks_comes_with_the_lines_that_repair_it(
    text: str, meant: str | None, place: str
) -> None:
    before, indent = {"top": ("before: x\n", ""), "below": ("a:\n", "  "), "item": ("a:\n  - id: x\n", "    ")}[place]
    if text.startswith("-") and place != "below":
        before, indent = "a:\n", "  "
    written = before + textwrap.indent(text, indent) + "\n"
    if place == "top" and not text.startswith("-"):
        written += "after: it's here\n"

    if meant is None:
        assert "Phase" in str(plain(written.replace(" #1", "#1")))
        return
    problem = only_problem(written)

    assert problem.code is Code.YAML_NEEDS_BLOCK
    assert problem.location.line == written[: written.index(text.strip().split("\n")[0])].count("\n") + 1
    assert _text_of(_repaired(written, problem)) == meant


def _repaired(written: str, problem: Diagnostic) -> str:
    lines = written.split("\n")
    lines[problem.location.line - 1 : problem.location.end_line] = problem.detail
    return "\n".join(lines)


def _text_of(written: str) -> object:
    found: object = plain(written)
    if isinstance(found, dict) and "a" in found:
        found = found["a"]
    while isinstance(found, list):
        found = found[0]
    return found["text"] if isinstance(found, dict) else found


def sentences() -> list[str]:
    found: dict[str, None] = {}
    for path in sorted(SEEDS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            for sentence in (line, *re.split(r"(?<=[.!?:;]) +", line)):
                if len(sentence.strip()) > 2:
                    found[" ".join(sentence.split())] = None
    return list(found)


@pytest.mark.parametrize("form", ["text: {}", "- {}", "- text: {}", "wrapped"])
def test_every_sentence_of_the_originals_reads_as_itself_or_can_be_repaired(form: str) -> None:
    refused = 0
    for sentence in sentences():
        if sentence.startswith("- ") and form == "- {}":
            continue  # a list in a list
        if form == "wrapped":
            written = "\n".join(
                textwrap.wrap(
                    f"text: {sentence}", 60, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
                )
            )
        else:
            written = form.format(sentence)
        if written.startswith("-"):
            written = f"a:\n  {written}"
        node, problems = read(f"{written}\nafter: it's here\n")
        if sentence[0] in "'\"" and sentence[-1] == sentence[0] and not problems:
            continue  # YAML's own quotation marks
        if problems:
            refused += 1
            assert [problem.code for problem in problems] == [Code.YAML_NEEDS_BLOCK], sentence
            assert _text_of(_repaired(written, problems[0])) == sentence
        else:
            assert node is not None
            assert _text_of(written) == sentence
    assert refused > 20


WORD = st.text(st.sampled_from("abzé#:'\"[]{}@&*!|>%`,-?1."), min_size=1, max_size=6)


@given(st.lists(WORD, min_size=1, max_size=6))
def test_no_text_is_ever_read_as_another_without_a_word(words: list[str]) -> None:
    sentence = " ".join(words)
    node, problems = read(f"text: {sentence}\n")
    quoted = sentence[0] in "'\"" and len(sentence) > 1 and sentence[-1] == sentence[0]

    if not problems and not quoted:
        assert node is not None
        value = node.at("text")
        assert (
            sentence in (value.text, f"[{', '.join(n.text or '' for n in value.items or [])}]")
            or (value.items is not None and re.sub(r"[\s,]", "", sentence) == re.sub(r"[\s,]", "", f"[{_flat(value)}]"))
            or sentence.startswith((">", "|"))
            or "  #" in sentence
        )


def _flat(node: Node) -> str:
    return " ".join(item.text or "" for item in node.items or [])


def test_an_intended_comment_stays_a_comment() -> None:
    assert plain("to: aamaya@iom.int      # the first place\nlist:\n  # between\n  - a\n") == {
        "to": "aamaya@iom.int",
        "list": ["a"],
    }


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("a",), "1:4-1:7"),
        (("b",), "3:3-4:7"),
        (("c", 0), "6:5-6:9"),
        (("c", 1, "text"), "7:11-7:16"),
        (("c", 2), "8:6-8:13"),
        (("d", 0), "9:5-9:7"),
        (("d", 1), "9:9-9:10"),
        (("f",), "10:5-10:9"),
        (("g",), "12:3-13:7"),
        (("h",), "16:3-17:7"),
    ],
)
def test_every_value_knows_its_line_and_column(path: tuple[str | int, ...], expected: str) -> None:
    text = (
        "a: één\nb: >-\n  áéí óú\n  zwei\nc:\n  - äöü!\n  - text: ñandú\n  - 'quoted!'\nd: [ab, c]\nf: \"ßßßß\"\n"
        "g: |\n  éa\n  bcde\n# note\nh:\n  plain ü\n  over\n"
    )
    node, _ = read(text)
    assert node is not None
    place = node.at(*path).span.location

    assert f"{place.line}:{place.column}-{place.end_line}:{place.end_column}" == expected


def test_keys_know_their_places() -> None:
    node, _ = read("é: 1\nb:\n  - c: 2\n    dd: 3\n")
    assert node is not None

    assert str(node.keys["b"]) == "a.md:2:1"
    assert str(node.at("b", 0).keys["dd"]) == "a.md:4:5"


def test_places_count_from_the_top_of_the_file_where_front_matter_is_only_a_part() -> None:
    raw = "---\na: x\nb: y\n---\nbody: [\n"
    node = read_yaml(raw, 4, 14, "a.md", Findings())
    assert node is not None

    assert str(node.at("b").span.location) == "a.md:3:4"


@given(st.lists(st.text(st.sampled_from("aé'\"\\🙂\u00a0"), min_size=1, max_size=4), min_size=1, max_size=6), st.data())
def test_any_part_of_a_quoted_text_is_found_at_its_place(words: list[str], data: st.DataObject) -> None:
    words = [f"x{word}y" for word in words]
    sentence, style = " ".join(words), data.draw(st.sampled_from(["single", "double"]))
    written = [
        w.replace("'", "''")
        if style == "single"
        else w.replace("\\", "\\\\").replace('"', '\\"').replace("é", "\\u00e9")
        for w in words
    ]
    raw = f"key: '{' '.join(written)}'\n" if style == "single" else f'key: "{" ".join(written)}"\n'
    node, problems = read(raw)
    assert (node is not None, problems) == (True, [])
    assert node is not None
    assert node.at("key").text == sentence
    number = data.draw(st.integers(0, len(words) - 1))
    offset = sum(len(word) + 1 for word in words[:number])

    place = node.at("key").span.part(sentence, offset, offset + len(words[number]))

    assert raw[place.column - 1 : place.end_column - 1] == written[number]


@given(st.lists(st.text(st.sampled_from("aé漢🙂zß"), min_size=1, max_size=5), min_size=1, max_size=12), st.data())
def test_any_part_of_a_folded_text_is_found_at_its_place(words: list[str], data: st.DataObject) -> None:
    style = data.draw(st.sampled_from([">-", "|", ""]))
    lines = [words[i : i + 3] for i in range(0, len(words), 3)]
    body = "".join(f"   {' '.join(line)}\n" for line in lines)
    raw = f"key: {style}\n{body}" if style else f"key:\n{body}"
    node, problems = read(raw)
    assert (node is not None, problems) == (True, [])
    assert node is not None
    value = node.at("key")
    assert value.text is not None
    number = data.draw(st.integers(0, len(words) - 1))
    offset = sum(len(word) + 1 for word in words[:number])

    place = value.span.part(value.text, offset, offset + len(words[number]))

    assert raw.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1] == words[number]
    assert place.line == 2 + number // 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a]\n" for i in range(1000)), Code.YAML_ALIAS),
        ("a:\n" + "  - x\n" * 20_000, Code.YAML_TOO_LARGE),
        ("".join(f"k{i}: x\n" for i in range(10_000)), Code.YAML_TOO_LARGE),
        ("a: x\n" * 600_000, Code.FILE_TOO_LARGE),
        ("a: " + "é" * 1_000_001, Code.FILE_TOO_LARGE),
        ("".join(f"{' ' * i}a:\n" for i in range(200)), Code.YAML_TOO_LARGE),
        ("a: " + "[" * 500_000, Code.YAML_TOO_LARGE),
        ("- " * 500_000, Code.YAML_INVALID),
        ("a:\n  " + "- " * 500_000, Code.YAML_TOO_LARGE),
        ("a: 'unclosed\n" + "b: it\n" * 200_000, Code.YAML_NEEDS_BLOCK),
        ("a: x: y\n" * 200_000, Code.YAML_NEEDS_BLOCK),
        ("a:\n" + "  - Foo: bar\n" * 3_000, Code.YAML_NEEDS_BLOCK),
    ],
)
def test_a_hostile_file_ends_quickly(text: str, code: Code) -> None:
    begun = time.monotonic()
    _, problems = read(text)

    assert {problem.code for problem in problems} == {code}
    assert time.monotonic() - begun < 10


def test_ten_thousand_values_and_twenty_levels_are_allowed() -> None:
    node, problems = read("a:\n" + "  - x\n" * 9_997)
    assert (problems, len(node.at("a").items or []) if node else 0) == ([], 9_997)

    assert read("".join(f"{' ' * i}a:\n" for i in range(19)) + " " * 19 + "a: x\n")[1] == []


def test_a_path_leads_to_the_deepest_value_on_the_way() -> None:
    node, _ = read("points:\n  - bare\nlead: one\n")
    assert node is not None

    assert node.at("points", 0, "text").text == "bare"
    assert node.at("lead", 0).text == "one"
    assert node.at("missing", "x") is node
