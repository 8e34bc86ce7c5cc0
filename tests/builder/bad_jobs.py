"""Performers that behave, and others that do not: what slots have to stand."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import socket
import sys
import time

from briefpack.builder.jobs import Assets, Job, make_job

HERE = "tests.builder.bad_jobs"
KINDS = (
    "echo", "reverse", "joined", "slow_joined", "problems", "loop", "sleep", "eat", "abort", "segfault", "leave",
    "stop", "raising", "chatty", "huge", "garbage", "closing", "mute", "server_killer", "bounds", "network", "whoami",
    "hungry",
)  # fmt: skip
PERFORMERS = {kind: f"{HERE}:{kind}" for kind in KINDS} | {"absent": f"{HERE}_absent:nothing"}


def job_of(kind: str, body: bytes = b"", assets: tuple[str, ...] = ()) -> Job:
    """A job of this table."""
    return make_job(kind, f"test, {kind}", body, assets, "0" * 64)


def echo(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    return body, True


def reverse(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    return body[::-1], True


def joined(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    return body.join(assets.values()), True


def slow_joined(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    time.sleep(0.05)
    return joined(body, assets)


def problems(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    return b"two problems", False


def loop(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    while True:
        pass


def sleep(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    time.sleep(float(body))
    return body, True


def eat(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    eaten = []
    while True:
        eaten.append(b"x" * 10_000_000)


def hungry(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    eaten = b"x" * int(body)
    return str(os.getpid() + 0 * len(eaten)).encode(), True


def abort(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    os.abort()


def segfault(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    ctypes.string_at(0)
    return b"", True


def leave(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    os._exit(7)


def stop(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    sys.exit(7)


def raising(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    raise ValueError("of the test")


def chatty(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    print("\0garbage \x1b[31m" * 1000)  # noqa: T201 - that is the point
    os.write(1, b"\xff" * 1000)
    return b"said it", True


def huge(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    return bytes(int(body)), True


def _pipe() -> socket.socket:
    (pipe,) = (thing for thing in gc.get_objects() if isinstance(thing, socket.socket) and thing.fileno() >= 0)
    return pipe


def garbage(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    _pipe().sendall(b"garbage" * 100)
    return b"", True


def closing(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    _pipe().close()
    while True:
        time.sleep(1)


def mute(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    _pipe().sendall(b"\0\0\0\x05")  # and never the rest of its frame
    while True:
        time.sleep(1)


def server_killer(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    os.kill(os.getppid(), 9)
    time.sleep(60)
    return b"", True


def bounds(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_CPU)
    return " ".join(str(resource.getrlimit(kind)[0]) for kind in kinds).encode(), True


def network(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    """Try to reach a port of the parent's loopback."""
    try:
        with socket.create_connection(("127.0.0.1", int(body)), 1):
            return b"reached", True
    except OSError:
        return b"refused", True


def whoami(body: bytes, assets: Assets) -> tuple[bytes, bool]:
    return str(os.getpid()).encode(), True
