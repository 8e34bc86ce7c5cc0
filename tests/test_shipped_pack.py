"""The pack that ships, built once and read back page by page: what a reader, a publisher and a leak hunter look for."""

from __future__ import annotations

import io
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pypdfium2
import pytest
from filelock import FileLock
from tests.products.making import cited_in

from briefpack.builder.build import build
from briefpack.builder.check import check_pack
from briefpack.builder.report import BuildRequest
from briefpack.citations.gate import Verified
from briefpack.pdf.inspect import page_texts
from briefpack.pdf.inspection import inspect_file
from briefpack.products.composer import Composer
from briefpack.products.dossier import compose_dossier
from briefpack.products.model import Annex, Brief, Cited, ComparisonSheet, Contents, Dossier, Highlight, NoteRef
from briefpack.products.originals import survey_originals
from briefpack.products.view import View
from briefpack.shipped import shipped_pack
from briefpack.world import World

AUDIENCES = ("ministry", "donors", "field", "press")
BRIEFS = ("consultation", "explainer", "public-works", "regional-conference", "training", "zacatecoluca")
SHEETS = ("cooperation", "municipalities", "returns", "smuggling-trafficking")


def level(text: str) -> str:
    """Leave out what setting changes: white space, line ends, hyphens, the shapes of characters."""
    kept = unicodedata.normalize("NFKC", text).replace("\ufffe", "").replace("\u00ad", "").replace("\u2060", "")
    return re.sub(r"[\s\-\u2010\u2011\u0002]+", "", kept)


@dataclass(frozen=True)
class Link:
    page: int
    box: tuple[float, float, float, float]
    target: str
    to_page: int


@dataclass(frozen=True)
class Reading:
    """One PDF, read back. Pages count from 0; `to_page` is -1 where a link leads nowhere in the file."""

    path: Path

    @cached_property
    def content(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def texts(self) -> list[str]:
        return [level(text) for text in page_texts(self.content)]

    @cached_property
    def whole(self) -> str:
        return "".join(self.texts)

    @cached_property
    def links(self) -> list[Link]:
        with pikepdf.open(io.BytesIO(self.content)) as pdf:
            numbers = {page.objgen: index for index, page in enumerate(pdf.pages)}
            names = pdf.Root.Names.get("/Dests") if "/Names" in pdf.Root else None
            places = dict(pikepdf.NameTree(names).items()) if names is not None else {}
            return [
                Link(number, tuple(float(n) for n in a.Rect), *_target(a, numbers, places))  # type: ignore[arg-type]
                for number, page in enumerate(pdf.pages)
                for a in page.get("/Annots", ())
                if a.get("/Subtype") == "/Link"
            ]

    @cached_property
    def labels(self) -> list[str]:
        with pikepdf.open(io.BytesIO(self.content)) as pdf:
            return [str(page.label) for page in pdf.pages]

    def attachments(self) -> dict[str, bytes]:
        with pikepdf.open(io.BytesIO(self.content)) as pdf:
            return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}

    @cached_property
    def everything(self) -> str:
        """Page text, all text strings of all objects (tags, outline, destinations …), and all decoded streams."""
        parts = [*page_texts(self.content), *(name for name in self.attachments())]
        with pikepdf.open(io.BytesIO(self.content)) as pdf:
            for item in pdf.objects:
                parts += _strings(item, 0)
                if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != "/Image":
                    parts += [str(value) for value in (item.get("/Subtype"), item.get("/Type")) if value is not None]
                    if "/Length1" not in item:  # no font programs
                        parts.append(item.read_bytes().decode("utf-8", "replace"))
        return level("\n".join(parts)).casefold()


def _target(annotation: Any, numbers: dict[Any, int], places: dict[str, Any]) -> tuple[str, int]:
    place: Any = annotation.get("/Dest")
    action = annotation.get("/A")
    if place is None and action is not None:
        if "/URI" in action:
            return str(action.URI), -1
        place = action.get("/D")
    if isinstance(place, pikepdf.Array):
        return "", numbers.get(place[0].objgen, -1)
    name = str(place)
    found = places.get(name)
    if found is None:
        return name, -1
    array = found.D if isinstance(found, pikepdf.Dictionary) else found
    return name, numbers.get(array[0].objgen, -1)


