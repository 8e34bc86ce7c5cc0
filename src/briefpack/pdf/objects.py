"""The objects of a PDF file and how they become bytes (ISO 32000-1, 7.3 to 7.5).

    writer = Writer()
    number = writer.reserve()
    writer.put(number, "<</Type/Catalog>>")     a dictionary or array: goes into an object stream
    writer.stream(number, "/N 3", content)      a stream of its own, compressed here
    content = writer.finish(root, info)

Bodies are text of Latin-1 characters. Compression is the same everywhere and every time; nothing is written twice.
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from collections.abc import Iterable
from urllib.parse import quote

LEVEL = 6
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_IN_ONE_STREAM = 200
_FREE, _PLAIN, _PACKED = 0, 1, 2
_AS_ABOVE = b"\2"
_DOUBTFUL = b"\r"
_KEPT_IN_NAMES = "".join(chr(code) for code in range(33, 127) if chr(code) not in "%()\\")


class Writer:
    """Collects the objects of one file. Numbers are handed out first, so that objects may name each other."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = [_HEADER]
        self._size = len(_HEADER)
        self._kinds = bytearray([_FREE])
        self._places = array("I", [0])
        self._indices = array("H", [0xFFFF])
        self._numbers: list[int] = []
        self._bodies: list[str] = []

    def reserve(self, count: int = 1) -> int:
        """Return the first of `count` new numbers."""
        first = len(self._kinds)
        self._kinds.extend(bytes(count))
        self._places.extend([0] * count)
        self._indices.extend([0] * count)
        return first

    def put(self, number: int, body: str) -> None:
        """Write an object that is no stream."""
        self._numbers.append(number)
        self._bodies.append(body)
        if len(self._numbers) >= _IN_ONE_STREAM:
            self._flush()

    def add(self, body: str) -> int:
        """Write an object that is no stream under a new number and return it."""
        number = self.reserve()
        self.put(number, body)
        return number

    def stream(self, number: int, dictionary: str, content: bytes) -> None:
        """Write a stream of uncompressed `content`; `dictionary` is its inside, without length."""
        if "/Filter" in dictionary or "/Type/Metadata" in dictionary:  # validators read metadata as it stands
            # Decoders stop where the packed content ends: a line end after it is not theirs to read.
            self._stream(number, dictionary, content + b"\n" if content.endswith(_DOUBTFUL) else content)
        else:
            self.packed(number, dictionary, zlib.compress(content, LEVEL))

    def packed(self, number: int, dictionary: str, content: bytes) -> bytes:
        """Write a stream of `content` that zlib has compressed already, and return its bytes as written.

        They are `content` itself, save where its end would be in doubt.
        """
        packed, filters = settled(content)
        self._stream(number, f"{dictionary}{filters}", packed)
        return packed

    def finish(self, root: int, info: int) -> bytes:
        """Return the whole file; raise `ValueError` where a reserved number was never written."""
        self._flush()
        number = self.reserve()
        start = self._size
        self._mark(number, _PLAIN, start, 0)
        missing = self._kinds.find(_FREE, 1)
        if missing > 0:
            raise ValueError(f"object {missing} was never written")
        digest = hashlib.sha256()
        for chunk in self._chunks:
            digest.update(chunk)
        name = digest.hexdigest()[:32]
        table, filters = settled(zlib.compress(self._table(), LEVEL))
        dictionary = (
            f"/Type/XRef/Size {number + 1}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R/ID[<{name}><{name}>]{filters}"
        )
        self._append(_framed(number, dictionary, table))
        self._append((f"startxref\n{start}\n%%EOF\n".encode(),))
        return b"".join(self._chunks)

    def _stream(self, number: int, dictionary: str, content: bytes) -> None:
        self._mark(number, _PLAIN, self._size, 0)
        self._append(_framed(number, dictionary, content))

    def _append(self, chunks: Iterable[bytes]) -> None:
        for chunk in chunks:
            self._chunks.append(chunk)
            self._size += len(chunk)

    def _mark(self, number: int, kind: int, place: int, index: int) -> None:
        if self._kinds[number]:
            raise ValueError(f"object {number} is written twice")
        self._kinds[number], self._places[number], self._indices[number] = kind, place, index

    def _flush(self) -> None:
        """Write the waiting objects as one object stream (7.5.7)."""
        if not self._numbers:
            return
        container = self.reserve()
        offset, heads = 0, []
        for index, (number, body) in enumerate(zip(self._numbers, self._bodies, strict=True)):
            self._mark(number, _PACKED, container, index)
            heads.append(f"{number} {offset}")
            offset += len(body) + 1
        head = " ".join(heads) + "\n"
        content = (head + "\n".join(self._bodies)).encode("latin-1")
        dictionary = f"/Type/ObjStm/N {len(heads)}/First {len(head)}"
        self._numbers, self._bodies = [], []
        self.stream(container, dictionary, content)

    def _table(self) -> bytes:
        """The cross-reference table (7.5.8): one byte, four and two for each object, in columns of equal width."""
        places, indices = array("I", self._places), array("H", self._indices)
        if memoryview(array("H", [1])).cast("B")[0] == 1:  # what is written has the highest byte first
            places.byteswap()
            indices.byteswap()
        table = bytearray(7 * len(self._kinds))
        table[0::7] = self._kinds
        for columns, width, first in ((places.tobytes(), 4, 1), (indices.tobytes(), 2, 5)):
            for column in range(width):
                table[first + column :: 7] = columns[column::width]
        return bytes(table)


