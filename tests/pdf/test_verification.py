"""The gate on a finished file: whatever is changed in it, wherever, is noticed; what only looks different is not."""

# mypy: disable-error-code="misc"
# mypy cannot infer functions whose arguments have defaults, by which these hold the numbers of a loop.

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from tests.pdf.making_pieces import bound, furniture, section

from briefpack.pdf.binding import Binding, BoundPart
from briefpack.pdf.linking import link
from briefpack.pdf.verification import verify_linked
from briefpack.products.model import Attachment

ATTACHED = (Attachment("data.json", b"{}\n", "application/json", "Data", "statements"),)
PARTS = (BoundPart(1, "Findings", "part-findings"),)
TEXT = re.compile(rb"\[[^\]]*\] TJ")
Change = Callable[[pikepdf.Pdf], Any]


@pytest.fixture(scope="module")
def binding() -> Binding:
    return bound([section(number) for number in range(3)], parts=PARTS, attachments=ATTACHED)


@pytest.fixture(scope="module")
def content(binding: Binding) -> bytes:
    return written(binding)


def written(binding: Binding) -> bytes:
    value = link(binding).value
    assert value is not None
    return value.pdf


def changed(content: bytes, change: Change, **saving: Any) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        target = io.BytesIO()
        pdf.save(target, **saving)
        return target.getvalue()


def unnoticed(content: bytes, binding: Binding, mutations: Iterator[tuple[str, Change]]) -> tuple[list[str], int]:
    found, count = [], 0
    for name, change in mutations:
        count += 1
        if not verify_linked(changed(content, change), binding):
            found.append(name)
    return found, count


def test_a_linked_file_is_what_was_bound(content: bytes, binding: Binding) -> None:
    assert verify_linked(content, binding) == []
    plain = bound([section(number) for number in range(3)], heads=False)
    assert verify_linked(written(plain), plain) == []


@pytest.mark.parametrize(
    "saving",
    [
        {},
        {"object_stream_mode": pikepdf.ObjectStreamMode.disable, "compress_streams": False},
        {"stream_decode_level": pikepdf.StreamDecodeLevel.generalized, "recompress_flate": True},
        {"linearize": True},
        {"qdf": True},
    ],
)
def test_a_file_that_another_program_saved_unchanged_passes(
    saving: dict[str, Any], content: bytes, binding: Binding
) -> None:
    again = changed(content, lambda pdf: None, **saving)
    assert again != content
    assert verify_linked(again, binding) == []


def text_mutations(pages: int, content: bytes) -> Iterator[tuple[str, Change]]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = [pdf.pages[number].Contents[1].read_bytes() for number in range(pages)]
    for number, stream in enumerate(streams):
        places = [match.span() for match in TEXT.finditer(stream)]
        for start, end in places:
            yield f"left out {number}:{start}", writing(number, stream[:start] + stream[end:])
            yield f"doubled {number}:{start}", writing(number, stream[:end] + b"\n" + stream[start:])
        for (a, b), (c, d) in pairwise(places):
            yield (
                f"changed {number}:{a}",
                writing(number, stream[:a] + stream[c:d] + stream[b:c] + stream[a:b] + stream[d:]),
            )


def writing(number: int, stream: bytes) -> Change:
    return lambda pdf: pdf.pages[number].Contents[1].write(stream)


def test_every_text_operator_left_out_doubled_or_changed_is_noticed(content: bytes, binding: Binding) -> None:
    found, count = unnoticed(content, binding, text_mutations(6, content))
    assert found == []
    assert count > 90


def page_mutations(pages: int) -> Iterator[tuple[str, Change]]:
    for number in range(pages):
        yield f"left out {number}", lambda pdf, n=number: pdf.pages.__delitem__(n)
        yield f"doubled {number}", lambda pdf, n=number: pdf.pages.insert(n, pdf.pages[n])
        for other in range(number + 1, pages):
            yield f"changed {number} {other}", lambda pdf, n=number, o=other: swap_pages(pdf, n, o)
            yield f"put for {number}: {other}", lambda pdf, n=number, o=other: put_for(pdf, n, o)


def swap_pages(pdf: pikepdf.Pdf, one: int, other: int) -> None:
    first, second = pdf.pages[one].obj, pdf.pages[other].obj
    for number, page in ((other, first), (one, second)):
        pdf.pages.insert(number, pikepdf.Page(page))
        del pdf.pages[number + 1]


def put_for(pdf: pikepdf.Pdf, one: int, other: int) -> None:
    """Show the content of `other` on page `one`."""
    pdf.pages[one].obj.Contents = pdf.pages[other].obj.Contents


