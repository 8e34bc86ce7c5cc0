"""A layout child: reads jobs from its slot, does them one after the other, answers, and ends when its slot closes.

    asset   {"frame": "asset", "digest"}                                  body: its bytes; kept as long as the child
    job     {"frame": "job", "key", "kind", "name", "assets", "wall"}     body: the job's
    answer  {"key", "cause", "detail", "seconds", "peak"}                 body: the result

Forked from the server with everything heavy imported. Garbage is collected between jobs only: during layout that would
cost up to a fifth of the time, and almost nothing there is garbage.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace

from briefpack.builder.jobs import Job, Outcome
from briefpack.builder.limits import Limits, allow_processor, bind, die_with, peak_memory
from briefpack.builder.performers import perform
from briefpack.builder.wire import Frame, receive, send
from briefpack.world import Digest

_MOST_BODY = 1 << 40
"""What the slot sends is its own; the limit of memory bounds it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What every child of a server is bound to, and its table of performers."""

    limits: Limits
    performers: Mapping[str, str]


def become_child(pipe: socket.socket, log: int, rules: Rules, parent: int) -> None:
    """Serve jobs from `pipe` until it closes; what is printed goes to the open file `log`. For a fresh fork only."""
    die_with(parent)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for number in (1, 2):
        os.dup2(log, number)
    faulthandler.enable(2, all_threads=False)
    bind(rules.limits)
    serve(pipe, rules)


def serve(pipe: socket.socket, rules: Rules) -> None:
    """Answer each job that comes out of `pipe` until it closes."""
    kept: dict[Digest, bytes] = {}
    while (frame := receive(pipe, _MOST_BODY)) is not None:
        head, body = frame
        if head["frame"] == "asset":
            kept[head["digest"]] = body
            continue
        allow_processor(head["wall"])
        outcome = perform(to_job(frame), kept, rules.performers)
        answer(pipe, outcome, rules.limits.result)
        del frame, body, outcome
        gc.collect(0)  # what survives a job, such as styles, is kept for the next ones and need not be walked again


def answer(pipe: socket.socket, outcome: Outcome, most: int) -> None:
    """Send what became of a job; a result longer than `most` bytes is not sent, but said."""
    if len(outcome.result) > most:
        detail = f"the result has {len(outcome.result):,} bytes; {most:,} are allowed"
        outcome = replace(outcome, result=b"", cause="memory", detail=detail)
    head = {
        "key": outcome.key,
        "cause": outcome.cause,
        "detail": outcome.detail,
        "seconds": outcome.seconds,
        "peak": peak_memory(),
    }
    send(pipe, head, outcome.result)


def to_job(frame: Frame) -> Job:
    """Return the job that a frame holds."""
    head, body = frame
    return Job(head["key"], head["kind"], head["name"], body, tuple(head["assets"]))
