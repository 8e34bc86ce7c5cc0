"""The style sheets of a bundle: one concern after the other, base first, so that a nearer layer has the last word."""

from __future__ import annotations

import re

from briefpack.products.pages import Sheet, Styles
from briefpack.templating.bundle import Bundle
from briefpack.templating.settings import Face
from briefpack.world import digest

CONCERNS = ("tokens", "page", "type", "components")
"""The style sheets of base, in their order; fonts come before them and are generated from `template.toml`."""

EXTRA = "style.css"
"""What a bundle adds to what it extends."""

_TOKEN = re.compile(r"--(?P<name>[\w-]+)\s*:\s*(?P<value>[^;{}]+);")
_NOT_ASSETS = (".html", ".toml", ".css")


def styles_of(bundle: Bundle) -> Styles:
    """Return the style sheets and the assets of `bundle`; a file of a nearer layer replaces one of the same name."""
    assets: dict[str, bytes] = {}
    for layer in reversed(bundle.layers):
        assets.update({path: content for path, content in layer.files.items() if not path.endswith(_NOT_ASSETS)})
    settings = f"templates/{bundle.name}/template.toml"
    sheets = [Sheet(settings, "\n".join(_face(face) for face in bundle.fonts))]
    for name in CONCERNS:
        if found := bundle.find(f"{name}.css"):
            layer, content = found
            sheets.append(Sheet(f"templates/{layer.name}/{name}.css", content.decode(errors="replace")))
    sheets.append(Sheet(settings, _paper(bundle.paper)))
    sheets += [
        Sheet(f"templates/{layer.name}/{EXTRA}", layer.files[EXTRA].decode(errors="replace"))
        for layer in reversed(bundle.layers)
        if EXTRA in layer.files
    ]
    tokens = " ".join(f"--{name}: {value};" for name, value in sorted(bundle.tokens.items()))
    sheets.append(Sheet(settings, f":root {{ {tokens} }}"))
    fonts = tuple(face.file for face in bundle.fonts)
    # Not the bundle's digest: a template, or how `template.toml` is written, sets no page otherwise.
    said = [f"{sheet.file}\0{sheet.css}" for sheet in sheets]
    said += [f"{path}\0{digest(content)}" for path, content in sorted(assets.items())]
    return Styles(tuple(sheets), assets, fonts, digest("\0".join((*said, *fonts)).encode()))


def tokens_of(bundle: Bundle) -> dict[str, str]:
    """Return the value of every token, as the nearest layer sets it: for marks that style sheets do not reach."""
    found: dict[str, str] = {}
    for layer in reversed(bundle.layers):
        for name in ("tokens.css", EXTRA):
            css = layer.files.get(name, b"").decode(errors="replace")
            found |= {match["name"]: match["value"].strip() for match in _TOKEN.finditer(css)}
    return found | dict(bundle.tokens)


def _face(face: Face) -> str:
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'src: url("{face.file}"); }}'
    )


def _paper(paper: str) -> str:
    wide = ["landscape", "single-landscape"]
    upright = ["portrait", "single", "cover"]
    rules = [f"@page {{ size: {paper}; }}"]
    rules += [f"@page {name} {{ size: {paper}; }}" for name in upright]
    rules += [f"@page {name} {{ size: {paper} landscape; }}" for name in wide]
    return "\n".join(rules)
