"""A job: one closed piece of work that any layout child anywhere does alike. What it needs is in it or named by digest.

    job = Job(key, kind, name, body, assets)      made by the plan
    outcome = perform(job, assets)                in a child: never raises, never opens a file of the pack

The key is the digest of the body, of the digests of all assets and of the toolchain's fingerprint, so equal keys have
equal results: the store keeps results by key, and engines may run a job twice or elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from briefpack.world import Digest, digest

Cause = Literal["", "problems", "time", "memory", "crash", "toolchain", "defect"]


@dataclass(frozen=True, slots=True)
class Job:
    """What to do, what it is called in reports ("press/dossier, brief: Public works"), and what it rests on.

    `body` and the assets are pickled by the parent; only the parent's own bytes are ever unpickled, and only in
    children. `assets` are digests of byte strings that many jobs share: an engine sends each to a child once.
    """

    key: Digest
    kind: str
    name: str
    body: bytes
    assets: tuple[Digest, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job. `result` is as its kind defines it; empty where `cause` says why there is none.

    `cause`: "problems" (then `result` holds diagnostics in the form of the kind), "time" or "memory" (a limit was
    reached), "crash" (the interpreter died; `detail` names the signal), "toolchain" (the worker's differs), "defect"
    (an exception; `detail` is its traceback). `seconds` is how long it took, 0 from the store.
    """

    key: Digest
    result: bytes = b""
    cause: Cause = ""
    detail: str = ""
    seconds: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether there is a result to use."""
        return not self.cause


def make_job(
    kind: str, name: str, body: bytes, assets: tuple[Digest, ...], fingerprint: Digest, identity: bytes = b""
) -> Job:
    """Return a job with its key. `identity` stands for a body whose bytes differ though it says the same (a pickle)."""
    parts = (kind.encode(), fingerprint.encode(), *(asset.encode() for asset in assets), identity or body)
    return Job(digest(b"\0".join(parts)), kind, name, body, assets)


Assets = Mapping[Digest, bytes]
