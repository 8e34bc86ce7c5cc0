"""Inline Markdown is emphasis, strong, code and escapes, and nothing else."""

import pytest

from briefpack.templating.inline import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Plans**, not *results*.", "<strong>Plans</strong>, not <em>results</em>."),
        ("***both***", "<strong><em>both</em></strong>"),
        ("`a*b`", "<code>a*b</code>"),
        (r"\*not\* \\", "*not* \\"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("*open", "*open"),
        ("[b](http://x) [sic]", "[b](http://x) [sic]"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("{{ config }} {% raw %}", "{{ config }} {% raw %}"),
        ('a & b "c" &copy;', 'a &amp; b "c" &amp;copy;'),
        ("1. no list", "1. no list"),
        ("# no heading", "# no heading"),
        ("    no code", "no code"),
        ("&#49;2 and `&#49;`", "&amp;#49;2 and <code>&amp;#49;</code>"),
    ],
)
def test_marks_become_tags_and_all_else_stays_text(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "*" * 5_000, "`" * 4_999, "*a " * 20_000, "**a*" * 1_200, "\\" * 5_000, "*a" * 2_500]
)
def test_hostile_text_ends_and_keeps_its_letters(text: str) -> None:
    assert to_html(text).count("a") >= text.count("a")
