"""Frames arrive as they were sent, and anything else is refused."""

from __future__ import annotations

import socket
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.builder.limits import Limits
from briefpack.builder.wire import WireError, receive, send

HEADS = st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()))


def sent(content: bytes, most: int = 1000) -> object:
    """What a reader makes of these bytes and the end of the pipe."""
    one, other = socket.socketpair()
    with one, other:
        one.sendall(content)
        one.shutdown(socket.SHUT_WR)
        return receive(other, most)


@given(HEADS, st.binary())
def test_a_frame_arrives_as_it_was_sent(head: dict[str, object], body: bytes) -> None:
    one, other = socket.socketpair()
    with one, other:
        send(one, head, body)
        assert receive(other, len(body)) == (head, body)


def test_a_large_frame_arrives_while_it_is_sent() -> None:
    one, other = socket.socketpair()
    body = bytes(range(256)) * 20_000
    with one, other:
        sender = threading.Thread(target=send, args=(one, {"a": 1}, body))
        sender.start()
        assert receive(other, len(body)) == ({"a": 1}, body)
        sender.join()


@given(st.binary(min_size=11, max_size=200))
def test_garbage_is_refused(garbage: bytes) -> None:
    with pytest.raises(WireError):
        sent(b"x" + garbage)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\0\0\0\x02" + b"\0" * 7 + b"\x05{}abcde", "a frame of 2 and 5 bytes; 1000000 and 4 are allowed"),
        (b"\x7f\0\0\0" + b"\0" * 8, "a frame of 2130706432 and 0 bytes; 1000000 and 4 are allowed"),
        (b"\0\0\0\x02" + b"\0" * 8 + b"{[", "the head of a frame is not JSON"),
        (b"\0\0\0\x02" + b"\0" * 8 + b"[]", "the head of a frame is not an object"),
    ],
)
def test_what_is_no_frame_is_refused_with_a_reason(content: bytes, message: str) -> None:
    with pytest.raises(WireError, match=message):
        sent(content, most=4)


def test_half_a_frame_is_the_end() -> None:
    assert sent(b"\0\0\0\x02" + b"\0" * 8 + b"{") is None


def test_a_reader_waits_until_its_deadline_and_no_longer() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"\0\0")
        deadline = time.monotonic() + 0.05
        with pytest.raises(TimeoutError):
            receive(other, 0, deadline)


def test_limits_survive_being_written_down() -> None:
    limits = Limits(wall=1.5, factors={"fit": 4.0}, jobs=3)

    assert Limits(**limits.to_json()) == limits
    assert (limits.wall_of("fit"), limits.wall_of("section")) == (6.0, 1.5)