def _framed(number: int, dictionary: str, content: bytes) -> tuple[bytes, bytes, bytes]:
    head = f"{number} 0 obj\n<<{dictionary}/Length {len(content)}>>\nstream\n"
    return head.encode("latin-1"), content, b"\nendstream\nendobj\n"


def settled(packed: bytes) -> tuple[bytes, str]:
    """Return compressed content whose last byte is no carriage return, and the filter that reads it.

    Before `endstream` such a byte looks as if it belonged to the end of the line, and validators of PDF/A find the
    length wrong (ISO 19005-3, 6.1.7). A row of PNG prediction that says "as above" changes the checksum, not the
    content.
    """
    if not packed.endswith(_DOUBTFUL):
        return packed, "/Filter/FlateDecode"
    content = zlib.decompress(packed)
    again = zlib.compress(_AS_ABOVE + content, LEVEL)
    return again, f"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns {len(content)}>>"


def literal(content: str) -> str:
    """Return a literal string of printable ASCII characters."""
    return "(" + content.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"


def text_string(text: str) -> str:
    """Return a text string (7.9.2.2): as it stands where it is printable ASCII, in UTF-16 where it is not."""
    if text.isascii() and text.isprintable():
        return literal(text)
    return f"<feff{text.encode('utf-16-be', 'replace').hex()}>"


def name_string(name: str) -> str:
    """Return a name of a destination or an element: ASCII, the rest percent-encoded, one string for one name.

    So all orders that readers sort names in are the same one.
    """
    return f"({quote(name, safe=_KEPT_IN_NAMES)})"


def address(target: str) -> str:
    """Return an address in the 7-bit ASCII that a URI action wants (12.6.4.7)."""
    return quote(target, safe=_KEPT_IN_NAMES + "%()\\")


def name_object(name: str) -> str:
    """Return a PDF name (7.3.5), without the slash."""
    return "".join(
        character if (character.isalnum() and character.isascii()) or character in "+-._" else f"#{ord(character):02x}"
        for character in name.encode().decode("latin-1")
    )


def real(number: float) -> str:
    """Return a number with at most three decimals, never with an exponent."""
    rounded = round(number, 3)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def references(numbers: Iterable[int]) -> str:
    """Return references to `numbers`, with spaces between."""
    return " ".join([f"{number} 0 R" for number in numbers])
