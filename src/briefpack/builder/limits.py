"""What a layout child may use: time, memory, files, and no network.

Memory is bounded as address space (RLIMIT_AS): it is the only limit that counts shared mappings too, and a child that
does nothing unusual needs little more address space than memory, for it runs one thread.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import resource
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_SPARE_PROCESSOR_SECONDS = 5
"""By how much the limit of processor time lies above the wall limit: it only matters where nobody is left to kill."""

NO_NETWORK = "layout runs without network"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one layout child.

    `wall`: seconds a job may take, times the factor of its kind. `memory`: address space in bytes. `resident`: a child
    that ever held more memory than this many bytes is replaced after its job, as is one after `jobs` jobs. `result`:
    bytes a job may return. `file`: bytes a child may write to a file (fonts are unpacked into temporary ones).
    """

    wall: float = 120.0
    factors: Mapping[str, float] = field(default_factory=dict)
    memory: int = 1_500_000_000
    resident: int = 400_000_000
    result: int = 256_000_000
    file: int = 64_000_000
    jobs: int = 500

    def wall_of(self, kind: str) -> float:
        """Return how many seconds a job of this kind may take."""
        return self.wall * self.factors.get(kind, 1.0)

    def to_json(self) -> dict[str, Any]:
        """Return the fields as values that JSON knows; `Limits(**fields)` is the way back."""
        return {item.name: getattr(self, item.name) for item in fields(self)} | {"factors": dict(self.factors)}


def bind(limits: Limits) -> None:
    """Bind this process, for good; what the system does not know or already bounds more tightly stays as it is."""
    for name, wanted in (("RLIMIT_CORE", 0), ("RLIMIT_AS", limits.memory), ("RLIMIT_FSIZE", limits.file)):
        kind = getattr(resource, name, None)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(kind, (value, value))


def allow_processor(seconds: float) -> None:
    """Let this process use so many more seconds of processor time, and a few to spare, before the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime + seconds) + _SPARE_PROCESSOR_SECONDS
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def peak_memory() -> int:
    """Return the most memory this process ever held, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def die_with(parent: int) -> None:
    """Let the system kill this process when its parent's thread ends, where it can; end now if that has happened."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def leave_network() -> str:
    """Move this process to a network of its own, in which there is nothing; return `NO_NETWORK`, or why it stays.

    Needs a process of one thread. What it forks inherits the empty network.
    """
    if sys.platform != "linux":
        return "layout could reach the network: this system has no network namespaces"
    libc = ctypes.CDLL(None, use_errno=True)
    for flags in (_CLONE_NEWUSER | _CLONE_NEWNET, _CLONE_NEWNET):
        if libc.unshare(flags) == 0:
            return NO_NETWORK
    reason = os.strerror(ctypes.get_errno()).lower()
    return f"layout could reach the network: the kernel refuses a namespace ({reason})"
