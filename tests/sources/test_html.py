"""HTML: which elements are blocks, what is left out, and where the text stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.making import assert_places_are_right, outline_of, texts

from briefpack.sources.readers import READERS

MEDIA = "text/html"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("<h1>A</h1><p>b<h3>c</h3>", ["heading 1: A", "paragraph: b", "heading 3: c"]),
        ("<ul><li>a<li><p>b</p><p>more</p></ul>after", ["item: a", "item: b", "paragraph: more", "paragraph: after"]),
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>x", ["row: a | b", "row: 1 | 2", "paragraph: x"]),
        ("<table><tr><td><p>1</p></td><td></td><td>3</td></tr></table>", ["row: 1 | 3"]),
        (
            "<table><tr><td>menu<td><h2>T</h2><p>a<p>b</table>",
            ["paragraph: menu", "heading 2: T", "paragraph: a", "paragraph: b"],
        ),
        ("<head><title>no</title></head><body>yes", ["paragraph: yes"]),
        ("<head><style>x</style><p>unclosed head", ["paragraph: unclosed head"]),
        ("<script>if (a<b) '</p>'</script><noscript><p>no</p></noscript>yes", ["paragraph: yes"]),
        ("<nav>menu</nav><footer>foot</footer>", ["paragraph: menu", "paragraph: foot"]),
        ("<p hidden>no<p>yes<div hidden><div>no</div>no</div>also", ["paragraph: yes", "paragraph: also"]),
        ('<p style="display: none">no</p><p class="hidden x" data-hidden=1>yes</p>', ["paragraph: yes"]),
        ('<p title="a hidden > thing">yes</p>', ["paragraph: yes"]),
        ("a<br>b<br><br>c", ["paragraph: a b", "paragraph: c"]),
        (
            "<dl><dt>t<dd>d</dl><figure><figcaption>c</figcaption></figure>",
            ["paragraph: t", "paragraph: d", "paragraph: c"],
        ),
        ("<p>a<!-- no --> b<![CDATA[c]]></p><?pi x?><!doctype html>", ["paragraph: a bc"]),
        ("<P>one <B>bold</B>, <i>it</i> <a href='x>y'>link</a></P>", ["paragraph: one bold, it link"]),
        ("<blockquote>q</blockquote><pre>p\nq</pre>", ["paragraph: q", "paragraph: p q"]),
        ("1 < 2 &lt; 3 & 4 &amp 5 &nbsp;&eacute;&#233;&bogus;", ["paragraph: 1 < 2 < 3 & 4 & 5 éé&bogus;"]),
        ("<p>he said <q>no</q></p>", ['paragraph: he said "no"']),
        ("<p>unclosed <b", ["paragraph: unclosed <b"]),
    ],
)
def test_blocks(written: str, found: list[str]) -> None:
    assert outline_of(written, MEDIA) == found


def test_an_entity_and_a_line_break_are_indivisible_pieces() -> None:
    (block,) = READERS[MEDIA]("<p>a&amp;b<br>c</p>")
    assert [(piece.text, piece.start, piece.end) for piece in block.pieces] == [
        ("a", 3, 4),
        ("&", 4, 9),
        ("b", 9, 10),
        (" ", 10, 14),
        ("c", 14, 15),
    ]


def test_places_are_right_after_letters_whose_lower_case_is_longer() -> None:
    characters = "<p>\u0130\u0130</p><SCRIPT>x</SCRIPT><p>after"
    blocks = READERS[MEDIA](characters)
    assert_places_are_right(characters, blocks)
    assert texts(characters, MEDIA) == ["\u0130\u0130", "after"]


MARKS = st.sampled_from(
    [
        "a",
        " ",
        "\r\n",
        "é",
        "<p>",
        "</p>",
        "<li>",
        "<table>",
        "<tr>",
        "<td>",
        "</tr>",
        "</table>",
        "<br>",
        "<h2>",
        "</h2>",
        "&amp;",
        "&nbsp;",
        "&",
        "<",
        ">",
        '"',
        "'",
        "<a x='",
        "<!--",
        "-->",
        "<p hidden>",
        "<div hidden>",
        "</div>",
        "<script>",
        "</script>",
        "<q>",
        "</q>",
        "<head>",
        "<body>",
        "<![CDATA[",
        "]]>",
    ]
)


@given(st.lists(MARKS, max_size=30).map("".join))
def test_whatever_the_markup_places_are_right(characters: str) -> None:
    assert_places_are_right(characters, READERS[MEDIA](characters))


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>",
        "<table><tr><td>a",
        '<a "',
        "<a'>'",
        "<!--",
        "<",
        "<![CDATA[",
        "<script></scrip",
        "<p hidden>",
        "<div hidden>",
        "x<br>",
        "&",
        "<q>",
        "<ul><li>",
    ],
)
def test_hostile_markup_neither_recurses_nor_takes_quadratic_time(hostile: str) -> None:
    begun = time.perf_counter()
    READERS[MEDIA](hostile * 50_000)
    assert time.perf_counter() - begun < 3
