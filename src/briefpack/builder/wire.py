"""Frames: how slots, children and the fork server talk over socket pairs.

A frame is two lengths (4 and 8 bytes, big-endian), a head in JSON, and a body of bytes that stay as they are. Nothing
that comes from a child is ever unpickled, and nobody reads more than he is willing to keep.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Mapping
from typing import Any

_LENGTHS = struct.Struct(">IQ")
MOST_HEAD = 1_000_000
"""The longest head that is read, in bytes."""

Frame = tuple[dict[str, Any], bytes]


class WireError(Exception):
    """What came is no frame, or a longer one than the reader is willing to keep."""


def send(end: socket.socket, head: Mapping[str, Any], body: bytes = b"", deadline: float | None = None) -> None:
    """Write one frame; raise `OSError` where the other side is gone, `TimeoutError` after `deadline` (monotonic)."""
    packed = json.dumps(head, separators=(",", ":")).encode()
    _limit(end, deadline)
    end.sendall(_LENGTHS.pack(len(packed), len(body)) + packed)
    if body:
        end.sendall(body)


def receive(end: socket.socket, most: int, deadline: float | None = None) -> Frame | None:
    """Read one frame with a body of at most `most` bytes; None where the other side closed.

    Raise `WireError` for anything that is no such frame, `TimeoutError` after `deadline` (monotonic).
    """
    lengths = _exactly(end, _LENGTHS.size, deadline)
    if lengths is None:
        return None
    head_size, body_size = _LENGTHS.unpack(lengths)
    if head_size > MOST_HEAD or body_size > most:
        raise WireError(f"a frame of {head_size} and {body_size} bytes; {MOST_HEAD} and {most} are allowed")
    packed = _exactly(end, head_size, deadline)
    body = _exactly(end, body_size, deadline)
    if packed is None or body is None:
        return None
    try:
        head = json.loads(packed)
    except (ValueError, RecursionError):
        raise WireError("the head of a frame is not JSON") from None
    if not isinstance(head, dict):
        raise WireError("the head of a frame is not an object")
    return head, bytes(body)


def _exactly(end: socket.socket, size: int, deadline: float | None) -> bytearray | None:
    found = bytearray(size)
    rest = memoryview(found)
    while rest:
        _limit(end, deadline)
        try:
            count = end.recv_into(rest)
        except ConnectionError:
            return None
        if not count:
            return None
        rest = rest[count:]
    return found


def _limit(end: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        end.settimeout(None)
        return
    rest = deadline - time.monotonic()
    if rest <= 0:
        raise TimeoutError
    end.settimeout(rest)
