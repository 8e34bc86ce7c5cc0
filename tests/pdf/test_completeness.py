"""The gate on a section's text: what was planned is there, in order, as often as planned; each loss is named."""

# mypy: disable-error-code="misc"
# mypy cannot infer functions whose arguments have defaults, by which these hold the numbers of a loop.

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.pdf.making_pieces import SANS, Maker, furniture, section, texts

from briefpack.pdf.completeness import Difference, differences, normalised, text_of
from briefpack.pdf.piece import Kid, Piece

SHOWN = re.compile(rb"\[[^\]]*\] TJ")
MARKED = re.compile(rb"/Span\n<</MCID \d+>>\nBDC\n.*?\nEMC", re.DOTALL)


def made(*said: str) -> Piece:
    maker = Maker()
    for text in said:
        maker.paragraph(text)
    return maker.piece()


def kinds(planned: Sequence[str], piece: Piece) -> list[tuple[str, str]]:
    return [(found.kind, found.text) for found in differences(planned, piece)]


def with_content(piece: Piece, page: int, content: bytes) -> Piece:
    pages = list(piece.pages)
    pages[page] = replace(pages[page], content=zlib.compress(content))
    return replace(piece, pages=tuple(pages))


def edited(piece: Piece, change: Callable[[bytes], bytes], page: int = 0) -> Piece:
    return with_content(piece, page, change(zlib.decompress(piece.pages[page].content)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Returned  people\n", "returnedpeople"),
        ("re\u00adintegra-tion", "reintegration"),
        ("ﬁeld ½", "FIELD 1⁄2"),
        ("A\u200bB\ufeffC\u2060D", "abcd"),
        ("co\u2011operation", "cooperation"),
        ("e\u0301", "É"),
        ("Straße", "STRASSE"),
    ],
)
def test_what_setting_changes_makes_no_difference(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(("one", "other"), [("1,058", "1.058"), ("a–b", "ab"), ("año", "ano"), ("(a)", "a")])
def test_what_changes_the_meaning_does(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@pytest.mark.parametrize("number", range(3))
def test_a_section_says_what_was_planned(number: int) -> None:
    assert differences(texts(number), section(number).piece) == []


def test_text_is_that_of_the_elements_in_order_of_reading() -> None:
    piece = section(0, paragraphs=2).piece
    assert text_of(piece) == [*texts(0, 2)[:-1], "", texts(0, 2)[-1]]


def test_planned_texts_may_be_cut_elsewhere_than_the_elements() -> None:
    whole = "".join(texts(1))
    assert differences([whole[:7], "", whole[7:90], " ", whole[90:]], section(1).piece) == []


def test_an_element_s_own_text_and_its_elements_follow_each_other() -> None:
    maker = Maker()
    paragraph = maker.element("P")
    maker.text("before ", paragraph)
    maker.text("within", maker.element("Span", paragraph))
    maker.text(" after", paragraph)
    assert differences(["before ", "within", " after"], maker.piece()) == []
    assert differences(["before ", " after", "within"], maker.piece()) != []


def test_each_planned_text_that_did_not_arrive_is_named() -> None:
    planned = ["One text.", "Another text.", "A third text.", "The last."]
    assert kinds(planned, made("One text.", "A third text.", "The last.")) == [("missing", "Another text.")]
    assert kinds(planned, made("One text.", "The last.")) == [
        ("missing", "Another text."),
        ("missing", "A third text."),
    ]
    assert kinds(planned, made(*planned, "The last.")) == [("doubled", "The last.")]
    assert kinds(planned, made(planned[0], planned[1], planned[1], *planned[2:])) == [("doubled", "Another text.")]
    assert kinds(planned, made(*planned, "Nobody planned this.")) == [("not planned", "nobodyplannedthis.")]
    assert "out of order" in [kind for kind, _ in kinds(planned, made(planned[0], planned[2], planned[1], planned[3]))]
    assert kinds(["Twice.", "Twice."], made("Twice.")) == [("missing", "Twice.")]
    assert kinds([], made("x")) == [("not planned", "x")]
    assert kinds(["x"], made()) == [("missing", "x")]


def test_a_long_text_is_named_by_its_beginning() -> None:
    (found,) = differences(["word " * 40], made())
    assert len(found.text) == 60
    assert str(found) == f"missing: {found.text!r}"
    assert str(Difference("unmarked", "x", 2)) == "unmarked: 'x' (page 3 of the section)"


def test_what_style_sheets_generate_is_left_out_where_it_stands() -> None:
    piece = made("“", "Quoted text", "”")
    assert differences(["Quoted text"], piece, extra={(0, 0), (0, 2)}) == []
    assert kinds(["Quoted text"], piece) == [("not planned", "“"), ("not planned", "”")]


def shown(piece: Piece) -> list[tuple[int, int, int]]:
    return [
        (number, *match.span())
        for number, page in enumerate(piece.pages)
        for match in SHOWN.finditer(zlib.decompress(page.content))
    ]


def content_mutants(piece: Piece) -> Iterator[tuple[str, Piece]]:
    """Every text operator left out, doubled, or changed with another of its page."""
    places = shown(piece)
    for page, start, end in places:
        for name, count in (("left out", 0), ("doubled", 2)):
            yield (
                f"{name} {page}:{start}",
                edited(piece, lambda c, s=start, e=end, n=count: c[:s] + n * (c[s:e] + b"\n") + c[e:], page),
            )
    for (page, a, b), (other, c, d) in combinations(places, 2):
        if page == other:
            yield (
                f"changed {page}:{a} {c}",
                edited(piece, lambda s, a=a, b=b, c=c, d=d: s[:a] + s[c:d] + s[b:c] + s[a:b] + s[d:], page),
            )


def tree_mutants(piece: Piece) -> Iterator[tuple[str, Piece]]:
    """Every kid of every element that has text left out or doubled, and neighbours changed with each other."""
    for index, element in enumerate(piece.elements):
        for at, kid in enumerate(element.kids):
            if kid[0] == "l":
                continue
            doubled = (*element.kids[:at], kid, *element.kids[at:])
            yield f"left out {index}/{at}", with_kids(piece, index, (*element.kids[:at], *element.kids[at + 1 :]))
            yield f"doubled {index}/{at}", with_kids(piece, index, doubled)
            later = element.kids[at + 1 : at + 2]
            if later and later[0][0] != "l" and says(piece, kid) and says(piece, later[0]):
                yield (
                    f"changed {index}/{at}",
                    with_kids(piece, index, (*element.kids[:at], *later, kid, *element.kids[at + 2 :])),
                )


def with_kids(piece: Piece, index: int, kids: tuple[Kid, ...]) -> Piece:
    elements = list(piece.elements)
    elements[index] = replace(elements[index], kids=kids)
    return replace(piece, elements=tuple(elements))


def says(piece: Piece, kid: Kid) -> bool:
    return kid[0] == "m" or (piece.elements[kid[1]].role != "Figure")


@pytest.mark.parametrize("mutants", [content_mutants, tree_mutants])
def test_every_text_that_is_left_out_doubled_or_changed_with_another_is_noticed(
    mutants: Callable[[Piece], Iterator[tuple[str, Piece]]],
) -> None:
    unnoticed, count = [], 0
    for number in range(3):
        for name, mutant in mutants(section(number).piece):
            count += 1
            if not differences(texts(number), mutant):
                unnoticed.append(f"{number}: {name}")
    assert unnoticed == []
    assert count > 100


def test_every_marked_content_that_is_doubled_or_left_out_is_noticed() -> None:
    piece = section(0).piece
    for page, content in enumerate(zlib.decompress(each.content) for each in piece.pages):
        for match in MARKED.finditer(content):
            for count in (0, 2):
                changed = content[: match.start()] + count * (match[0] + b"\n") + content[match.end() :]
                assert differences(texts(0), with_content(piece, page, changed)) != []


WORDS = st.text("abcdefg ñ1,.-", min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8), st.data())
def test_any_plan_arrives_and_no_change_to_it_goes_unnoticed(said: list[str], choice: st.DataObject) -> None:
    piece = made(*said)
    assert differences(said, piece) == []
    planned = list(said)
    at = choice.draw(st.integers(0, len(said) - 1))
    what = choice.draw(st.sampled_from(["leave out", "double", "change"]))
    if what == "leave out":
        del planned[at]
    elif what == "double":
        planned.insert(at, planned[at])
    else:
        planned[at], planned[-1] = planned[-1], planned[at]
    assume(normalised("".join(planned)) != normalised("".join(said)))
    assert differences(planned, piece) != []


@pytest.mark.parametrize(
    ("change", "kind", "text"),
    [
        (lambda c: c.replace(b"/Span\n<</MCID 0>>\nBDC", b"q").replace(b"EMC", b"Q"), "unmarked", "text"),
        (lambda c: c.replace(b"/Span\n<</MCID 0>>\nBDC", b"/Span BMC"), "unmarked", "text"),
        (lambda c: c.replace(b"/Span\n<</MCID 0>>\nBDC", b"/Artifact BMC"), "missing", "marked content 0"),
        (lambda c: c.replace(b"MCID 0", b"MCID 7"), "untagged", "text"),
        (lambda c: c.replace(b"] TJ", b"]"), "unreadable", "a string that no operator shows"),
        (lambda c: c.replace(b"] TJ", b"] pop"), "unreadable", "a string that no operator shows"),
        (lambda c: c + b"\nBT (hidden) Tj ET", "unreadable", "a string that is not hexadecimal"),
        (lambda c: c + b"\nEMC", "unreadable", "an end of marked content without its beginning"),
        (lambda c: c + b"\n/Artifact BMC", "unreadable", "marked content that never ends"),
        (lambda c: c.replace(b"EMC", b"/Artifact BMC EMC EMC"), "unreadable", "marked content inside marked content"),
        (lambda c: c.replace(b"/SERIFA", b"/OTHER"), "unreadable", "text without a font of the section"),
        (lambda c: c.replace(b"] TJ", b"<ffff>] TJ"), "unreadable", "glyph 65535 without text"),
        (lambda c: c.replace(b"] TJ", b"<ff>] TJ"), "unreadable", "half a glyph"),
        (lambda c: b"TJ\n" + c, "unreadable", "operands: no"),
        (lambda c: c + b"\nBI ID x EI", "unreadable", "operator BI"),
    ],
    ids=range(15),
)
def test_content_that_could_hide_text_is_no_content_of_ours(
    change: Callable[[bytes], bytes], kind: str, text: str
) -> None:
    piece = edited(made("text"), change)
    assert (kind, text) in [(found.kind, found.text[: len(text)]) for found in differences(["text"], piece)]


def test_content_that_cannot_be_unpacked_is_named() -> None:
    piece = made("text")
    torn = replace(piece, pages=(replace(piece.pages[0], content=piece.pages[0].content[:-9]),))
    assert "unreadable" in [found.kind for found in differences(["text"], torn)]


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.replace(b"\n", b" "),
        lambda c: c.replace(b"] TJ", b"]TJ").replace(b">>\nBDC", b">>BDC").replace(b"<</MCID", b"<< /MCID"),
        lambda c: re.sub(rb"\[<(\w+)>-3<(\w+)>\] TJ", rb"<\1\2>Tj", c),
        lambda c: c.replace(b"-3<", b" -3 <"),
        lambda c: b"/Artifact <</Type /Pagination>> BDC\n/x1 Do\nEMC\n" + c,
        lambda c: c.replace(b"BT\n", b"BT\nq /OTHER 9 Tf Q\n"),
    ],
    ids=range(6),
)
def test_other_ways_of_writing_the_same_are_read_alike(change: Callable[[bytes], bytes]) -> None:
    piece = edited(made("Some text."), change)
    assert piece != made("Some text.")
    assert differences(["Some text."], piece) == []


def test_a_font_is_what_it_was_before_the_state_was_saved() -> None:
    maker = Maker()
    maker.paragraph("one", key=SANS)
    piece = edited(
        maker.piece(), lambda c: c.replace(b"BT\n", b"BT\nq\n").replace(b"] TJ", b"] TJ Q").replace(b"EMC", b"EMC")
    )
    assert differences(["one"], piece) == []
    again = edited(piece, lambda c: c.replace(b"\nET", b" <0001> Tj\nET"))
    assert "unreadable" in [found.kind for found in differences(["one"], again)]


def test_a_circle_in_the_tree_ends() -> None:
    piece = made("one")
    assert differences(["one"], with_kids(piece, 1, (*piece.elements[1].kids, ("e", 0, 0)))) != []


def test_untagged_furniture_has_no_text_of_its_own() -> None:
    assert text_of(furniture(2)) == []
