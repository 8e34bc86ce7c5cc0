"""Repairs to the tag tree and the metadata, so that one file is both PDF/A-3a and PDF/UA-1 (ISO 14289-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

_SCHEMA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def declare_accessible(pdf: pikepdf.Pdf) -> None:
    """Add the PDF/UA identifier with its extension schema to the XMP packet, which PDF/A-3 alone does not know."""
    old = pdf.Root.Metadata.read_bytes().decode()
    end = re.search(r"</(\w+:)?RDF>", old)
    if end is None or "pdfuaid" in old:
        return
    prefix = end[1] or ""
    addition = _SCHEMA.replace("rdf:", prefix) if prefix != "rdf:" else _SCHEMA
    if f"xmlns:{prefix.rstrip(':')}=" not in old:
        return
    packet = old[: end.start()] + addition + old[end.start() :]
    pdf.Root.Metadata = pdf.make_stream(packet.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def repair_tags(pdf: pikepdf.Pdf) -> None:
    """Give heads of tables their scope."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    for element, ancestors in _walk(root.K, ()):
        if element.get("/S") == "/TH":
            _scope(element, ancestors)


def _walk(node: Any, ancestors: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Yield every structure element with the tags above it, without recursion: trees are deep."""
    stack: list[tuple[Any, tuple[str, ...]]] = [(node, ancestors)]
    while stack:
        current, above = stack.pop()
        if isinstance(current, pikepdf.Array):
            stack.extend((item, above) for item in reversed(list(current)))
        elif isinstance(current, pikepdf.Dictionary) and "/S" in current:
            yield current, above
            if "/K" in current:
                stack.append((current.K, (*above, str(current.S))))


def _scope(element: Any, ancestors: tuple[str, ...]) -> None:
    """A head inside THead is a column's, any other a row's."""
    attributes = element.get("/A")
    if isinstance(attributes, pikepdf.Dictionary):
        attributes.Scope = pikepdf.Name.Column if "/THead" in ancestors else pikepdf.Name.Row
