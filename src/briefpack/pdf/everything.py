"""Everything that can be read in a finished PDF, and where: what is looked for must not hide anywhere.

    with Everything(content) as file:
        file.texts()        pieces of text, each with its place in words
        file.in_order()     the same text in the order of the tag tree, without the numbers of notes, with its pages
        file.elements()     the whole text of each short structure element
        file.names()        names of destinations, elements and attachments, and those in attached data

All objects of the file are gone through, whether anything leads to them or not: every string of every dictionary, every
stream that is no image, font or colour profile. Text of pages is read through the fonts' character maps.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from types import TracebackType
from typing import Any
from urllib.parse import unquote

import pikepdf

from briefpack.pdf.attached import decoded, names_in
from briefpack.pdf.shown import CharacterMap, bytes_of, character_map, shown_in, text_of
from briefpack.pdf.tagtext import TagText
from briefpack.products.phrases import BREAK

PLACES = {
    "Alt": "an alternative text",
    "ActualText": "a replacement text",
    "E": "the expansion of an abbreviation",
    "T": "the title of an element",
    "Title": "a line of the outline or the title of the document",
    "URI": "the target of a link",
    "Dest": "the target of a link",
    "D": "the target of a link",
    "Contents": "what a link says",
    "Names": "the name of a destination or an attachment",
    "Limits": "the name of a destination or an attachment",
    "ID": "the name of an element",
    "F": "the name of an attachment",
    "UF": "the name of an attachment",
    "Desc": "the description of an attachment",
}
"""By the key of a dictionary, what its string is; strings under all other keys are looked through as well."""

_NAMING = frozenset(("URI", "Dest", "D", "Names", "Limits", "ID", "F", "UF"))
_NOT_TEXT = frozenset(("/Image", "/XRef", "/ObjStm"))
_STRING = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-f]+>", re.DOTALL)
_PROGRAM = re.compile(rb"/(?:FontFile[23]?|DestOutputProfile|ToUnicode|CIDToGIDMap|CIDSet) (\d+) ")
_EMBEDDED = re.compile(rb"/EF <<(.*?)>>", re.DOTALL)
_REFERENCE = re.compile(rb"(\d+) \d+ R")
_MARKED = frozenset((b"\xfe\xff", b"\xff\xfe", b"\xef\xbb"))
"""How a string begins that says in which encoding it is."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A text, and where it stands, in words."""

    text: str
    place: str