def _strings(item: Any, depth: int) -> Iterator[str]:
    """The text strings inside an object, indirect ones left to their own turn."""
    if isinstance(item, pikepdf.String):
        yield str(item)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and depth < 20:
        for key, value in item.items():
            yield key
            if not getattr(value, "is_indirect", False):
                yield from _strings(value, depth + 1)
    elif isinstance(item, pikepdf.Array) and depth < 20:
        for value in item:
            if not getattr(value, "is_indirect", False):
                yield from _strings(value, depth + 1)


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped pack beside which it is built, once for each audience, by the worker that is first."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    root = shared / "shipped"
    with FileLock(f"{root}.lock"):
        if not root.exists():
            for name in ("content", "seeds", "templates"):
                shutil.copytree(shipped_pack() / name, root / name)
    return root


def copied(pack: Path, audience: str) -> Path:
    """A copy of the pack in which only the products of `audience` are built."""
    root = pack.with_name(f"shipped-{audience}")
    with FileLock(f"{root}.lock"):
        if not root.exists():
            shutil.copytree(pack, root)
            report = build(World(root), BuildRequest(audiences=(audience,)))
            lines = [
                f"{product.name} {product.pages} {'; '.join(problem.message for problem in product.problems)}"
                for product in report.products
            ]
            (root / "report.txt").write_text("\n".join(lines))
    return root


_READINGS: dict[Path, Reading] = {}


def read(pack: Path, product: str) -> Reading:
    root = copied(pack, product.partition("/")[0])
    path = root / "build" / "out" / f"{product}.pdf"
    if not path.exists():
        pytest.fail(f"{product} was not made:\n{(root / 'report.txt').read_text()}")
    return _READINGS.setdefault(path, Reading(path))


def all_products(audience: str) -> list[str]:
    names = [*(f"briefs/{name}" for name in BRIEFS), *(f"comparisons/{name}" for name in SHEETS), "dossier"]
    return [f"{audience}/{name}" for name in names]


@pytest.fixture(scope="session")
def verified(pack: Path) -> Verified:
    outcome = check_pack(World(pack))
    assert outcome.verified is not None
    assert not outcome.has_errors
    return outcome.verified


def composer(pack: Path, verified: Verified, audience: str) -> Composer:
    found = next(item for item in verified.pack.audiences if item.id == audience)
    return Composer(View(verified, found), survey_originals(World(pack), verified.sources))


@pytest.fixture(scope="session")
def dossiers(pack: Path, verified: Verified) -> dict[str, Dossier]:
    made = {}
    for audience in AUDIENCES:
        composed = compose_dossier(composer(pack, verified, audience))
        assert composed is not None
        assert isinstance(composed.product, Dossier)
        made[audience] = composed.product
    return made


# What is made


def test_these_are_the_audiences_of_the_pack(verified: Verified) -> None:
    assert tuple(audience.id for audience in verified.pack.audiences) == AUDIENCES


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_product_is_made(pack: Path, audience: str) -> None:
    for product in all_products(audience):
        read(pack, product)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("brief", BRIEFS)
def test_a_brief_is_one_page(pack: Path, audience: str, brief: str) -> None:
    assert len(read(pack, f"{audience}/briefs/{brief}").texts) == 1


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_every_product_is_accessible_and_archivable(pack: Path, audience: str, profile: str) -> None:
    for product in all_products(audience):
        result = page_validation.validate_pdf(str(copied(pack, audience) / f"build/out/{product}.pdf"), profile=profile)
        assert [str(failure) for failure in result.failures] == [], product
        assert result.is_compliant


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_inspector_finds_nothing_in_any_product(pack: Path, audience: str) -> None:
    for product in all_products(audience):
        assert [str(found) for found in inspect_file(read(pack, product).content, product)] == []


# Links


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_internal_link_leads_to_a_page(pack: Path, audience: str) -> None:
    for product in all_products(audience):
        lost = [link.target for link in read(pack, product).links if link.to_page < 0 and not is_address(link.target)]
        assert lost == [], product


def is_address(target: str) -> bool:
    return target.startswith(("https://", "http://"))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_citation_leads_to_the_page_of_the_words_it_quotes(
    pack: Path, dossiers: dict[str, Dossier], audience: str
) -> None:
    reading = read(pack, f"{audience}/dossier")
    first_words = opening_words(dossiers[audience])
    pages = {link.target: link.to_page for link in reading.links}
    checked = 0
    for section in dossiers[audience].sections:
        for note in (note for cited in cited_in(section) for note in cited.notes):
            target = note.href.removeprefix("#")
            if target not in pages:  # the fit printed no locator for it
                assert isinstance(section, Brief), target
                continue
            first = first_words[target]
            assert begins_on(reading, pages[target], first), f"{target}: {first}"
            checked += 1
    assert checked > 200


