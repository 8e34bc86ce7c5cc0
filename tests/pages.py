"""What the tests of the documentation share: pages, their tables and fenced blocks, and running what they say."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefpack.world import World

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BRIEFPACK = Path(sys.executable).with_name("briefpack")


def tables(page: str) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Each table of a page: the heading above it, its header and its rows."""
    heading, table = "", list[list[str]]()
    for line in [*without_fences(page).split("\n"), ""]:
        if line.startswith("#"):
            heading = line.lstrip("#").strip()
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip("|").split("|")])
        elif table:
            yield heading, table[0], table[2:]
            table = []


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: the words after the backticks, its text, and the line it begins on."""

    info: str
    text: str
    line: int

    def attribute(self, name: str) -> str:
        """The value of `name=value` in the info string, or an empty text."""
        return next((word.partition("=")[2] for word in self.info.split() if word.startswith(f"{name}=")), "")


_FENCE = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)


def fences(page: str) -> list[Fence]:
    return [Fence(m[2], m[3], page.count("\n", 0, m.start()) + 1) for m in _FENCE.finditer(page)]


def without_fences(page: str) -> str:
    return _FENCE.sub("", page)


def files_in(page: str) -> dict[str, str]:
    return {path: fence.text for fence in fences(page) if (path := fence.attribute("file"))}


def fragments_in(page: str, target: str) -> list[Fence]:
    return [fence for fence in fences(page) if fence.attribute("in").endswith(target)]


def write_pack(folder: Path, files: dict[str, str]) -> World:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return World(folder)


def with_front_matter(document: str, fragment: str) -> str:
    """Replace the top-level keys that `fragment` has; cards are added to those that are there."""
    _, front, body = document.split("---\n", 2)
    kept, added = _by_key(front), _by_key(fragment)
    if "evidence" in added:
        added["evidence"] = kept["evidence"] + added["evidence"].partition("\n")[2]
    return "---\n" + "".join((kept | added).values()) + "---\n" + body


def _by_key(front: str) -> dict[str, str]:
    blocks = re.split(r"^(?=[\w-]+:)", front, flags=re.MULTILINE)
    return {block.partition(":")[0]: block for block in blocks if block.strip()}


def with_tables(document: str, fragment: str) -> str:
    tables = _by_table(document) | _by_table(fragment)
    return "\n".join(tables.values())


def _by_table(document: str) -> dict[str, str]:
    blocks = re.split(r"^(?=\[)", document, flags=re.MULTILINE)
    return {block.partition("\n")[0]: block for block in blocks if block.strip()}


def said_by(arguments: str, here: Path) -> str:
    return subprocess.run([BRIEFPACK, *arguments.split()], cwd=here, check=False, capture_output=True, text=True).stdout


def run_command(command: str, answer: list[str], code: int, here: Path, where: str) -> None:
    program, *arguments = shlex.split(command)
    assert program == "briefpack", where
    done = subprocess.run([BRIEFPACK, *arguments], cwd=here, check=False, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == code, f"{where}: {command}\n{said}"
    assert answers_agree(answer, done.stdout.splitlines()), f"{where}: {command}\n{said}"


def answers_agree(wanted: list[str], found: list[str]) -> bool:
    """Whether an answer is as printed: `…` stands for any lines, at the end of a line for the rest of it."""
    if not wanted:
        return not found
    first, *rest = wanted
    if first == "…":
        return any(answers_agree(rest, found[skipped:]) for skipped in range(len(found) + 1))
    begins = bool(found) and first.endswith("…") and found[0].startswith(first[:-1])
    return bool(found) and (begins or found[0] == first) and answers_agree(rest, found[1:])


def pdfs_made(pack: Path) -> list[str]:
    files = sorted((pack / "build" / "out").rglob("*.pdf"))
    assert all(file.read_bytes().startswith(b"%PDF-") for file in files)
    return [file.relative_to(pack).as_posix() for file in files]