class Everything:
    """One file, opened once; raises `pikepdf.PdfError` where it is no PDF."""

    def __init__(self, content: bytes) -> None:
        self._pdf = pikepdf.open(io.BytesIO(content))
        self._bodies: dict[int, bytes] = {}
        """By its number, an object that is no stream or the dictionary of one, as PDF writes it."""
        self._streams: dict[int, Any] = {}
        self._maps: dict[int, CharacterMap] = {}
        self._resources: dict[int, dict[str, CharacterMap]] = {}
        self._drawn: set[int] = set()
        self._pages: dict[int, dict[int, str]] = {}
        """By the number of its object, in order, the text of each page by MCID."""
        self._read()
        self._strings = [(key, string) for body in self._bodies.values() for key, string in _strings_of(body)]
        self._walk = TagText(self._bodies, self._pages)

    def __enter__(self) -> Everything:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pdf.close()

    def _read(self) -> None:
        objects: list[Any] = list(self._pdf.objects)
        for each in objects:
            if not isinstance(each, pikepdf.Object):  # a number or a name by itself
                continue
            number = each.objgen[0]
            if isinstance(each, pikepdf.Stream):
                self._streams[number] = each
                self._bodies[number] = each.stream_dict.unparse(resolved=True)
            else:
                self._bodies[number] = each.unparse(resolved=True)
        self._bodies[0] = self._pdf.trailer.unparse(resolved=True)
        for page in self._pdf.pages:
            contents: Any = page.obj.get("/Contents", pikepdf.Array())
            streams: list[Any] = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            self._drawn.update(stream.objgen[0] for stream in streams)
            content = b"\n".join([stream.read_bytes() for stream in streams])
            self._pages[page.obj.objgen[0]] = shown_in(content, self._fonts(page.obj.get("/Resources")))

    def _fonts(self, resources: Any) -> dict[str, CharacterMap]:
        fonts = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
        if not isinstance(fonts, pikepdf.Dictionary):
            return {}
        number = fonts.objgen[0]
        if number == 0 or number not in self._resources:
            self._resources[number] = self._maps_of(fonts)
        return self._resources[number]

    def _maps_of(self, fonts: pikepdf.Dictionary) -> dict[str, CharacterMap]:
        """The character maps of a resource dictionary; most files have one for all pages."""
        found = {}
        for name, font in fonts.items():
            stream = font.get("/ToUnicode")
            if isinstance(stream, pikepdf.Stream):
                number = stream.objgen[0]
                if number not in self._maps:
                    self._maps[number] = character_map(stream.read_bytes())
                found[name[1:]] = self._maps[number]
        return found

    def texts(self) -> Iterator[Readable]:
        """Yield all text of the file."""
        for number, texts in enumerate(self._pages.values(), 1):
            yield Readable("".join(texts.values()), f"the text of page {number}")
        yield from self._by_key()
        for number, stream in self._others():
            kind = stream.get("/Subtype")
            if kind == "/Form":
                shown = shown_in(stream.read_bytes(), self._fonts(stream.get("/Resources")))
                yield Readable("".join(shown.values()), "a running head or a drawing")
            elif kind == "/XML":
                yield Readable(unescape(stream.read_bytes().decode("utf-8", "replace")), "the metadata (XMP)")
            else:
                place = self._attached().get(number, f"the stream of object {number}")
                yield from (Readable(text, place) for text in decoded(stream.read_bytes()))

    def in_order(self) -> list[tuple[str, int]]:
        """Return the text of the tag tree in its order, piece by piece, with the number of its page.

        Links that show nothing but the number of a note are left out: they interrupt sentences.
        """
        self._walk.run(self._root)
        return self._walk.pieces

    def elements(self) -> list[str]:
        """Return the whole text of each element that has little, without the numbers of notes."""
        self._walk.run(self._root)
        return self._walk.wholes

    def names(self) -> Iterator[Readable]:
        """Yield what is called by name, addresses decoded."""
        for key, string in self._strings:
            if key in _NAMING:
                yield Readable(unquote(string), PLACES[key])
        for number, place in self._attached().items():
            yield from (Readable(name, place) for name in names_in(self._streams[number].read_bytes()))

    def _by_key(self) -> Iterator[Readable]:
        """All strings of all objects, by the key they stand under."""
        found: dict[str, list[str]] = defaultdict(list)
        for key, string in self._strings:
            found[key].append(unquote(string) if key in _NAMING and "%" in string else string)
        for key, strings in found.items():
            yield Readable(BREAK.join(strings), PLACES.get(key, f"a string under the key {key}"))

    def _others(self) -> Iterator[tuple[int, Any]]:
        """Streams that may hold text besides the pages' own."""
        programs = {int(number) for body in self._bodies.values() for number in _PROGRAM.findall(body)}
        for number, stream in self._streams.items():
            is_text = stream.get("/Subtype") != "/Image" and stream.get("/Type") not in _NOT_TEXT
            if is_text and number not in self._drawn and number not in programs:
                yield number, stream

    def _attached(self) -> dict[int, str]:
        """By the number of its stream, each attachment in words."""
        found: dict[int, str] = {}
        for body in self._bodies.values():
            for match in _EMBEDDED.finditer(body):
                strings = dict(_strings_of(body))
                name = strings.get("UF", strings.get("F", ""))
                found |= {int(number): f"the attachment {name!r}" for number in _REFERENCE.findall(match[1])}
        return {number: place for number, place in found.items() if number in self._streams}

    @property
    def _root(self) -> int:
        """The number of the root of the tag tree, 0 where there is none."""
        root = self._pdf.Root.get("/StructTreeRoot")
        return 0 if root is None else int(root.objgen[0])


def _strings_of(body: bytes) -> Iterator[tuple[str, str]]:
    """Yield the strings of an object, each with the last key before it."""
    key, end = "", 0
    for match in _STRING.finditer(body):
        start = match.start()
        if (at := body.rfind(b"/", end, start)) >= 0:
            key = body[at + 1 : start].split(b" ", 1)[0].decode("latin-1")
        end, string = match.end(), match[0]
        is_plain = string[:1] == b"(" and b"\\" not in string and string[1:3] not in _MARKED
        yield key, string[1:-1].decode("latin-1") if is_plain else text_of(bytes_of(string))
