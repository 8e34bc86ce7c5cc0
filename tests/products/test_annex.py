"""The originals: quoted words marked and lettered, and beside them who quotes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.products.making import annex_of, composer_of, dossier_of, everything, write_pack

from briefpack.products.annex import MOST_PASSAGES, _cut, _Mark, _only_cited, _runs, compose_annex, without_places
from briefpack.products.letters import letter
from briefpack.products.model import Annex, AnnexPassage, Highlight, Withheld
from briefpack.sources.model import WITHHELD, Passage, PassageKind

ALPHA = "content/summaries/alpha.md"


def runs(text: str, *marks: tuple[int, int], withheld: tuple[str, ...] = ()) -> tuple[str | Highlight | Withheld, ...]:
    passage = Passage(1, PassageKind.PARAGRAPH, text, 0, len(text), withheld=withheld)
    made = [_Mark(start, end, f"card{n}", f"anchor{n}", True) for n, (start, end) in enumerate(marks)]
    made.sort(key=lambda mark: (mark.start, -mark.end, mark.card))
    return _runs(passage, made, {mark.card: letter(index) for index, mark in enumerate(made)})


def test_a_quotation_is_cut_out_of_its_passage() -> None:
    assert runs("one two three", (4, 7)) == ("one ", Highlight("two", ("a",), ("anchor0",)), " three")


def test_overlapping_quotations_share_one_marker_with_a_letter_where_each_begins() -> None:
    assert runs("one two three", (0, 7), (4, 13)) == (
        Highlight("one ", ("a",), ("anchor0",)),
        Highlight("two three", ("b",), ("anchor1",)),
    )


def test_a_quotation_inside_another_does_not_end_its_marker() -> None:
    assert runs("one two three", (0, 13), (4, 7)) == (
        Highlight("one ", ("a",), ("anchor0",)),
        Highlight("two three", ("b",), ("anchor1",)),
    )


def test_quotations_that_begin_together_stand_at_one_place() -> None:
    assert runs("one two", (0, 3), (0, 7)) == (Highlight("one two", ("a", "b"), ("anchor1", "anchor0")),)


def test_withheld_text_is_named_with_its_reason() -> None:
    assert runs(f"call {WITHHELD} or {WITHHELD}.", (0, 4), withheld=("x", "y")) == (
        Highlight("call", ("a",), ("anchor0",)),
        " ",
        Withheld("x"),
        " or ",
        Withheld("y"),
        ".",
    )


@st.composite
def _marked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.text("abc d", min_size=1, max_size=40))
    place = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text)))
    places = draw(st.lists(place.map(lambda p: (min(p), max(p))).filter(lambda p: p[0] < p[1]), max_size=40))
    return text, places


@given(_marked())
def test_runs_joined_are_the_passage_and_each_quotation_opens_one(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, places = case
    made = runs(text, *places)
    assert "".join(run if isinstance(run, str) else run.text for run in made if not isinstance(run, Withheld)) == text
    marked = [run for run in made if isinstance(run, Highlight)]
    letters = [each for run in marked for each in run.letters]
    assert letters == [letter(index) for index in range(len(places))]
    assert sorted(anchor for run in marked for anchor in run.anchors) == sorted(
        f"anchor{n}" for n in range(len(places))
    )
    position, opened, covered = 0, set(), set()
    for run in made:
        assert not isinstance(run, Withheld)
        content = run if isinstance(run, str) else run.text
        if isinstance(run, Highlight):
            covered |= set(range(position, position + len(content)))
            if run.letters:
                opened.add(position)
        position += len(content)
    assert opened == {start for start, _ in places}
    assert covered == {at for start, end in places for at in range(start, end)}


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_letters_are_unique(one: int, other: int) -> None:
    assert (letter(one) == letter(other)) == (one == other)


def test_letters_go_on_after_z() -> None:
    assert [letter(index) for index in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]


# Cuts


def passages(count: int, headings: dict[int, int] | None = None, marked: tuple[int, ...] = ()) -> list[AnnexPassage]:
    headings = headings or {}
    return [
        AnnexPassage(
            number,
            f"p{number}",
            PassageKind.HEADING if number in headings else PassageKind.PARAGRAPH,
            headings.get(number, 0),
            (Highlight("text", ("a",), ("x",)) if number in marked else "text",),
            (),
        )
        for number in range(1, count + 1)
    ]


def cuts(count: int, headings: dict[int, int] | None = None) -> list[tuple[int, int]]:
    return [(cut[0].number, cut[-1].number) for cut in _cut(passages(count, headings))]


def test_only_a_long_source_is_cut() -> None:
    assert cuts(150, {120: 1}) == [(1, 150)]
    assert cuts(301) == [(1, 150), (151, 300), (301, 301)]


def test_a_long_source_is_cut_before_a_heading_in_good_time() -> None:
    assert cuts(200, {120: 1}) == [(1, 119), (120, 200)]


def test_headings_that_follow_each_other_stay_together() -> None:
    assert cuts(200, {120: 1, 121: 2}) == [(1, 119), (120, 200)]


def test_no_cut_ends_with_a_heading() -> None:
    assert cuts(158, {150: 1}) == [(1, 149), (150, 158)]
    assert cuts(158, {149: 1, 150: 2}) == [(1, 148), (149, 158)]


@given(st.integers(0, 500), st.sets(st.integers(1, 500)))
def test_cuts_joined_are_the_source_and_none_is_longer_than_it_may_be(count: int, headings: set[int]) -> None:
    made = _cut(passages(count, dict.fromkeys(headings, 1)))
    assert [passage.number for cut in made for passage in cut] == list(range(1, count + 1))
    assert all(0 < len(cut) <= MOST_PASSAGES for cut in made)


# What an audience gets that has quoted passages only


def cited(count: int, headings: dict[int, int], marked: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(passage.number, passage.skipped) for passage in _only_cited(passages(count, headings, marked))]


def test_only_quoted_passages_are_kept_with_the_number_left_out_before_each() -> None:
    assert cited(9, {}, (3, 4, 8)) == [(3, 2), (4, 0), (8, 3)]


def test_quoted_passages_keep_all_headings_under_which_they_stand() -> None:
    assert cited(9, {1: 1, 2: 2, 4: 2, 5: 3, 8: 1}, (7,)) == [(1, 0), (4, 2), (5, 0), (7, 1)]


def test_what_is_left_out_at_the_end_is_counted(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path, ("content/pack.toml", 'title = "For the public"', 'title = "For the public"\nannex = "cited"')
    )
    annex = annex_of(dossier_of(pack))[0]
    assert [(p.number, p.skipped) for p in annex.passages] == [(3, 2), (4, 0), (5, 0)]
    assert annex.skipped_after == 1
    assert annex.reference.passages == 6


def test_a_source_of_which_nothing_is_quoted_has_no_annex_then(tmp_path: Path) -> None:
    changes = [
        ("content/pack.toml", 'title = "For the public"', 'title = "For the public"\nannex = "cited"'),
        (
            "content/summaries/beta.md",
            "headline: The south built 52 bridges. [@built]",
            "headline:\n  text: So. [@built]\n  labels: [secret]",
        ),
        (
            "content/summaries/beta.md",
            "    text: The south builds 52 bridges. [@built]",
            "    text: Built. [@built]\n    labels: [secret]",
        ),
        ("content/comparisons/views.md", "beta: Bridges, 52 of them. [@built]", "beta: not addressed"),
    ]
    dossier = dossier_of(write_pack(tmp_path, *changes))
    assert annex_of(dossier, "beta") == []
    bibliography = next(s for s in dossier.sections if s.anchor == "bibliography")
    assert "#annex-alpha" in everything(bibliography)
    assert "#annex-beta" not in everything(bibliography)


# Whole annexes


def test_letters_begin_anew_in_each_passage(tmp_path: Path) -> None:
    annex = annex_of(dossier_of(write_pack(tmp_path), "insiders"))[0]
    first = {p.number: [r.letter for r in p.references][:1] for p in annex.passages if p.references}
    assert set(map(tuple, first.values())) == {("a",)}
    letters = [run.letters for p in annex.passages if p.number == 4 for run in p.runs if isinstance(run, Highlight)]
    assert letters == [("a",), ("b",)]


def test_each_place_that_quotes_is_named_once(tmp_path: Path) -> None:
    for passage in annex_of(dossier_of(write_pack(tmp_path), "insiders"))[0].passages:
        places = [(reference.letter, reference.href) for reference in passage.references]
        assert len(places) == len(set(places))


GAPPED = """  built:
    quote:
      - The council of the north
      - 41 bridges
      - The masons of the north
    note: A note by the editors.
