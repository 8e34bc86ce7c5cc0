"""Writing a PDF so that the length of every stream is beyond doubt.

A stream whose last byte happens to be a carriage return, followed by the line end before `endstream`, looks as if it
ended in one line end of two bytes, and validators of PDF/A (ISO 19005-3, 6.1.7) find its length wrong. One compressed
stream in 256 is like that. The byte is the end of the Adler-32 checksum of what was compressed, so packing harder does
not change it; packing the same content in other words does.
"""

from __future__ import annotations

import io
import zlib

import pikepdf

_DOUBTFUL = b"\r\nendstream"
_TRIES = 12
_AS_ABOVE = b"\2"


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the file's bytes: compressed, reproducible, every stream of certain length.

    Object streams, which the library makes itself, are cut differently by a little padding that nothing uses; should
    that fail twelve times, the file is written without them and is larger.
    """
    settle(pdf)
    for padding in range(_TRIES):
        if padding:
            unused = [pdf.make_indirect(pikepdf.Dictionary(N=number)) for number in range(padding)]
            pdf.Root["/BriefpackPadding"] = pikepdf.Array(unused)
        content = _written(pdf, pikepdf.ObjectStreamMode.generate)
        if _DOUBTFUL not in content:
            return content
    return _written(pdf, pikepdf.ObjectStreamMode.disable)


def _written(pdf: pikepdf.Pdf, mode: pikepdf.ObjectStreamMode) -> bytes:
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True, compress_streams=True, object_stream_mode=mode)
    return target.getvalue()


def settle(pdf: pikepdf.Pdf) -> None:
    """Pack anew each stream that ends, or will once compressed, in a carriage return.

    PNG prediction (ISO 32000-1, 7.4.4.4) puts a byte before each row. One row that says "as above", where nothing is
    above it, leaves the content as it is and makes the sum greater by two.
    """
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream) or item.get("/Type") == "/Metadata":
            continue
        if item.get("/Filter") not in (None, pikepdf.Name.FlateDecode) or "/DecodeParms" in item:
            continue
        raw = item.read_raw_bytes()
        ends_in_doubt = raw.endswith(b"\r") if "/Filter" in item else zlib.adler32(raw) & 0xFF == ord("\r")
        if ends_in_doubt:
            content = item.read_bytes()
            parameters = pikepdf.Dictionary(Predictor=12, Columns=len(content))
            packed = zlib.compress(_AS_ABOVE + content, 9)
            item.write(packed, filter=pikepdf.Name.FlateDecode, decode_parms=parameters)
