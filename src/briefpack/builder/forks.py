"""The parent's side of the fork server: starts it, asks it for children, and learns from it how they ended.

server = ForkServer(limits, performers); server.start()        at once; imports go on in the background
pid = server.fork(pipe, log)                                   waits until it is ready
ended = server.end(pid, grace)                                 how a child ended
server.close()                                                 and nothing of it is left
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from briefpack.builder.limits import Limits
from briefpack.builder.performers import PERFORMERS
from briefpack.builder.wire import WireError, receive, send
from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location

WARM = "briefpack.pdf.engine:prepare"
"""What the server calls, with its folder, to import what children need."""

LOG_TAIL = 4_000
"""How many bytes of what a child or the server printed last are shown."""

_START = 120.0
"""Seconds after which a server that has not said a word is given up; on a cold disk imports take their time."""
_ANSWER = 30.0
_CLOSE = 5.0


class Closed(Exception):  # noqa: N818 - says what the server is
    """The server was closed by `close`."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its wait status, None where nobody knows, and the most memory it held, in bytes."""

    status: int | None = None
    peak: int = 0


class ForkServer:
    """One server process, started anew when it was lost. All methods may be called from any thread."""

    def __init__(
        self, limits: Limits | None = None, performers: Mapping[str, str] = PERFORMERS, warm: str = WARM
    ) -> None:
        self.limits = limits or Limits()
        self.performers = performers
        self.warm = warm
        self.isolation = ""
        self._talk = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._log: IO[bytes] | None = None
        self._folder: Path | None = None
        self._is_ready = False
        self._is_closed = False
        self._failure: BriefpackError | None = None

    def start(self) -> None:
        """Start the server and return at once."""
        with self._talk:
            self._launch()

    @property
    def pid(self) -> int:
        """The server's process id, 0 where there is none."""
        return self._process.pid if self._process else 0

    @property
    def folder(self) -> Path | None:
        """The server's folder for temporary files, which goes with it."""
        return self._folder

    def ready(self) -> None:
        """Wait until the server has imported everything; raise `BriefpackError` (exit code 3) for what lacks."""
        with self._talk:
            self._await()

    def fork(self, pipe: socket.socket, log: int) -> int:
        """Return the process id of a new child that serves the other end of `pipe` and prints to the file `log`."""
        with self._talk:
            for attempt in (1, 2):
                self._await()
                try:
                    return int(self._ask({"do": "fork"}, [pipe.fileno(), log])["pid"])
                except (OSError, WireError):
                    if attempt == 2:
                        raise self._lost("does not answer") from None
                    self._clear()
        raise AssertionError("unreachable")

    def end(self, pid: int, grace: float) -> Ended:
        """Reap a child, killing it if it is still there after `grace` seconds; return how it ended."""
        with self._talk:
            if self._is_closed or not self._is_ready:
                return Ended()
            try:
                reply = self._ask({"do": "end", "pid": pid, "grace": grace})
            except (OSError, WireError):
                self._clear()  # the kernel has killed the child together with its server
                return Ended()
            return Ended(reply["status"], reply["peak"])

    def close(self) -> None:
        """Kill the server and all its children, and remove its folder. May be called more than once."""
        self._is_closed = True
        if self._control is not None:
            with contextlib.suppress(OSError):
                self._control.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for an answer
        with self._talk:
            self._clear()

    def _launch(self) -> None:
        if self._is_closed:
            raise Closed
        if self._failure is not None:
            raise self._failure
        if self._process is not None:
            return
        self._folder = Path(tempfile.mkdtemp(prefix="briefpack-"))
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the server
        self._control, other = socket.socketpair()
        with other:
            # -P: the user's folder, where `briefpack` may have been called, is no place to import from.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "briefpack.builder.server", str(other.fileno())],
                pass_fds=[other.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                start_new_session=True,
            )
        settings = {
            "folder": str(self._folder),
            "path": [entry for entry in sys.path if Path(entry).is_absolute()],
            "limits": self.limits.to_json(),
            "performers": dict(self.performers),
            "warm": self.warm,
        }
        send(self._control, settings)

    def _await(self) -> None:
        self._launch()
        if self._is_ready:
            return
        assert self._control is not None
        try:
            frame = receive(self._control, 0, time.monotonic() + _START)
        except (OSError, WireError):
            frame = None
        if self._is_closed:
            raise Closed
        if frame is None or "lacks" in frame[0]:
            raise self._lost(frame[0]["lacks"] if frame else "")
        self.isolation = frame[0]["isolation"]
        self._is_ready = True

    def _ask(self, request: Mapping[str, Any], descriptors: list[int] | None = None) -> dict[str, Any]:
        assert self._control is not None
        self._control.settimeout(_ANSWER)
        message = json.dumps(request).encode()
        if descriptors:
            socket.send_fds(self._control, [message], descriptors)
        else:
            self._control.sendall(message)
        frame = receive(self._control, 0, time.monotonic() + _ANSWER + request.get("grace", 0))
        if frame is None:
            raise ConnectionResetError
        return frame[0]

    def _lost(self, lacks: str) -> Exception:
        """Clear up after a server that cannot start, and return what to raise, now and whenever it is asked again."""
        log, process = tail(self._log.fileno()) if self._log else "", self._process
        self._clear()
        if self._is_closed:
            return Closed()
        code = process.returncode if process else None
        what = lacks.splitlines()[0] if lacks else f"its server ended with {code}"
        self._failure = BriefpackError(
            Diagnostic(
                Code.RENDER_FAILED,
                f"the layout engine cannot start: {what}",
                Location("briefpack"),
                hint="run `briefpack doctor`: it says what this machine lacks and how to install it",
                detail=tuple(log.splitlines()[-12:]),
            ),
            exit_code=3,
        )
        return self._failure

    def _clear(self) -> None:
        """Let the server end, with all it forked; what is not gone in time is killed."""
        process, control, log, folder = self._process, self._control, self._log, self._folder
        was_ready = self._is_ready
        self._process = self._control = self._log = self._folder = None
        self._is_ready = False
        if control is not None:
            control.close()
        if process is not None:
            if not was_ready:  # it has no children yet, and its imports may take another second
                process.kill()
            try:
                process.wait(_CLOSE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if log is not None:
            log.close()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def tail(log: int) -> str:
    """Return the end of what was printed to an open file."""
    size = os.fstat(log).st_size
    printed = os.pread(log, LOG_TAIL, max(0, size - LOG_TAIL))
    return printed.decode(errors="replace").strip()


def isolation() -> str:
    """Say whether layout children here are cut off from the network, and if not, why; takes a tenth of a second."""
    server = ForkServer(performers={}, warm="")
    try:
        server.ready()
        return server.isolation
    finally:
        server.close()
