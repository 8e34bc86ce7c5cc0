"""What the originals hold besides the sources."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.sources.making import file_of, source_of, stretch, work

from briefpack.sources.model import SourceFile
from briefpack.sources.normalise import normalise
from briefpack.sources.printed import printed
from briefpack.sources.source import Source
from briefpack.sources.survey import MIN_SHARE, TELLING, Copy, Leftover, Use, _copy, copies, unassigned

A = "The first paragraph of the article is long enough to tell."
B = "The second paragraph of the article is just as long as that."
C = "Something else stands in this file and is in no work at all."
D = "A third paragraph that was put in between for another edition."


def test_a_work_that_stands_in_another_file_word_for_word_is_an_identical_copy() -> None:
    first, second = file_of(f"{A}\n\n{B}"), file_of(f"{C}\n\n{A.replace(' ', chr(160))}\n\n{B}", path="seeds/b.txt")
    (copy,) = copies([first, second], [source_of(first)])
    assert (copy.source_id, copy.path, copy.share, copy.is_identical) == ("work", "seeds/b.txt", 1.0, True)
    assert second.characters[copy.start : copy.end].startswith("The\u00a0first")
    assert second.characters[copy.start : copy.end].endswith("as that.")


def test_a_copy_with_additions_is_not_identical_and_additions_stay_unassigned() -> None:
    first, second = file_of(f"{A}\n\n{B}"), file_of(f"{A}\n\n{D}\n\n{B}", path="seeds/b.txt")
    source = source_of(first)
    (copy,) = found = copies([first, second], [source])
    assert (copy.share, copy.is_identical, len(copy.runs)) == (1.0, False, 2)
    assert [left.opening for left in unassigned([first, second], [source], found)] == [" ".join(D.split()[:12])]


def test_half_a_work_in_another_file_is_reported_with_its_share() -> None:
    first, second = file_of(f"{A}\n\n{B}"), file_of(B, path="seeds/b.txt")
    (copy,) = copies([first, second], [source_of(first)])
    assert (round(copy.share, 2), copy.is_identical) == (0.51, False)


def test_short_passages_that_agree_are_no_copy() -> None:
    first, second = file_of(f"Partnerships\n\n{A}"), file_of("Partnerships\n\nOther text.", path="seeds/b.txt")
    assert copies([first, second], [source_of(first)]) == ()


def test_a_work_that_stands_twice_in_its_own_file_is_found() -> None:
    file = file_of(f"{A}\n\n{C}\n\n{A}")
    (copy,) = copies([file], [source_of(file, work(end="tell."))])
    assert (copy.path, copy.start, copy.is_identical) == ("seeds/a.txt", len(A) + len(C) + 4, True)


def test_text_before_between_and_after_works_is_unassigned() -> None:
    file = file_of(f"Menu\nHome\n\n{A}\n\n{C}\n\n{B} End")
    sources = [
        source_of(file, work(id="a", start="The first", end="tell.")),
        source_of(file, work(id="b", start="The second", end="that.")),
    ]
    assert [(left.line, left.end_line, left.words, left.opening[:9]) for left in unassigned([file], sources)] == [
        (1, 2, 2, "Menu Home"),
        (6, 6, 13, "Something"),
        (8, 8, 1, "End"),
    ]


def test_furniture_is_listed_as_furniture_with_its_reason() -> None:
    file = file_of(f"Menu\n\n{A}")
    source = source_of(file, work(furniture=(stretch("Menu", "Menu", "navigation"),)))
    assert unassigned([file], [source]) == (
        Leftover("seeds/a.txt", Use.FURNITURE, 0, 4, 1, 1, 1, "Menu", "navigation"),
    )


def test_a_file_that_no_work_uses_is_named_as_such() -> None:
    files = [file_of(A), file_of(C, path="seeds/b.txt")]
    (left,) = unassigned(files, [source_of(files[0])])
    assert (left.path, left.use, left.words) == ("seeds/b.txt", Use.UNUSED_FILE, 13)


def _compared_one_by_one(files: list[SourceFile], sources: list[Source]) -> tuple[Copy, ...]:
    """What `copies` must return, found by holding every work against every file."""
    found = []
    for file in files:
        texts = [normalise(printed(block.pieces)) for block in file.blocks]
        for source in sources:
            passages = [normalise(printed(pieces)) for pieces in source.complete]
            is_own = file.path == source.file.path
            elsewhere = [
                text
                for text, block in zip(texts, file.blocks, strict=True)
                if not (is_own and block.pieces[0].start < source.end and source.start < block.pieces[-1].end)
            ]
            if any(len(text) >= TELLING for text in set(passages).intersection(elsewhere)) and (
                copy := _copy(file, texts, source, passages)
            ):
                found.append(copy)
    return tuple(sorted(found, key=lambda copy: (copy.source_id, copy.path, copy.start)))


_LINES = st.sampled_from([A, B, C, D, "Partnerships", "Share this page with others by electronic mail", "x" * 400])


@given(st.lists(st.lists(_LINES, min_size=1, max_size=12), min_size=1, max_size=6))
def test_the_works_that_are_not_compared_with_a_file_are_no_copies(pages: list[list[str]]) -> None:
    files = [file_of("\n\n".join(page), path=f"seeds/{number}.txt") for number, page in enumerate(pages)]
    sources = [source_of(file, work(id=f"work-{number}")) for number, file in enumerate(files)]
    assert copies(files, sources) == _compared_one_by_one(files, sources)


def test_a_line_that_stands_in_every_file_makes_no_copy_of_any() -> None:
    files = [file_of(f"{A}\n\n{str(n) * 700}", path=f"seeds/{n}.txt") for n in range(3)]
    assert len(A) / (len(A) + 700) < MIN_SHARE
    assert copies(files, [source_of(file, work(id=file.path)) for file in files]) == ()
