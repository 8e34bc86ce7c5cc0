"""Writing a PDF so that the length of every stream is beyond doubt.

A stream whose last byte happens to be a carriage return, followed by the line end before `endstream`, looks as if it
ended in one line end of two bytes, and validators of PDF/A (ISO 19005-3, 6.1.7) find its length wrong. One compressed
stream in 256 is like that: the byte is the end of its checksum, so only other content, or ASCII around it, helps.
"""

from __future__ import annotations

import base64
import io
import zlib

import pikepdf

_DOUBTFUL = b"\r\nendstream"
_TRIES = 8


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the file's bytes: compressed, reproducible, every stream of certain length.

    Page contents get a line end more. Object streams are cut differently by a little padding that nothing uses. What is
    left (an attachment, a font) is wrapped in ASCII, at the price of a file without object streams.
    """
    _lengthen(pdf)
    for padding in range(_TRIES):
        if padding:
            unused = [pdf.make_indirect(pikepdf.Dictionary(N=number)) for number in range(padding)]
            pdf.Root["/BriefpackPadding"] = pikepdf.Array(unused)
        content = _written(pdf, compact=True)
        if _DOUBTFUL not in content:
            return content
    wrap(pdf)
    return _written(pdf, compact=False)


def _written(pdf: pikepdf.Pdf, *, compact: bool) -> bytes:
    target = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if compact else pikepdf.ObjectStreamMode.disable
    pdf.save(target, deterministic_id=True, compress_streams=compact, object_stream_mode=mode)
    return target.getvalue()


def _lengthen(pdf: pikepdf.Pdf) -> None:
    """Add a line end, which means nothing there, to each page's content that would end in doubt."""
    for page in pdf.pages:
        contents = page.get("/Contents")
        if isinstance(contents, pikepdf.Stream):
            content = contents.read_bytes()
            if _ends_in_doubt(content):
                contents.write(content + b"\n")


def wrap(pdf: pikepdf.Pdf) -> None:
    """Compress every stream but the metadata, and put ASCII around those that end in doubt."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream) or item.get("/Type") == "/Metadata":
            continue
        raw, filters = item.read_raw_bytes(), item.get("/Filter")
        packed = zlib.compress(raw, 9) if filters is None else raw
        if filters not in (None, pikepdf.Name.FlateDecode):
            continue
        if packed.endswith(b"\r"):
            both = pikepdf.Array([pikepdf.Name.ASCII85Decode, pikepdf.Name.FlateDecode])
            item.write(base64.a85encode(packed) + b"~>", filter=both)
        elif filters is None:
            item.write(packed, filter=pikepdf.Name.FlateDecode)


def _ends_in_doubt(content: bytes) -> bool:
    """Whether `content`, compressed, ends in a carriage return: the last byte of its Adler-32 checksum."""
    return zlib.adler32(content) & 0xFF == ord("\r")
