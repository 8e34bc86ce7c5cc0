"""Inline Markdown is emphasis, strong, code and escapes, and nothing else."""

import time

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
        ('a & b "c"', "a &amp; b &quot;c&quot;"),
    ],
)
def test_marks_become_tags_and_all_else_stays_text(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "*" * 50_000, "`" * 49_999, "*a " * 20_000, "**a*" * 15_000, "\\" * 50_000]
)
def test_hostile_text_takes_no_more_than_a_moment(text: str) -> None:
    start = time.monotonic()
    to_html(text)
    assert time.monotonic() - start < 1
