"""The fork server: imports the layout engine once, cuts itself off from the network, and forks children on request.

    python -P -m briefpack.builder.server FD

FD is one end of a socket pair. First comes a frame with the settings (`Settings`), and the server answers that it is
ready or what it lacks. Then requests come one at a time, each in one message:

    {"do": "fork"}, with the child's end of a pipe and an open file for what it prints      -> {"pid"}
    {"do": "end", "pid", "grace"}     waits so many seconds, then kills                     -> {"status", "peak"}

It runs in one thread and in a session of its own, so that Ctrl-C does not reach it. It ends when the other end of FD is
closed, be it by SIGKILL, and takes the children and the temporary folder with it; if it is killed itself, the kernel
kills its children.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefpack.builder.child import Rules, become_child
from briefpack.builder.limits import Limits, leave_network
from briefpack.builder.performers import load
from briefpack.builder.wire import receive, send

_MOST_REQUEST = 4096
_STEP = 0.002
"""Seconds between two looks at a child that is given time to end."""


@dataclass(slots=True)
class Server:
    """The forked children that have not been reaped, and what new ones are bound to."""

    control: socket.socket
    rules: Rules
    children: set[int] = field(default_factory=set)

    def run(self) -> None:
        """Answer requests until the other end closes."""
        while True:
            message, descriptors, _, _ = socket.recv_fds(self.control, _MOST_REQUEST, 2)
            if not message:
                return
            request = json.loads(message)
            is_fork = request["do"] == "fork"
            send(self.control, self.fork(descriptors) if is_fork else self.end(request["pid"], request["grace"]))

    def fork(self, descriptors: list[int]) -> dict[str, Any]:
        """Fork a child that serves the pipe and prints to the file; return its process id."""
        pipe, log = descriptors
        server = os.getpid()
        pid = os.fork()
        if not pid:
            self._live(socket.socket(fileno=pipe), log, server)
        os.close(pipe)
        os.close(log)
        self.children.add(pid)
        return {"pid": pid}

    def _live(self, pipe: socket.socket, log: int, server: int) -> None:
        code = 1
        try:
            self.control.close()
            become_child(pipe, log, self.rules, server)
            code = 0
        except ConnectionError:
            pass  # the slot closed while the child was answering
        except BaseException:  # noqa: BLE001 - nothing of the server's may run on in its child
            traceback.print_exc()
        finally:
            os._exit(code)

    def end(self, pid: int, grace: float) -> dict[str, Any]:
        """Reap a child, killing it if it has not ended within `grace` seconds; return how it ended."""
        if pid not in self.children:
            return {"status": None, "peak": 0}
        until = time.monotonic() + grace
        reaped, status, usage = os.wait4(pid, os.WNOHANG)
        while not reaped and time.monotonic() < until:
            time.sleep(_STEP)
            reaped, status, usage = os.wait4(pid, os.WNOHANG)
        if not reaped:
            os.kill(pid, signal.SIGKILL)
            _, status, usage = os.wait4(pid, 0)
        self.children.discard(pid)
        return {"status": status, "peak": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)}

    def kill_all(self) -> None:
        """Kill and reap all children."""
        for pid in self.children:
            os.kill(pid, signal.SIGKILL)
        for pid in self.children:
            os.waitpid(pid, 0)
        self.children.clear()


def main(arguments: list[str]) -> None:
    """Serve on the socket whose number is the only argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    control = socket.socket(fileno=int(arguments[0]))
    frame = receive(control, 0)
    if frame is None:
        return
    settings = frame[0]
    folder = Path(settings["folder"])
    server = Server(control, Rules(Limits(**settings["limits"]), settings["performers"]))
    try:
        ready = prepare(settings, folder)
        send(control, ready)
        if "lacks" not in ready:
            server.run()
    except ConnectionError:
        pass  # the parent is gone
    finally:
        server.kill_all()
        shutil.rmtree(folder, ignore_errors=True)


def prepare(settings: Mapping[str, Any], folder: Path) -> dict[str, str]:
    """Import what children need and leave the network; return what to answer: `isolation`, or what the server `lacks`.

    A performer's module that is not there concerns its own jobs only, and they will say so.
    """
    sys.path += [entry for entry in settings["path"] if entry not in sys.path]
    tempfile.tempdir = str(folder)
    try:
        if settings["warm"]:
            load(settings["warm"])(folder)
        for name in sorted({name.partition(":")[0] for name in settings["performers"].values()}):
            with contextlib.suppress(ModuleNotFoundError):
                importlib.import_module(name)
    except (OSError, ImportError) as error:
        return {"lacks": str(error)}
    isolation = leave_network()
    ctypes.CDLL(None)  # children need it, and finding it takes a while
    gc.collect()
    gc.freeze()
    gc.disable()
    return {"isolation": isolation}


if __name__ == "__main__":
    main(sys.argv[1:])
