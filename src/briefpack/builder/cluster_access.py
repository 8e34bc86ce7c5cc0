"""The way to a cluster: which addresses may be talked to, what proves who is there, and the connection itself.

Whoever can talk to a scheduler can run code on its workers and on its clients, so nothing but this machine itself is
talked to without TLS.
"""

from __future__ import annotations

import ipaddress
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location

_CONNECT = 10.0
"""Seconds in which a scheduler has to answer."""


@dataclass(frozen=True, slots=True)
class Security:
    """The files of a TLS connection: the authority that signed all certificates, ours, and its key (PEM)."""

    authority: str = ""
    certificate: str = ""
    key: str = ""


def connect(address: str, security: Security) -> Any:
    """Return a client of the scheduler; raise `BriefpackError` (exit code 3) where none answers or dask is missing."""
    try:
        import distributed  # noqa: PLC0415 - an extra
    except ImportError:
        raise lacking("the engine `dask` is not installed", "install it: pip install 'briefpack[cluster]'") from None
    for name in ("distributed", "distributed.client"):  # it logs to the terminal; what matters is raised here
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    tls = distributed.Security(  # type: ignore[no-untyped-call]
        tls_ca_file=security.authority,
        tls_client_cert=security.certificate,
        tls_client_key=security.key or None,
        require_encryption=True,
    )
    try:
        return distributed.Client(  # type: ignore[no-untyped-call]
            address,
            security=tls if address.startswith("tls://") else None,
            timeout=_CONNECT,
            set_as_default=False,
            name="briefpack",
        )
    except (OSError, TimeoutError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "no answer"
        raise lacking(
            f"no scheduler answers at {address}", "start one (docs/cluster.md), or correct the address", (reason,)
        ) from None


def checked_address(address: str) -> str:
    """Return the address in full; raise `BriefpackError` (exit code 2) unless it is TLS or this very machine."""
    full = address if "://" in address else f"tcp://{address}"
    try:
        parts = urlsplit(full)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if not host or not port:
        raise _misuse(f"{address!r} is not the address of a scheduler", "write it as tls://HOST:PORT")
    if parts.scheme == "tls" or (parts.scheme == "tcp" and _is_loopback(host)):
        return full
    raise _misuse(
        f"{address} is another machine, and the connection to it is not secured",
        "run scheduler and workers with TLS and write the address as tls://HOST:PORT (docs/cluster.md)",
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def checked_security(address: str, security: Security) -> Security:
    """Return what was given; raise `BriefpackError` (exit code 2) where more is needed, or a file is missing."""
    if not address.startswith("tls://"):
        return security
    if not security.authority or not security.certificate:
        raise _misuse(
            f"a connection to {address} needs certificates",
            "name the authority's, yours and your key (docs/cluster.md)",
        )
    for path in (security.authority, security.certificate, security.key):
        if path and not Path(path).is_file():
            raise _misuse(f"no file {path!r}", "name the certificates and the key as PEM files", path)
    return security


def _misuse(message: str, hint: str, file: str = "--engine") -> BriefpackError:
    return BriefpackError(Diagnostic(Code.VALUE_INVALID, message, Location(file), hint), exit_code=2)


def lacking(message: str, hint: str, detail: tuple[str, ...] = ()) -> BriefpackError:
    """Return the error for a cluster that cannot do its part: exit code 3."""
    return BriefpackError(
        Diagnostic(Code.RENDER_FAILED, message, Location("--engine"), hint, detail=detail), exit_code=3
    )