def test_every_page_left_out_doubled_or_changed_is_noticed(content: bytes, binding: Binding) -> None:
    found, count = unnoticed(content, binding, page_mutations(6))
    assert found == []
    assert count == 42


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    """All elements in order of reading."""
    found, stack = [], [pdf.Root.StructTreeRoot.K]
    while stack:
        element = stack.pop()
        found.append(element)
        kids = [kid for kid in element.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        stack += reversed(kids)
    return found


def element_mutations(content: bytes) -> Iterator[tuple[str, Change]]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        sizes = [len(element.K) for element in elements(pdf)]
        pages = len(pdf.pages)
    for index, size in enumerate(sizes):
        for at in range(size):
            yield f"left out {index}/{at}", lambda pdf, i=index, a=at: elements(pdf)[i].K.__delitem__(a)
            yield f"doubled {index}/{at}", lambda pdf, i=index, a=at: double(elements(pdf)[i].K, a)
            if at:
                yield f"changed {index}/{at}", lambda pdf, i=index, a=at: swap(elements(pdf)[i].K, a - 1, a)
        if index:
            yield f"renamed {index}", lambda pdf, i=index: elements(pdf)[i].__setattr__("S", pikepdf.Name.Quote)
            yield f"moved {index}", lambda pdf, i=index: elements(pdf)[i].__setattr__("P", elements(pdf)[i])
    for page in range(pages):
        yield f"page of {page}", lambda pdf, p=page: turn_page(pdf, p)


def turn_page(pdf: pikepdf.Pdf, page: int) -> None:
    """Say of the first element on a page that it is on the next."""
    here, there = pdf.pages[page].obj, pdf.pages[(page + 1) % len(pdf.pages)].obj
    next(e for e in elements(pdf) if "/Pg" in e and e.Pg.objgen == here.objgen).Pg = there


def double(array: Any, at: int) -> None:
    array.insert(at, array[at]) if hasattr(array, "insert") else array.append(array[at])


def swap(array: Any, one: int, other: int) -> None:
    first, second = array[one], array[other]
    array[one], array[other] = second, first


def test_every_element_left_out_doubled_or_changed_is_noticed(content: bytes, binding: Binding) -> None:
    found, count = unnoticed(content, binding, element_mutations(content))
    assert found == []
    assert count > 250


def parents(pdf: pikepdf.Pdf) -> list[Any]:
    """The entries of the parent tree."""
    return list(pdf.Root.StructTreeRoot.ParentTree.Nums)[1::2]


def back_mutations(content: bytes) -> Iterator[tuple[str, Change]]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        entries = [len(entry) if isinstance(entry, pikepdf.Array) else 0 for entry in parents(pdf)]
    for index, size in enumerate(entries):
        for at in range(size):
            yield f"left out {index}/{at}", lambda pdf, i=index, a=at: parents(pdf)[i].__delitem__(a)
            if at:
                yield f"changed {index}/{at}", lambda pdf, i=index, a=at: swap(parents(pdf)[i], a - 1, a)
        if index:
            yield (
                f"entry {index}",
                lambda pdf, i=index: swap(pdf.Root.StructTreeRoot.ParentTree.Nums, 2 * i - 1, 2 * i + 1),
            )


def test_every_way_back_that_leads_elsewhere_is_noticed(content: bytes, binding: Binding) -> None:
    found, count = unnoticed(content, binding, back_mutations(content))
    assert found == []
    assert count > 60


def link_mutations(content: bytes) -> Iterator[tuple[str, Change]]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        count = len(pdf.Root.Names.Dests.Names) // 2
    for at in range(count):
        place = 2 * at + 1
        yield f"page of {at}", lambda pdf, p=place: pdf.Root.Names.Dests.Names[p].__setitem__(0, pdf.pages[1].obj)
        yield f"height of {at}", lambda pdf, p=place: pdf.Root.Names.Dests.Names[p].__setitem__(3, 12)
        yield (
            f"name of {at}",
            lambda pdf, p=place: pdf.Root.Names.Dests.Names.__setitem__(p - 1, pikepdf.String("other")),
        )
    for number in range(6):
        yield f"left out {number}", lambda pdf, n=number: pdf.pages[n].Annots.__delitem__(0)
        yield f"doubled {number}", lambda pdf, n=number: pdf.pages[n].Annots.append(pdf.pages[n].Annots[0])
        yield f"words {number}", lambda pdf, n=number: pdf.pages[n].Annots[0].__setattr__("Contents", "here")
        yield f"place {number}", lambda pdf, n=number: pdf.pages[n].Annots[0].Rect.__setitem__(0, 1)
        yield f"owner {number}", lambda pdf, n=number: pdf.pages[n].Annots[0].__setattr__("StructParent", 0)
        yield f"target {number}", lambda pdf, n=number: retarget(pdf.pages[n].Annots[0])
        yield f"exchanged {number}", lambda pdf, n=number: exchange(pdf, n)


def retarget(annotation: Any) -> None:
    if "/Dest" in annotation:
        annotation.Dest = pikepdf.String("part-findings")
    else:
        annotation.A.URI = pikepdf.String("https://example.com/")


def exchange(pdf: pikepdf.Pdf, number: int) -> None:
    one, other = pdf.pages[number].Annots, pdf.pages[(number + 2) % 6].Annots
    one[0], other[0] = other[0], one[0]


def test_every_link_or_destination_that_is_changed_is_noticed(content: bytes, binding: Binding) -> None:
    found, count = unnoticed(content, binding, link_mutations(content))
    assert found == []
    assert count == 54


def exposed(pdf: pikepdf.Pdf) -> None:
    """Draw the furniture as if it were content."""
    pdf.pages[0].Contents[2].write(b"Q\n/BriefpackFurniture Do")


def second_font(pdf: pikepdf.Pdf) -> None:
    """Give another program the name of the first."""
    fonts = pdf.pages[0].Resources.Font
    fonts.SANSAA.BaseFont = fonts.SERIFA.BaseFont


def own_fonts(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[2].obj
    fonts: Any = page.Resources.Font
    page.Resources.Font = pikepdf.Dictionary(fonts)


def form(pdf: pikepdf.Pdf, number: int) -> Any:
    return pdf.pages[number].Resources.XObject.BriefpackFurniture


FILE_MUTATIONS: dict[str, Change] = {
    "furniture that is content": exposed,
    "more before the page": lambda pdf: pdf.pages[0].Contents[0].write(b"q 0 0 1 rg 0 0 9 9 re f"),
    "a stream more": lambda pdf: pdf.pages[0].Contents.append(pdf.pages[0].Contents[0]),
    "another head": lambda pdf: form(pdf, 1).write(form(pdf, 0).read_bytes()),
    "the head of another page": lambda pdf: pdf.pages[3].Resources.XObject.__setattr__(
        "BriefpackFurniture", form(pdf, 2)
    ),
    "fonts of its own": own_fonts,
    "one name for two programs": second_font,
    "another program": lambda pdf: (
        pdf.pages[0].Resources.Font.SANSAA.DescendantFonts[0].FontDescriptor.FontFile2.write(b"none")
    ),
    "other characters": lambda pdf: pdf.pages[0].Resources.Font.SANSAA.ToUnicode.write(b"none"),
    "another font": lambda pdf: pdf.pages[0].Resources.Font.__setattr__("NEW", pdf.pages[0].Resources.Font.SANSAA),
    "another drawing": lambda pdf: pdf.pages[1].Resources.XObject.x1.write(b"0 0 9 9 re f"),
    "no drawing": lambda pdf: pdf.pages[1].Resources.XObject.__delattr__("x1"),
    "furniture for a drawing": lambda pdf: pdf.pages[1].Resources.XObject.__setattr__("x1", form(pdf, 1)),
    "an alternative text": lambda pdf: next(e for e in elements(pdf) if e.S == "/Figure").__setattr__(
        "Alt", "A circle"
    ),
    "a language": lambda pdf: next(e for e in elements(pdf) if "/Lang" in e and e.S == "/P").__setattr__("Lang", "fr"),
    "the language": lambda pdf: pdf.Root.__setattr__("Lang", "fr"),
    "page numbers": lambda pdf: pdf.Root.PageLabels.Nums[1].__setattr__("St", 2),
    "no page numbers": lambda pdf: pdf.Root.__delattr__("PageLabels"),
    "a line of the outline": lambda pdf: pdf.Root.Outlines.First.__setattr__("Title", "Other"),
    "the place of a line": lambda pdf: pdf.Root.Outlines.First.Dest.__setitem__(0, pdf.pages[3].obj),
    "a line too few": lambda pdf: pdf.Root.Outlines.First.__delattr__("Next"),
    "a line too many": lambda pdf: pdf.Root.Outlines.First.Next.First.__setattr__("Next", pdf.Root.Outlines.First),
    "no outline": lambda pdf: pdf.Root.__delattr__("Outlines"),
    "an attachment": lambda pdf: pdf.attachments.__setitem__("more.txt", b"more"),
    "no attachment": lambda pdf: pdf.attachments.__delitem__("data.json"),
    "no tags": lambda pdf: pdf.Root.__delattr__("StructTreeRoot"),
    "no names": lambda pdf: pdf.Root.Names.__delattr__("Dests"),
}


@pytest.mark.parametrize("name", FILE_MUTATIONS)
def test_what_belongs_to_the_whole_file_is_compared(name: str, content: bytes, binding: Binding) -> None:
    assert verify_linked(changed(content, FILE_MUTATIONS[name]), binding) != []


def test_a_file_of_another_binding_is_not_this_one(content: bytes, binding: Binding) -> None:
    longer = bound([section(number, paragraphs=5) for number in range(3)], parts=PARTS, attachments=ATTACHED)
    assert verify_linked(content, longer) != []
    assert verify_linked(content, replace(binding, overlays=())) != []
    over = furniture(7)
    assert verify_linked(content, replace(binding, overlays=tuple((over, page + 1) for page in range(6)))) != []


def test_a_file_without_furniture_is_not_one_with_it(binding: Binding) -> None:
    assert verify_linked(written(replace(binding, overlays=())), binding) != []


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_torn_file_is_named_as_such(share: float, content: bytes, binding: Binding) -> None:
    assert verify_linked(content[: int(share * len(content))], binding) != []


def test_a_file_in_which_all_is_wrong_is_not_described_at_length(binding: Binding) -> None:
    many = [section(number, pages=20, sections=20) for number in range(20)]
    file, other = (
        written(bound(many)),
        bound([section(number, pages=20, sections=20) for number in reversed(range(20))]),
    )
    assert 0 < len(verify_linked(file, other)) <= 51
