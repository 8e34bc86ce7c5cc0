"""From a file's characters to its blocks: one reader for each media type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from briefpack.sources.model import Block
from briefpack.sources.readers.html import read_html
from briefpack.sources.readers.markdown import read_markdown
from briefpack.sources.readers.plain import read_plain

Reader = Callable[[str], tuple[Block, ...]]
"""Takes the characters of a file and returns its blocks in reading order; never fails, whatever the characters are."""

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "text/plain": read_plain,
        "text/markdown": read_markdown,
        "text/html": read_html,
        "application/xhtml+xml": read_html,
    }
)

MEDIA_BY_SUFFIX: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "text/plain",
        ".text": "text/plain",
        ".md": "text/markdown",
        ".markdown": "text/markdown",
        ".html": "text/html",
        ".htm": "text/html",
        ".xhtml": "application/xhtml+xml",
    }
)


def media_of(path: str) -> str:
    """Return the media type that a file's name stands for, or an empty text."""
    return MEDIA_BY_SUFFIX.get(PurePosixPath(path).suffix.lower(), "")


__all__ = ["MEDIA_BY_SUFFIX", "READERS", "Reader", "media_of"]
