"""The file as a whole: tagged, titled, in a language, and of a declared standard."""

from __future__ import annotations

import re
from typing import Any

import pikepdf

from briefpack.diagnostics import Code
from briefpack.pdf.inspection.elements import is_language
from briefpack.pdf.inspection.findings import Findings
from briefpack.pdf.inspection.tree import Tree, names_of

_MOST_METADATA = 4_000_000


def document_problems(pdf: pikepdf.Pdf, tree: Tree, found: Findings) -> None:
    """Report what the file does not say of itself."""
    root = pdf.Root
    marks = root.get("/MarkInfo")
    if not tree.nodes:
        found.add(Code.PDF_UNTAGGED, "the file is not tagged", "export it again as a tagged PDF")
    elif not (isinstance(marks, pikepdf.Dictionary) and bool(marks.get("/Marked", False))):
        found.add(Code.PDF_UNTAGGED, "the file has tags but does not say so", "set /Marked in its MarkInfo")
    packet = _packet(root)
    _title(pdf, packet, found)
    language = str(root.get("/Lang", "")).strip()
    if not language:
        found.add(Code.PDF_LANGUAGE_INVALID, "the file does not say its language", "set it, such as es-SV or en")
    elif not is_language(language):
        said = f"the file says that its language is {language[:40]!r}, which is no language tag"
        found.add(Code.PDF_LANGUAGE_INVALID, said, "write a BCP 47 tag, such as es-SV")
    for name, prefix in (("PDF/UA", "pdfuaid"), ("PDF/A", "pdfaid")):
        if not re.search(rf"{prefix}:part\s*(?:=\s*[\"']\s*|>\s*)\d", packet):
            found.add(
                Code.PDF_STANDARD_UNDECLARED, f"the file does not say that it follows {name}", "export it as such"
            )


def _title(pdf: pikepdf.Pdf, packet: str, found: Findings) -> None:
    in_packet = re.search(r"<dc:title>.*?<rdf:li[^>]*>\s*([^<]*?)\s*</rdf:li>", packet, re.DOTALL)
    written = str(pdf.docinfo.get("/Title", "")).strip() if "/Info" in pdf.trailer else ""
    if not written and not (in_packet and in_packet[1]):
        return found.add(Code.PDF_TITLE_MISSING, "the file has no title", "give the document a title")
    wishes = pdf.Root.get("/ViewerPreferences")
    if not (isinstance(wishes, pikepdf.Dictionary) and bool(wishes.get("/DisplayDocTitle", False))):
        said = "the file has a title but does not ask for it to be shown"
        found.add(Code.PDF_TITLE_MISSING, said, "set DisplayDocTitle")
    return None


def _packet(root: Any) -> str:
    """The XMP metadata as text, empty where there is none."""
    found = root.get("/Metadata")
    if not isinstance(found, pikepdf.Stream):
        return ""
    try:
        return found.read_bytes()[:_MOST_METADATA].decode("utf-8", "replace")
    except pikepdf.PdfError:
        return ""


def names_in(root: Any) -> dict[str, Any]:
    """Return all named destinations: those of the name tree, and of the dictionary of PDF 1.1."""
    names = root.get("/Names")
    found = dict(names_of(names.get("/Dests"))) if isinstance(names, pikepdf.Dictionary) else {}
    old = root.get("/Dests")
    if isinstance(old, pikepdf.Dictionary):
        found |= {key[1:]: value for key, value in old.items()}
    return found