"""


def gapped(tmp_path: Path) -> Annex:
    change = (ALPHA, "  built: The council of the north built 41 bridges in 2018.\n", GAPPED)
    return annex_of(dossier_of(write_pack(tmp_path, change)))[0]


def test_a_quotation_with_gaps_has_one_letter_in_each_passage_and_its_note_in_the_first(tmp_path: Path) -> None:
    annex = gapped(tmp_path)
    third, fourth = annex.passages[2], annex.passages[3]
    built = [run for run in third.runs if isinstance(run, Highlight)]
    assert [(run.text, run.letters) for run in built] == [
        ("The council of the north", ("a",)),
        ("41 bridges", ()),
        ("Nobody in the north counted the boats", ("b",)),
    ]
    opened = [run for run in fourth.runs if isinstance(run, Highlight)]
    assert opened[0].letters == ("a", "b")
    assert set(opened[0].anchors) == {"annex-alpha--built.2", "annex-alpha--wages"}
    assert (third.notes, fourth.notes) == (("A note by the editors.",), ())


def test_a_note_stands_once_even_where_its_quotation_runs_over_three_passages(tmp_path: Path) -> None:
    words = "in that year. The masons of the north ask for better wages. The bishop praised the masons"
    quote = f"    quote: >-\n      {words} of the north in public. The ferrymen\n"
    change = (
        ALPHA,
        "  built: The council of the north built 41 bridges in 2018.\n",
        f"  built:\n{quote}    note: Long.\n",
    )
    pack = write_pack(
        tmp_path,
        change,
        (ALPHA, "headline: The north built 41 bridges. [@built]", "headline: They ask and praise. [@built]"),
        (ALPHA, "    value: 41\n    key: yes\n    cite: [built]", "    value: 17\n    key: yes\n    cite: [boats]"),
        (ALPHA, "    text: The north builds 41 bridges. [@built]", "    text: They ask. [@built]"),
        (ALPHA, "The north built 41 bridges. [@built]\n\n##", "They ask. [@built]\n\n##"),
        ("content/comparisons/views.md", "Bridges, 41 of them. [@built]", "Bridges. [@built]"),
        ("content/overview.md", "In the north 41 were built.", "Some were built."),
    )
    annex = annex_of(dossier_of(pack))[0]
    assert [passage.notes for passage in annex.passages] == [(), (), ("Long.",), (), (), ()]
    anchors = [a for p in annex.passages for run in p.runs if isinstance(run, Highlight) for a in run.anchors]
    assert [a for a in anchors if "built" in a] == [
        "annex-alpha--built",
        "annex-alpha--built.2",
        "annex-alpha--built.3",
    ]


def test_withheld_text_is_nowhere_in_the_annex(tmp_path: Path) -> None:
    annex = annex_of(dossier_of(write_pack(tmp_path), "insiders"), "beta")[0]
    assert annex.passages[-1].runs == (Withheld("a private number"),)
    assert "0142" not in everything(annex)


def test_what_the_fit_left_out_is_not_pointed_at(tmp_path: Path) -> None:
    annex = annex_of(dossier_of(write_pack(tmp_path)))[0]
    gone = frozenset(r.href.removeprefix("#") for p in annex.passages for r in p.references if r.place.kind == "point")
    assert gone
    left = without_places(annex, gone)
    assert not any(reference.href.removeprefix("#") in gone for p in left.passages for reference in p.references)
    for passage in left.passages:
        letters = {each for run in passage.runs if isinstance(run, Highlight) for each in run.letters}
        assert letters == {reference.letter for reference in passage.references}
    assert without_places(annex, frozenset()) == annex


def test_an_unread_source_has_no_annex_in_a_draft(tmp_path: Path) -> None:
    composer = composer_of(write_pack(tmp_path))
    view = replace(composer.view, verified=replace(composer.view.verified, sources={}), draft=True)
    summary = composer.view.summaries()[0]
    assert compose_annex(summary, view, composer.entry(summary), {}) == ()
