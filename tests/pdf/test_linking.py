"""Pieces become one file that both standards accept, whose parts all lead where they say."""

from __future__ import annotations

import io
import shutil
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pdf.making_pieces import FACTS, SANS, SERIF, Maker, bound, cut, furniture, section, texts

from briefpack.diagnostics import Code
from briefpack.pdf.binding import Binding, BoundPart, BoundSection, Linked
from briefpack.pdf.inspect import Inspection, inspect_pdf
from briefpack.pdf.linking import link
from briefpack.pdf.objects import Writer, name_string, text_string
from briefpack.pdf.piece import Destination, Drawn, Element, Piece
from briefpack.pdf.trees import PageTree, put_tree
from briefpack.products.model import Attachment
from briefpack.world import digest

ATTACHED = (
    Attachment("../../seeds/Usulután.txt", "Usulután".encode(), "text/plain; charset=utf-8", "Source", "original"),
    Attachment("data.json", b"{}\n", "application/json", "Data", "statements – all"),
)
PARTS = (BoundPart(1, "Findings", "part-findings"), BoundPart(2, "Section 2", "part-2"))


def linked(binding: Binding) -> Linked:
    checked = link(binding)
    assert checked.diagnostics == ()
    assert checked.value is not None
    return checked.value


def three() -> list[BoundSection]:
    return [section(number) for number in range(3)]


@pytest.fixture(scope="module")
def whole() -> Binding:
    return bound(three(), parts=PARTS, attachments=ATTACHED, first_page=41)


@pytest.fixture(scope="module")
def read(whole: Binding) -> Inspection:
    return inspect_pdf(linked(whole).pdf)


def broken(binding: Binding) -> list[tuple[Code, str]]:
    checked = link(binding)
    assert checked.value is None
    return [(problem.code, problem.message) for problem in checked.diagnostics]


@pytest.mark.parametrize("profile", ["ua1", "3a"])
@pytest.mark.parametrize("heads", [True, False])
def test_a_linked_file_passes(profile: str, heads: bool, tmp_path: Path) -> None:
    path = tmp_path / "linked.pdf"
    path.write_bytes(linked(bound(three(), heads=heads, parts=PARTS, attachments=ATTACHED)).pdf)
    result = page_validation.validate_pdf(str(path), profile=profile)
    assert [str(failure) for failure in result.failures] == []
    assert result.is_compliant


