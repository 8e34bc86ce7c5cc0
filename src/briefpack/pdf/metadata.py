"""What a file says of itself so that it is PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), and what is embedded.

Every function writes objects to a `Writer` and returns what the catalog must hold.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from briefpack.pdf.facts import EPOCH, Facts, clean, safe_name
from briefpack.pdf.objects import Writer, name_object, references, text_string
from briefpack.products.model import Attachment
from briefpack.world import World

PROFILE = "sRGB2014.icc"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3" pdfaid:conformance="A"/>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdf:Producer="{producer}"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">{title}{author}</rdf:Description>
{created}<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
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
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def put_metadata(writer: Writer, facts: Facts, producer: str) -> int:
    """Write the XMP packet and return its number."""
    title = f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_xml(facts.title)}</rdf:li></rdf:Alt></dc:title>'
    author = (
        f"<dc:creator><rdf:Seq><rdf:li>{_xml(facts.author)}</rdf:li></rdf:Seq></dc:creator>" if facts.author else ""
    )
    created = (
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
        f"<xmp:CreateDate>{facts.date.isoformat()}T00:00:00Z</xmp:CreateDate></rdf:Description>\n"
        if facts.date
        else ""
    )
    packet = _PACKET.format(producer=_xml(producer), title=title, author=author, created=created)
    number = writer.reserve()
    writer.stream(number, "/Type/Metadata/Subtype/XML", packet.encode())
    return number


def put_info(writer: Writer, facts: Facts, producer: str) -> int:
    """Write the document information, which says the same as the XMP packet, and return its number."""
    author = f"/Author{text_string(clean(facts.author))}" if facts.author else ""
    created = f"/CreationDate{_moment(facts.date)}" if facts.date else ""
    title = text_string(clean(facts.title))
    return writer.add(f"<</Title{title}{author}/Producer{text_string(clean(producer))}{created}>>")


def put_intent(writer: Writer) -> str:
    """Write the colour profile and return the entry that says colours are meant in sRGB."""
    profile = writer.reserve()
    writer.stream(profile, "/N 3", colour_profile())
    name = f"/OutputConditionIdentifier({PROFILE})/Info({PROFILE})"
    return f"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1{name}/DestOutputProfile {profile} 0 R>>]"


@lru_cache(maxsize=1)
def colour_profile() -> bytes:
    """Return the ICC profile that comes with WeasyPrint, without importing it."""
    found = find_spec("weasyprint")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("weasyprint")
    world = World(Path(found.origin).parent)
    return world.read(f"pdf/{PROFILE}")


def put_attachments(writer: Writer, attachments: Sequence[Attachment], facts: Facts) -> tuple[str, str]:
    """Embed files under harmless, distinct names; return the catalog's entry and that of its names."""
    if not attachments:
        return "", ""
    moment = _moment(facts.date or EPOCH)
    taken: set[str] = set()
    specifications = []
    for item in attachments:
        name = safe_name(item.name, taken)
        taken.add(name)
        specifications.append((name, _put_attachment(writer, item, name, moment)))
    # One encoding for all keys, so that they sort alike by bytes and by characters.
    is_plain = all(name.isascii() for name in taken)
    keys = [(text_string(name) if is_plain else _utf16(name), number) for name, number in sorted(specifications)]
    names = " ".join(f"{key} {number} 0 R" for key, number in keys)
    return f"/AF[{references(number for _, number in specifications)}]", f"/EmbeddedFiles<</Names[{names}]>>"


def _put_attachment(writer: Writer, item: Attachment, name: str, moment: str) -> int:
    content = writer.reserve()
    checksum = hashlib.md5(item.content, usedforsecurity=False).hexdigest()
    parameters = f"/Params<</CheckSum<{checksum}>/Size {len(item.content)}/CreationDate{moment}/ModDate{moment}>>"
    media = item.media.partition(";")[0].strip() or "application/octet-stream"
    writer.stream(content, f"/Type/EmbeddedFile/Subtype/{name_object(media)}{parameters}", item.content)
    shown = text_string(name)
    return writer.add(
        f"<</Type/Filespec/F{shown}/UF{shown}/EF<</F {content} 0 R/UF {content} 0 R>>"
        f"/Desc{text_string(clean(item.description))}/AFRelationship/{item.relationship}>>"
    )


def _moment(day: datetime.date) -> str:
    return f"(D:{day:%Y%m%d}000000Z)"


def _utf16(text: str) -> str:
    return f"<feff{text.encode('utf-16-be').hex()}>"


def _xml(text: str) -> str:
    return escape(clean(text))
