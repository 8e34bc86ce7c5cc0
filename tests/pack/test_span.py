"""Places in a file: lines and columns, and the place of a part of what was read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefpack.diagnostics import Location
from briefpack.pack.span import Span

_TEXT = st.text(st.sampled_from("ab.é\u00a0\u2003 \t\n\r\x1c\x85"), max_size=30)


@given(_TEXT, st.data())
def test_lines_and_columns_count_from_one(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    found = Span("a.md", raw, start, end).location
    before, within = raw[:start].split("\n"), raw[:end].split("\n")
    assert found == Location("a.md", len(before), len(before[-1]) + 1, len(within), len(within[-1]) + 1)


@given(_TEXT, st.data())
def test_a_part_of_folded_text_is_found_where_its_characters_stand(raw: str, data: st.DataObject) -> None:
    value = " ".join(raw.split())
    places = [at for at, character in enumerate(raw) if not character.isspace()]
    if not places:
        return
    at = data.draw(st.sampled_from([at for at, character in enumerate(value) if character != " "]))
    place = places[len("".join(value[:at].split()))]
    found = Span("a.md", raw, 0, len(raw)).part(value, at, at + 1)
    assert found == Span("a.md", raw, place, place + 1).location


def test_a_part_that_is_not_there_stands_at_the_end() -> None:
    assert Span("a.md", "ab cd", 0, 5).part("ab cd ef", 6, 8).column == 5