def test_the_syntax_is_without_fault(whole: Binding) -> None:
    with pikepdf.open(io.BytesIO(linked(whole).pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.pdf_version == "1.7"


def test_pages_labels_title_and_language_are_there(whole: Binding, read: Inspection) -> None:
    assert read.pages == linked(whole).pages == 6
    assert read.labels == ("41", "42", "43", "44", "45", "46")
    assert (read.title, read.language) == (FACTS.title, "en")


def test_every_link_leads_to_the_page_of_its_name_or_out(read: Inspection) -> None:
    assert [(each.page, each.target, each.to_page) for each in read.links] == [
        (1, "s1", 3),
        (2, "https://example.org/a(b)?%C3%B1=1", 0),
        (3, "s2", 5),
        (4, "https://example.org/a(b)?%C3%B1=1", 0),
        (5, "s0", 1),
        (6, "https://example.org/a(b)?%C3%B1=1", 0),
    ]


def test_parts_hold_sections_and_one_named_as_its_section_is_that(read: Inspection) -> None:
    assert [(entry.title, entry.depth, entry.page) for entry in read.outline] == [
        ("Section 0", 1, 1),
        ("Findings", 1, 3),
        ("Section 1", 2, 3),
        ("Section 2", 1, 5),
    ]


def test_attachments_arrive_under_safe_names_with_the_date_of_the_edition(whole: Binding, read: Inspection) -> None:
    assert dict(read.attachments) == {"Usulután.txt": "Usulután".encode(), "data.json": b"{}\n"}
    with pikepdf.open(io.BytesIO(linked(whole).pdf)) as pdf:
        assert [str(item.AFRelationship) for item in pdf.Root.AF] == ["/Source", "/Data"]
        stream = pdf.attachments["Usulután.txt"].get_file().obj
        assert str(stream.Params.CreationDate) == "D:20261122000000Z"
        assert str(stream.Subtype) == "/text/plain"


def test_the_text_of_a_page_is_its_section_s_and_its_furniture_s(read: Inspection) -> None:
    assert "Section 1: hallazgos" in read.texts[2]
    assert "según la OIM" in read.texts[2]
    assert ["Briefing desk" in text for text in read.texts] == [True] * 6
    assert read.texts[4].rstrip().endswith("Briefing desk · 5")


def test_what_info_and_metadata_say_is_the_same(whole: Binding) -> None:
    with pikepdf.open(io.BytesIO(linked(whole).pdf)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"]) == FACTS.title
        assert metadata["dc:creator"] == [str(pdf.docinfo["/Author"])] == ["Briefing desk"]
        assert metadata["pdf:Producer"] == str(pdf.docinfo["/Producer"]) == whole.producer
        assert metadata["xmp:CreateDate"] == "2026-11-22T00:00:00Z"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261122000000Z"


def test_content_streams_stand_in_the_file_as_they_were_set(whole: Binding) -> None:
    file = linked(whole)
    pages = [page for each in whole.sections for page in each.piece.pages]
    assert file.contents == tuple(digest(page.content) for page in pages)
    with pikepdf.open(io.BytesIO(file.pdf)) as pdf:
        assert [page.Contents[1].read_raw_bytes() for page in pdf.pages] == [page.content for page in pages]


def test_the_same_binding_gives_the_same_bytes(whole: Binding) -> None:
    again = bound(three(), parts=PARTS, attachments=ATTACHED, first_page=41)
    assert linked(whole).pdf == linked(again).pdf
    assert linked(replace(whole, first_page=42)).pdf != linked(again).pdf


def test_equal_objects_of_several_sections_are_one(whole: Binding) -> None:
    with pikepdf.open(io.BytesIO(linked(whole).pdf)) as pdf:
        assert len({page.Resources.XObject.x1.objgen for page in pdf.pages}) == 1
        assert len({page.Resources.Font.objgen for page in pdf.pages}) == 1


def test_only_names_that_something_leads_to_are_written(whole: Binding) -> None:
    section_with_more = replace(
        whole.sections[0],
        piece=replace(
            whole.sections[0].piece,
            destinations={**whole.sections[0].piece.destinations, "kept": place(whole), "unused": place(whole)},
        ),
    )
    binding = replace(whole, sections=(section_with_more, *whole.sections[1:]), keep=frozenset({"kept"}))
    with pikepdf.open(io.BytesIO(linked(binding).pdf)) as pdf:
        names = list(pikepdf.NameTree(pdf.Root.Names.Dests).keys())
    assert names == ["kept", "part-2", "part-findings", "s0", "s1", "s2"]
    assert linked(binding).anchors["unused"] == 1


def place(whole: Binding) -> Destination:
    return whole.sections[0].piece.destinations["s0"]


def test_a_link_that_leads_nowhere_is_named_and_nothing_is_written() -> None:
    maker = Maker()
    maker.link("#nowhere", "see there", maker.element("P"))
    maker.link("file:///etc/passwd", "a file", maker.element("P"))
    message = "a link in 'S' leads to {}, which is not in the document"
    assert broken(bound([BoundSection(maker.piece(), "S", "")], heads=False)) == [
        (Code.LINK_BROKEN, message.format("'#nowhere'")),
        (Code.LINK_BROKEN, message.format("'file:///etc/passwd'")),
    ]


def test_a_section_s_own_anchor_and_names_to_keep_must_be_there() -> None:
    binding = replace(bound(three(), heads=False), keep=frozenset({"gone"}))
    first = replace(binding.sections[0], anchor="lost")
    assert [code for code, _ in broken(replace(binding, sections=(first, *binding.sections[1:])))] == [
        Code.LINK_BROKEN,
        Code.LINK_BROKEN,
    ]


def test_a_link_into_another_volume_leads_there_by_name() -> None:
    maker = Maker()
    maker.link("#annex (2)", "the annex", maker.element("P"))
    binding = bound([BoundSection(maker.piece(), "S", "")], heads=False, elsewhere={"annex (2)": "dossier-2.pdf"})
    with pikepdf.open(io.BytesIO(linked(binding).pdf)) as pdf:
        action = pdf.pages[0].Annots[0].A
        assert (str(action.S), str(action.F), str(action.D)) == ("/GoToR", "dossier-2.pdf", "annex%20%282%29")


def test_two_sections_with_one_name_are_refused() -> None:
    first, *others = three()
    assert broken(bound([first, first, *others], heads=False)) == [
        (Code.ID_DUPLICATE, "the anchor 's0' of 'Section 0' stands in another section of the same file as well")
    ]


def test_a_font_key_of_two_programs_is_a_defect(whole: Binding) -> None:
    piece = whole.sections[0].piece
    other = {**piece.fonts, SERIF: replace(piece.fonts[SERIF], program="0" * 64)}
    sections = (replace(whole.sections[0], piece=replace(piece, fonts=other)), *whole.sections[1:])
    with pytest.raises(ValueError, match="names two programs"):
        link(replace(whole, sections=sections))


def test_a_font_without_its_program_is_a_defect(whole: Binding) -> None:
    with pytest.raises(ValueError, match="has no program"):
        link(replace(whole, programs={SERIF: whole.programs[SERIF]}))


def test_two_keys_with_one_program_share_it(whole: Binding) -> None:
    alike = {key: replace(use, program="1" * 64) for key, use in whole.sections[0].piece.fonts.items()}
    piece = replace(whole.sections[0].piece, fonts=alike, links=(), elements=without_links(whole.sections[0].piece))
    piece = replace(piece, pages=tuple(replace(page, links=()) for page in piece.pages))
    program = cut(SANS, frozenset(range(100)))
    binding = bound([BoundSection(piece, "S", "s0")], heads=False)
    with pikepdf.open(io.BytesIO(linked(replace(binding, programs={SANS: program, SERIF: program})).pdf)) as pdf:
        fonts = pdf.pages[0].Resources.Font
        files = {font.DescendantFonts[0].FontDescriptor.FontFile2.objgen for font in fonts.values()}
    assert len(fonts) == 2
    assert len(files) == 1


def without_links(piece: Piece) -> tuple[Element, ...]:
    return tuple(
        replace(element, kids=tuple(kid for kid in element.kids if kid[0] != "l")) for element in piece.elements
    )


def test_a_glyph_that_two_sections_read_differently_is_the_plainer_one(whole: Binding) -> None:
    piece = whole.sections[0].piece
    glyph, character = next(iter(piece.fonts[SERIF].text.items()))
    for other in ("\u00ad", character + character, ""):
        changed = replace(piece.fonts[SERIF], text={**piece.fonts[SERIF].text, glyph: other})
        sections = (replace(whole.sections[0], piece=replace(piece, fonts={**piece.fonts, SERIF: changed})),)
        binding = replace(whole, sections=(*sections, *whole.sections[1:]))
        with pikepdf.open(io.BytesIO(linked(binding).pdf)) as pdf:
            assert (
                f"<{glyph:04x}> <{ord(character):04x}>"
                in pdf.pages[0].Resources.Font[f"/{SERIF}"].ToUnicode.read_bytes().decode()
            )


def test_furniture_with_tags_is_a_defect(whole: Binding) -> None:
    tagged = whole.sections[0].piece
    with pytest.raises(ValueError, match="furniture with tags"):
        link(replace(whole, overlays=tuple((tagged, 0) for _ in range(whole.pages))))


def test_there_are_as_many_overlays_as_pages(whole: Binding) -> None:
    with pytest.raises(ValueError, match="5 overlays for 6 pages"):
        link(replace(whole, overlays=whole.overlays[1:]))


def test_a_page_may_go_without_furniture(whole: Binding) -> None:
    with pikepdf.open(io.BytesIO(linked(replace(whole, overlays=(None, *whole.overlays[1:]))).pdf)) as pdf:
        assert isinstance(pdf.pages[0].Contents, pikepdf.Stream)
        assert len(pdf.pages[1].Contents) == 3


@pytest.mark.parametrize(
    ("kids", "message"),
    [
        ({1: (("m", 0, 0), ("m", 0, 0))}, "stands twice"),
        ({1: (("e", 0, 0),)}, "two roots"),
        ({2: (("e", 1, 0),)}, "has two above it"),
        ({0: (), 1: (("e", 2, 0),), 2: (("e", 1, 0),)}, "circle"),
    ],
)
def test_a_tree_that_is_none_is_a_defect(kids: dict[int, tuple[tuple[str, int, int], ...]], message: str) -> None:
    maker = Maker()
    maker.paragraph("one")
    maker.paragraph("two")
    piece = maker.piece()
    elements = tuple(replace(each, kids=kids.get(index, each.kids)) for index, each in enumerate(piece.elements))
    with pytest.raises(ValueError, match=message):
        link(bound([BoundSection(replace(piece, elements=elements), "S", "")], heads=False))


def test_a_role_that_no_standard_knows_is_a_defect() -> None:
    maker = Maker()
    maker.paragraph("one", "Strong")
    with pytest.raises(ValueError, match="'Strong'"):
        link(bound([BoundSection(maker.piece(), "S", "")], heads=False))


def test_content_that_would_end_in_doubt_arrives_whole_and_certain(whole: Binding) -> None:
    page = whole.sections[0].piece.pages[0]
    content = next(
        doubtful
        for number in range(300)
        if (doubtful := zlib.compress(zlib.decompress(page.content) + b"\n" * number)).endswith(b"\r")
    )
    piece = replace(whole.sections[0].piece, pages=(replace(page, content=content), *whole.sections[0].piece.pages[1:]))
    file = linked(replace(whole, sections=(replace(whole.sections[0], piece=piece), *whole.sections[1:])))
    assert b"\r\nendstream" not in file.pdf
    with pikepdf.open(io.BytesIO(file.pdf)) as pdf:
        stream = pdf.pages[0].Contents[1]
        assert stream.read_bytes() == zlib.decompress(content)
        assert digest(stream.read_raw_bytes()) == file.contents[0]


def test_a_name_of_any_characters_finds_its_place() -> None:
    maker = Maker()
    for name in ("año 1", "a(b)\\", "%C3", "Ω"):
        maker.anchor(name)
        maker.link(f"#{name}", "there", maker.element("P"))
    read = inspect_pdf(linked(bound([BoundSection(maker.piece(), "S", "")], heads=False)).pdf)
    assert [each.to_page for each in read.links] == [1, 1, 1, 1]


def test_forms_behind_a_reference_make_room_for_furniture() -> None:
    maker = Maker()
    maker.paragraph("one")
    maker.draw("A square")
    piece = maker.piece()
    objects = (*piece.objects, Drawn(b"/x1 2 0 R"))
    piece = replace(piece, objects=objects, resources=b"/ExtGState <</g 1 0 R>> /XObject 3 0 R")
    with pikepdf.open(io.BytesIO(linked(bound([BoundSection(piece, "S", "")])).pdf)) as pdf:
        assert sorted(pdf.pages[0].Resources.XObject.keys()) == ["/BriefpackFurniture", "/x1"]


def test_objects_that_name_each_other_are_written() -> None:
    maker = Maker()
    maker.paragraph("one")
    piece = replace(
        maker.piece(), objects=(Drawn(b"/A 2 0 R"), Drawn(b"/B 1 0 R", b"x")), resources=b"/Properties <</p 1 0 R>>"
    )
    with pikepdf.open(io.BytesIO(linked(bound([BoundSection(piece, "S", "")], heads=False)).pdf)) as pdf:
        first = pdf.pages[0].Resources.Properties.p
        assert first.A.B.objgen == first.objgen
        assert first.A.read_bytes() == b"x"


@pytest.mark.parametrize("count", [1, 63, 64, 65, 4096, 4097])
def test_trees_are_balanced_and_complete(count: int) -> None:
    writer = Writer()
    pages = PageTree(writer, count)
    first = writer.reserve(count)
    for index in range(count):
        writer.put(first + index, f"<</Type/Page/Parent {pages.above(index)} 0 R/MediaBox[0 0 9 9]/N {index}>>")
    pages.write(range(first, first + count))
    tree = writer.reserve()
    put_tree(writer, tree, "Nums", [(str(index), f"{first + index} 0 R") for index in range(count)])
    root = writer.add(f"<</Type/Catalog/Pages {pages.root} 0 R/PageTree {tree} 0 R>>")
    with pikepdf.open(io.BytesIO(writer.finish(root, writer.add("<<>>")))) as pdf:
        assert [int(page.N) for page in pdf.pages] == list(range(count))
        assert len(pdf.Root.Pages.Kids) <= 64
        assert {int(key): int(page.N) for key, page in pikepdf.NumberTree(pdf.Root.PageTree).items()} == {
            index: index for index in range(count)
        }


def test_an_object_that_was_promised_must_be_written() -> None:
    writer = Writer()
    root = writer.reserve(2)
    writer.put(root, "<<>>")
    with pytest.raises(ValueError, match="object 2 was never written"):
        writer.finish(root, root)
    writer.put(root, "<<>>")
    with pytest.raises(ValueError, match="object 1 is written twice"):
        writer.finish(root, root)


_CHARACTERS = st.characters(exclude_categories=["Cs"])


@given(st.text(_CHARACTERS))
def test_any_text_comes_back_from_a_text_string(text: str) -> None:
    found = pikepdf.Object.parse(text_string(text).encode("latin-1"))
    assert str(found) == text


@given(st.text(_CHARACTERS), st.text(_CHARACTERS))
def test_names_are_ascii_and_stay_apart(one: str, other: str) -> None:
    assert name_string(one).isascii()
    assert (name_string(one) == name_string(other)) == (one == other)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_another_reader_finds_text_and_tags(whole: Binding, tmp_path: Path) -> None:
    path = tmp_path / "linked.pdf"
    path.write_bytes(linked(whole).pdf)
    text = subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True, text=True)
    tree = subprocess.run(["pdfinfo", "-struct-text", str(path)], check=True, capture_output=True, text=True)
    assert (text.stderr, tree.stderr) == ("", "")
    assert all(line in text.stdout for line in texts(2)[:2])
    assert tree.stdout.count("Table (block)") == 3
    assert tree.stdout.count("/Scope /Row") == 3


def test_a_font_of_the_furniture_alone_is_embedded() -> None:
    maker = Maker()
    maker.text("serif only", maker.element("P"))
    over = furniture(1)
    with pikepdf.open(
        io.BytesIO(linked(bound([BoundSection(maker.piece(), "S", "")], overlays=((over, 0),))).pdf)
    ) as pdf:
        assert sorted(pdf.pages[0].Resources.Font.keys()) == [f"/{SANS}", f"/{SERIF}"]


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_artifacts_in_a_section_and_links_into_other_volumes_pass_as_well(profile: str, tmp_path: Path) -> None:
    maker = Maker()
    maker.paragraph("Heading", "H1")
    maker.paragraph("a head that is repeated")
    maker.link("#annex", "the annex", maker.element("P"))
    piece = maker.piece()
    content = zlib.decompress(piece.pages[0].content).replace(b"/Span\n<</MCID 1>>\nBDC", b"/Artifact BMC")
    root, heading, _, *others = piece.elements
    elements = (root, heading, Element("P"), *others)
    page = replace(piece.pages[0], content=zlib.compress(content))
    sections = [BoundSection(replace(piece, pages=(page,), elements=elements), "S", "")]
    path = tmp_path / "linked.pdf"
    path.write_bytes(linked(bound(sections, elsewhere={"annex": "dossier-2.pdf"})).pdf)
    result = page_validation.validate_pdf(str(path), profile=profile)
    assert [str(failure) for failure in result.failures] == []


@pytest.mark.parametrize(("count", "mode"), [(1, None), (3, "/UseOutlines")])
def test_readers_open_the_outline_where_it_has_more_than_one_line(count: int, mode: str | None) -> None:
    sections = [section(number, sections=count) for number in range(count)]
    with pikepdf.open(io.BytesIO(linked(bound(sections)).pdf)) as pdf:
        assert pdf.Root.get("/PageMode") == mode
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)


def test_an_image_with_a_filter_of_its_own_is_kept_as_it_is() -> None:
    maker = Maker()
    maker.paragraph("one")
    image = (
        b"/Type/XObject /Subtype/Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace/DeviceGray /Filter/DCTDecode"
    )
    piece = replace(maker.piece(), objects=(Drawn(image, b"\xff\xd8\xff\xd9"),), resources=b"/XObject <</i 1 0 R>>")
    with pikepdf.open(io.BytesIO(linked(bound([BoundSection(piece, "S", "")])).pdf)) as pdf:
        assert pdf.pages[0].Resources.XObject.i.read_raw_bytes() == b"\xff\xd8\xff\xd9"
        assert str(pdf.pages[0].Resources.XObject.i.Filter) == "/DCTDecode"