def opening_words(dossier: Dossier) -> dict[str, str]:
    """By its anchor the first words of each quotation in its original, up to where the next one begins."""
    return {
        anchor: " ".join(run.text.split()[:3])
        for section in dossier.sections
        for passage in (section.passages if isinstance(section, Annex) else ())
        for run in passage.runs
        if isinstance(run, Highlight)
        for anchor in run.anchors
    }


def begins_on(reading: Reading, page: int, text: str) -> bool:
    """Whether a text stands on a page, or begins in its last line and goes on overleaf."""
    following = reading.texts[page + 1] if page + 1 < len(reading.texts) else ""
    wanted, least = level(text), len(level(text.split(maxsplit=1)[0]))
    if wanted in reading.texts[page]:
        return True
    cuts = range(least, len(wanted))
    return any(wanted[:cut] in reading.texts[page] and wanted[cut:] in following for cut in cuts)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_back_reference_leads_to_the_page_of_what_it_names(
    pack: Path, dossiers: dict[str, Dossier], audience: str
) -> None:
    reading = read(pack, f"{audience}/dossier")
    pages = {link.target: link.to_page for link in reading.links}
    statements = {cited.anchor: cited for section in dossiers[audience].sections for cited in cited_in(section)}
    checked = 0
    for section in dossiers[audience].sections:
        if not isinstance(section, Annex):
            continue
        for reference in (reference for passage in section.passages for reference in passage.references):
            target = reference.href.removeprefix("#")
            assert target in pages, target
            assert pages[target] >= 0, target
            opening = next(iter(pieces(statements[target])), "")
            assert not opening or begins_on(reading, pages[target], " ".join(opening.split()[:3])), target
            checked += 1
    assert checked > 200


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_numbers_in_the_contents_are_those_of_the_pages_they_lead_to(
    pack: Path, dossiers: dict[str, Dossier], audience: str
) -> None:
    reading = read(pack, f"{audience}/dossier")
    contents = next(s for s in dossiers[audience].sections if isinstance(s, Contents))
    targets = [entry.target.removeprefix("#") for entry in contents.entries if entry.level == 2]
    first = next(index for index, text in enumerate(reading.texts) if index and re.search("Contents|Contenido", text))
    checked = []
    with pypdfium2.PdfDocument(reading.content) as document:
        for page_number in range(first, first + 3):
            page = document[page_number]
            text = page.get_textpage()
            width = page.get_width()
            for link in reading.links:
                if link.page != page_number or link.target not in targets or link.target in checked:
                    continue
                line = text.get_text_bounded(link.box[0], link.box[1] - 1, width, link.box[3] + 1)
                numbers = re.findall(r"\d+", line)
                assert reading.labels[link.to_page] in numbers, f"{link.target}: {line!r}"
                checked.append(link.target)
            text.close()
            page.close()
    assert sorted(checked) == sorted(targets)


# All of it arrives


def pieces(cited: Cited) -> list[str]:
    """The text of a statement between its figures, without inline marks, and of a headline without its full stop."""
    parts: list[str] = [""]
    for part in cited.prose:
        if isinstance(part, NoteRef):
            parts.append("")
        else:
            parts[-1] += re.sub(r"\\([!-/:-@\[-`{-~])|[*`]+", lambda match: match[1] or "", part)
    found = [part.strip() for part in parts if part.strip()]
    return [*found[:-1], found[-1].removesuffix(".")] if cited.place.kind == "headline" else found


def is_printed(text: str, pages: list[str]) -> bool:
    """Whether a text stands on a page, or on two that follow each other."""
    wanted = level(text)
    if any(wanted in page for page in pages):
        return True
    return any(
        wanted[:cut] in page and wanted[cut:] in following
        for page, following in pairwise(pages)
        for cut in range(1, len(wanted))
        if wanted[:cut] in page
    )


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_visible_statement_is_printed_in_the_dossier(
    pack: Path, dossiers: dict[str, Dossier], audience: str
) -> None:
    reading = read(pack, f"{audience}/dossier")
    missing = [
        f"{cited.anchor}: {piece}"
        for section in dossiers[audience].sections
        for cited in cited_in(section)
        for piece in pieces(cited)
        if not is_printed(piece, reading.texts)
    ]
    assert missing == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_visible_statement_is_printed_in_its_own_brief_or_sheet(
    pack: Path, verified: Verified, audience: str
) -> None:
    made = composer(pack, verified, audience)
    products = [
        *(made.brief(summary) for summary in verified.content.summaries),
        *(made.comparison(sheet) for sheet in verified.content.comparisons),
    ]
    missing = []
    for composed in products:
        assert composed is not None
        assert isinstance(composed.product, Brief | ComparisonSheet)
        reading = read(pack, f"{audience}/{composed.kind}s/{composed.id}")
        for cited in cited_in(composed.product):
            missing += [f"{composed.name} {p}" for p in pieces(cited) if not is_printed(p, reading.texts)]
    assert missing == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_passage_that_is_planned_is_printed_in_the_dossier(
    pack: Path, dossiers: dict[str, Dossier], audience: str
) -> None:
    reading = read(pack, f"{audience}/dossier")
    missing = []
    for section in dossiers[audience].sections:
        for passage in section.passages if isinstance(section, Annex) else ():
            for run in passage.runs:
                text = run if isinstance(run, str) else getattr(run, "text", "")
                if level(text) and not is_printed(text, reading.texts):
                    missing.append(f"{passage.anchor}: {text}")
    assert missing == []


