"""Two builds of one state: one goes on from what was there, the other starts from nothing, elsewhere."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefpack.builder.build import build
from briefpack.builder.report import BuildReport, BuildRequest
from briefpack.cli.build import report_json, standing_report
from briefpack.pack.load import PACK_FILE
from briefpack.world import World

OUT = "build/out"
_OWN = re.compile(r"[^/]+/(dossier(-\d+)?|(briefs|comparisons)/[^/]+)\.pdf")
_VOLUME = re.compile(r"-\d+\.pdf$")

Files = Mapping[str, str]
"""The files of a folder, by their paths: the digest and the rights of each; folders end in a slash."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left and what it said of it, without how much of it was there before; `raised` if it failed."""

    files: Files
    said: Any
    failed: frozenset[str] = frozenset()
    """Where the files of products would stand that could not be made."""
    names: tuple[str, ...] = ()
    """All products."""
    is_valid: bool = False
    is_settled: bool = True
    """Whether the settings are without errors, so that it is known which products there are."""
    has_stood: bool = False
    """Whether nothing had to be done, or that is not known: then nothing was tidied either."""
    raised: str = ""


def built(folder: Path, request: BuildRequest, *, may_stand: bool) -> Built:
    """Build in this process. `may_stand`: as the command does, look first whether there is anything to do."""
    world = World(folder)
    try:
        report = (standing_report(world, request) if may_stand else None) or build(World(folder), request)
    except Exception as error:  # noqa: BLE001 - whatever a build raises is what is looked for here
        return Built(files_of(folder / OUT), None, raised=f"{type(error).__name__}: {error}")
    return Built(
        files_of(folder / OUT),
        _said(report),
        frozenset(product.path for product in report.products if not product.is_made),
        tuple(product.name for product in report.products),
        not report.has_errors,
        not any(d.is_error and d.location.file == PACK_FILE for d in report.diagnostics),
        report.is_current,
    )


def built_by_command(folder: Path, jobs: int) -> Built:
    """Build with the command line in a process of its own."""
    program = "from briefpack.cli import main; main()"
    command = [sys.executable, "-P", "-c", program, "--pack", str(folder), "build", "--json", "--jobs", str(jobs)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    files = files_of(folder / OUT)
    if ended.returncode not in (0, 1):
        return Built(files, None, raised=f"exit code {ended.returncode}: {ended.stderr[-2000:]}")
    return Built(files, {"json": _without_reuse(json.loads(ended.stdout))}, has_stood=True)


def stands(folder: Path, request: BuildRequest) -> BuildReport | None:
    """The report that a build with nothing to do would give."""
    return standing_report(World(folder), request)


def _said(report: BuildReport) -> Any:
    """Everything that a report says, but for what was there before."""
    products = tuple(
        replace(product, older=False, is_current=False, sections_made=0, reasons=()) for product in report.products
    )
    plain = report_json(replace(report, products=products), report.has_errors, False)
    return {"json": _without_reuse(plain), "products": repr(products), "sizes": dict(report.sizes)}


def _without_reuse(written: Any) -> Any:
    products = []
    for product in written["products"]:
        reuse = product["sections"]
        products.append({**product, "current": None, "sections": reuse["made"] + reuse["reused"]})
    return json.loads(json.dumps({**written, "products": products}))


def files_of(folder: Path) -> Files:
    """Every file and folder below a folder."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_dir():
            found[f"{name}/"] = "folder"
        else:
            rights = oct(path.lstat().st_mode)[-3:]
            found[name] = f"{hashlib.sha256(path.read_bytes()).hexdigest()} {rights}"
    return found


def expected(before: Files, cold: Built) -> Files:
    """The files that a build must leave, going on from `before`, where one from nothing gives `cold`."""
    kept = {path: content for path, content in before.items() if _stays(path, cold)}
    wanted = {**kept, **cold.files}
    return wanted | {f"{parent.as_posix()}/": "folder" for path in wanted for parent in Path(path).parents[:-1]}


def _is_rest(path: str) -> bool:
    return path.endswith("/") or Path(path).name.startswith(".briefpack-")


def _stays(path: str, cold: Built) -> bool:
    """Whether what was there before must still be there."""
    if _is_rest(path):
        return not cold.is_settled
    if not _OWN.fullmatch(path) or not cold.is_settled:
        return True
    full = f"{OUT}/{path}"
    is_volume = _VOLUME.search(path) and Path(path).name.startswith("dossier-")
    return full in cold.failed or (bool(is_volume) and _VOLUME.sub(".pdf", full) in cold.failed)


def differences(got: Built, wanted: Files, cold: Built) -> Iterator[str]:
    """What an incremental build did otherwise than it must, each in one line."""
    if got.raised or cold.raised:
        if got.raised != cold.raised:
            yield f"raised {got.raised or 'nothing'}; the build from nothing {cold.raised or 'nothing'}"
        return
    for path in sorted(got.files.keys() | wanted.keys()):
        is_different = got.files.get(path) != wanted.get(path)
        if is_different and not (got.has_stood and _is_rest(path)):
            yield f"{path}: is {got.files.get(path, 'not there')}, must be {wanted.get(path, 'gone')}"
    for name in ("products", "sizes"):
        if name in got.said and got.said[name] != cold.said[name]:
            yield f"the reports differ in {name}"
    plain = got.said["json"]
    for name, value in cold.said["json"].items():
        if plain[name] != value:
            yield f"the reports differ in {name}: {_first(plain[name], value)}"


def neither(now: Files, before: Files, cold: Built) -> Iterator[str]:
    """The files that an interrupted build left neither as they were nor as they must become."""
    for path, content in sorted(now.items()):
        if not _is_rest(path) and content not in (before.get(path), cold.files.get(path)):
            yield f"{path}: is neither old nor new after a build that was interrupted"
    for path in sorted(before.keys() - now.keys()):
        if not _is_rest(path) and path in expected(before, cold):
            yield f"{path}: is gone after a build that was interrupted"


def _first(got: Any, wanted: Any) -> str:
    if isinstance(got, list) and isinstance(wanted, list):
        for one, other in zip(got, wanted, strict=False):
            if one != other:
                return f"{one} must be {other}"
        return f"{len(got)} entries must be {len(wanted)}"
    return f"{got} must be {wanted}"
