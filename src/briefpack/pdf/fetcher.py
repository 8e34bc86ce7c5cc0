"""What WeasyPrint may load: the files of the bundle, by name, and nothing else in the world."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from briefpack.diagnostics import Code, Diagnostic, Location

if TYPE_CHECKING:
    from collections.abc import Callable

BASE_URL = "https://bundle.invalid/"
"""Where relative names in templates and style sheets lead; nothing is ever fetched from there (RFC 2606)."""

_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "ttf": "font/ttf",
    "otf": "font/otf",
}


def asset_fetcher(assets: Mapping[str, bytes], file: str) -> Any:
    """Return a `URLFetcher` that serves `assets` by path and refuses all else.

    Its `problems` lists an `asset-missing` or `asset-forbidden` for each refusal, placed at `file`. It never opens a
    file or a connection, so there is no path to climb out of and no redirect to follow.
    """
    return _fetcher_class()(assets, file)


def _fetcher_class() -> Callable[[Mapping[str, bytes], str], Any]:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - WeasyPrint is imported late

    class AssetFetcher(URLFetcher):  # type: ignore[misc]
        """Serves declared assets only."""

        def __init__(self, assets: Mapping[str, bytes], file: str) -> None:
            super().__init__(allowed_protocols=("https",), allow_redirects=False)
            self.assets = assets
            self.file = file
            self.problems: list[Diagnostic] = []

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            """Return the asset that `url` names, or record a problem and refuse."""
            del headers
            name = unquote(url.removeprefix(BASE_URL)) if url.startswith(BASE_URL) else ""
            content = self.assets.get(name)
            if content is None:
                self.problems.append(_refusal(url, name, self.assets, self.file))
                raise ValueError(f"refused: {url[:200]}")
            kind = _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return AssetFetcher


def _refusal(url: str, name: str, assets: Mapping[str, bytes], file: str) -> Diagnostic:
    if name:
        near = difflib.get_close_matches(name, sorted(assets), 1, 0.5)
        hint = f"did you mean {near[0]!r}" if near else "put the file into the bundle's folder"
        return Diagnostic(Code.ASSET_MISSING, f"no file {name!r} in the bundle", Location(file), hint)
    shown = url if len(url) <= 80 else url[:77] + "..."
    return Diagnostic(
        Code.ASSET_FORBIDDEN,
        f"{shown!r} lies outside the bundle",
        Location(file),
        "put the file into the bundle and name it from there",
    )