# What is withheld


@pytest.mark.parametrize(("public", "insider"), [("press", "donors"), ("field", "ministry")])
def test_what_is_restricted_is_in_no_pdf_of_the_public_and_in_those_of_insiders(
    pack: Path, verified: Verified, public: str, insider: str
) -> None:
    audience = next(item for item in verified.pack.audiences if item.id == public)
    view = View(verified, audience)
    statements = [s for summary in view.verified.content.summaries for s in summary.statements()]
    labels = verified.pack.labels or {}
    hidden = [s for s in statements if not view.shows(s) and any(labels[label] == "restricted" for label in s.labels)]
    assert [statement.address for statement in hidden] == ["public-works/recommendations/ask-cost-share"]
    words = hidden[0].text.split()
    runs = [level(" ".join(words[at : at + 5])).casefold() for at in range(len(words) - 4)]
    for product in all_products(public):
        said = read(pack, product).everything
        assert [run for run in (*runs, "ask-cost-share", "askcostshare") if run in said] == [], product
    briefs = ["donors/briefs/public-works"] if insider == "donors" else []
    for product in (f"{insider}/dossier", *briefs):
        assert all(run in read(pack, product).everything for run in runs), product


def test_no_one_is_told_the_numbers_and_addresses_that_are_withheld(pack: Path, verified: Verified) -> None:
    source = verified.sources["public-works"]
    (hidden,) = source.withheld
    text = source.file.characters[hidden.start : hidden.end]
    addresses = re.findall(r"[\w.+-]+@[\w.-]+\w", text)
    numbers = [re.sub(r"\D", "", number) for number in re.findall(r"\+?\d[\d\s().-]{5,}\d", text)]
    assert len(addresses) >= 2
    assert len(numbers) >= 2
    for audience in AUDIENCES:
        for product in all_products(audience):
            said = read(pack, product).everything
            squeezed = re.sub(r"[().+/]", "", said)
            told = [address for address in addresses if level(address).casefold() in said]
            told += [number for number in numbers if number in squeezed]
            assert told == [], product


def test_the_file_with_the_withheld_range_is_attached_to_nothing(pack: Path, verified: Verified) -> None:
    name = verified.sources["public-works"].work.file.value
    for audience in AUDIENCES:
        for product in all_products(audience):
            assert name not in read(pack, product).attachments(), product
    assert "public-works-extract.txt" in read(pack, "donors/dossier").attachments()


@pytest.mark.parametrize("audience", ["field", "press"])
def test_the_public_gets_the_data_and_no_originals(pack: Path, audience: str) -> None:
    for product in all_products(audience):
        assert [name.rpartition(".")[2] for name in read(pack, product).attachments()] == ["json"], product


# Separate products


def test_a_separate_product_leads_to_the_words_in_the_original(tmp_path: Path) -> None:
    from tests.products.making import write_pack

    pack = write_pack(tmp_path)
    report = build(World(pack), BuildRequest(only=("public/brief/alpha", "public/dossier")))
    assert [product.problems for product in report.products if not product.is_made] == []
    brief = {link.target for link in Reading(pack / "build/out/public/briefs/alpha.pdf").links}
    assert "https://example.org/alpha#:~:text=The%20masons%20of%20the%20north%20ask%20for%20better%20wages." in brief
    dossier = Reading(pack / "build/out/public/dossier.pdf").links
    assert not any(":~:text=" in link.target for link in dossier)
    assert {link.to_page for link in dossier if link.target == "annex-alpha--wages"} != set()
