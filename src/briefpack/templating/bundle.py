"""A bundle: the templates, styles, strings and fonts that one audience is set in, with everything it inherits.

`load_bundle` reads the whole chain `bundle -> ... -> base` at once, so a `Bundle` is plain data and the files it came
from are all recorded by the two `World`s. Within the last layer a pack's own `templates/base/FILE` wins over the
shipped one.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from briefpack.diagnostics import BriefpackError, Checked, Code, Diagnostic, Findings, Location
from briefpack.shipped import shipped_pack
from briefpack.templating.settings import BundleSettings, Face, parse_settings
from briefpack.world import World, digest, files_below

BASE = "base"
CONTENT = ":content"
"""The layer of the pack's own logo; no folder of `templates/` can have this name."""

_IMAGES = (".svg", ".png", ".jpg", ".jpeg")
_FOLDERS = ("", "fonts", "strings", "images")
_SUFFIXES = (".html", ".css", ".toml", ".ttf", ".otf", ".svg", ".png", ".jpg", ".jpeg")


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder of `templates/`: file contents by path inside it, and its settings."""

    name: str
    files: Mapping[str, bytes]
    settings: BundleSettings
    own: frozenset[str] = frozenset()
    """The files that lie in the pack itself, and not in the program."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a page is set with. `layers` begins with the bundle's own folder and ends with base.

    `tokens` and `strings` are merged, nearest layer first; `strings` maps a language to texts by key. `fonts` are those
    of all layers, base first. `digest` is over all files: equal bundles set equal pages.
    """

    name: str
    layers: tuple[Layer, ...]
    paper: str = "A4"
    logo: str = ""
    tokens: Mapping[str, str] = field(default_factory=dict)
    strings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fonts: tuple[Face, ...] = ()
    digest: str = ""

    @property
    def house_texts(self) -> tuple[str, ...]:
        """The texts of the house style, in all languages: what a page may say whatever it is about."""
        tables = _string_files(self.layers[-1], Findings())
        return tuple(text for _, table in tables for text in table.values())

    def find(self, name: str) -> tuple[Layer, bytes] | None:
        """Return the nearest layer that has the file `name`, and its content."""
        return next(((layer, layer.files[name]) for layer in self.layers if name in layer.files), None)


def shipped_templates() -> World:
    """Return a `World` rooted in the folder of the templates that come with the program."""
    return World(shipped_pack() / "templates")


def load_bundle(world: World, name: str, shipped: World | None = None) -> Checked[Bundle | None]:
    """Load the bundle `templates/<name>` of the pack behind `world`, with all it extends, down to the shipped base.

    Every problem is reported; the value is None where a layer is missing, the chain is circular or a setting is wrong.
    """
    shipped = shipped or shipped_templates()
    findings = Findings()
    layers: list[Layer] = []
    pending: str | None = name
    while pending is not None:
        if any(layer.name == pending for layer in layers):
            chain = " -> ".join([*(layer.name for layer in layers), pending])
            findings.report(
                Code.VALUE_INVALID,
                f"the bundles extend each other in a circle: {chain}",
                Location(f"templates/{layers[-1].name}/template.toml"),
                hint="let one of them extend base",
            )
            return Checked(None, tuple(findings.items))
        layer = _load_layer(world, shipped, pending, findings)
        if layer is None:
            return Checked(None, tuple(findings.items))
        layers.append(layer)
        pending = None if layer.name == BASE else (layer.settings.extends or BASE)
    bundle = _merge(name, tuple(layers), findings)
    failed = any(item.is_error for item in findings.items)
    return Checked(None if failed else bundle, tuple(findings.items))


def with_logo(bundle: Bundle, world: World, logo: str) -> Checked[Bundle | None]:
    """Return `bundle` with the pack's own logo, an image below `content/`, where the bundle has none itself.

    It is a layer below all others. The value is None where the image is missing or no image, with the reason.
    """
    if not logo or bundle.logo:
        return Checked(bundle)
    where = Location("content/pack.toml")
    if not logo.endswith(_IMAGES):
        hint = f"name a file that ends in {', '.join(_IMAGES)}"
        return Checked(None, (Diagnostic(Code.VALUE_INVALID, f"the logo {logo!r} is no image", where, hint=hint),))
    try:
        content = world.read(f"content/{logo}")
    except BriefpackError:
        hint = "put the image there, or correct `logo` under [pack]"
        return Checked(None, (Diagnostic(Code.ASSET_MISSING, f"no file content/{logo}", where, hint=hint),))
    layers = (*bundle.layers, Layer(CONTENT, {logo: content}, BundleSettings()))
    return Checked(replace(bundle, layers=layers, logo=logo, digest=_digest(bundle.name, layers)))


def _load_layer(world: World, shipped: World, name: str, findings: Findings) -> Layer | None:
    files: dict[str, bytes] = {}
    if name == BASE:
        files.update(_read_folder(shipped, BASE, findings))
    own = _read_folder(world, f"templates/{name}", findings)
    files.update(own)
    if not files:
        known = sorted({path.split("/")[1] for path in _bundles(world)} | {BASE})
        near = difflib.get_close_matches(name, known, 1, 0.5)
        findings.report(
            Code.TEMPLATE_MISSING,
            f"no bundle {name!r} in templates/",
            Location(f"templates/{name}"),
            hint=f"did you mean {near[0]!r}" if near else f"make the folder or use one of {', '.join(known)}",
        )
        return None
    path = f"templates/{name}/template.toml"
    checked = parse_settings(files.get("template.toml", b""), path)
    findings.extend(checked.diagnostics)
    return Layer(name, files, checked.value, frozenset(own))


def _bundles(world: World) -> list[str]:
    """The paths of all `template.toml` files, for a hint only."""
    found = files_below(world.resolve("templates"))
    return [f"templates/{path.parent.name}/template.toml" for path in found if path.name == "template.toml"]


def _read_folder(world: World, folder: str, findings: Findings) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for inner in _FOLDERS:
        try:
            paths = world.listing(f"{folder}/{inner}" if inner else folder)
        except BriefpackError as error:
            findings.extend(error.diagnostics)
            continue
        for path in paths:
            if not path.endswith(_SUFFIXES):
                continue
            try:
                files[path.removeprefix(f"{folder}/")] = world.read(path)
            except BriefpackError as error:
                findings.extend(error.diagnostics)
    return files


def _merge(name: str, layers: tuple[Layer, ...], findings: Findings) -> Bundle:
    tokens: dict[str, str] = {}
    strings: dict[str, dict[str, str]] = {}
    fonts: list[Face] = []
    for layer in reversed(layers):
        tokens.update(layer.settings.tokens)
        fonts.extend(layer.settings.fonts)
        for language, texts in (*_string_files(layer, findings), *layer.settings.strings.items()):
            strings.setdefault(language, {}).update(texts)
    bundle = Bundle(
        name=name,
        layers=layers,
        paper=next((layer.settings.paper for layer in layers if layer.settings.paper), "A4"),
        logo=next((layer.settings.logo for layer in layers if layer.settings.logo), ""),
        tokens=tokens,
        strings=strings,
        fonts=tuple(fonts),
        digest=_digest(name, layers),
    )
    _check_tokens(bundle, findings)
    _check_strings(bundle, findings)
    _check_assets(bundle, findings)
    return bundle


def _digest(name: str, layers: tuple[Layer, ...]) -> str:
    parts = [name]
    for layer in layers:
        parts += [layer.name, *(f"{path}\0{digest(content)}" for path, content in sorted(layer.files.items()))]
    return digest("\n".join(parts).encode())


def _string_files(layer: Layer, findings: Findings) -> list[tuple[str, dict[str, str]]]:
    """The tables of `strings/<language>.toml`, which are written like [strings.<language>] in template.toml."""
    tables = []
    for path, content in sorted(layer.files.items()):
        if path.startswith("strings/") and path.endswith(".toml"):
            try:
                table = tomllib.loads(content.decode())
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                where = Location(f"templates/{layer.name}/{path}")
                findings.report(Code.TOML_INVALID, str(error).lower().rstrip("."), where, "correct the TOML")
                continue
            tables.append((path[8:-5], {key: str(text) for key, text in table.items()}))
    return tables


def _check_tokens(bundle: Bundle, findings: Findings) -> None:
    """Refuse tokens that no style sheet uses: a misspelt token would change nothing and say nothing."""
    css = "\n".join(content.decode(errors="replace") for layer in bundle.layers for content in _styles(layer))
    known = sorted(set(re.findall(r"var\(\s*--([\w-]+)", css)) | set(re.findall(r"--([\w-]+)\s*:", css)))
    for layer in bundle.layers:
        for name in layer.settings.tokens:
            if name not in known:
                near = difflib.get_close_matches(name, known, 1, 0.5)
                findings.report(
                    Code.KEY_UNKNOWN,
                    f"unknown token `{name}`",
                    Location(f"templates/{layer.name}/template.toml", layer.settings.lines.get(name, 0)),
                    hint=f"did you mean `{near[0]}`" if near else "use a custom property of templates/base/tokens.css",
                )


def _styles(layer: Layer) -> list[bytes]:
    return [content for path, content in sorted(layer.files.items()) if path.endswith(".css")]


def _check_strings(bundle: Bundle, findings: Findings) -> None:
    """Refuse texts under keys that base does not have."""
    known = {
        key for path, content in bundle.layers[-1].files.items() if path == "strings/en.toml" for key in _keys(content)
    }
    for layer in bundle.layers:
        for texts in layer.settings.strings.values():
            for key in texts:
                if known and key not in known:
                    near = difflib.get_close_matches(key, sorted(known), 1, 0.5)
                    findings.report(
                        Code.KEY_UNKNOWN,
                        f"unknown string `{key}`",
                        Location(f"templates/{layer.name}/template.toml"),
                        hint=f"did you mean `{near[0]}`" if near else "use a key of templates/base/strings/en.toml",
                    )


def _keys(content: bytes) -> list[str]:
    try:
        return list(tomllib.loads(content.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return []


def _check_assets(bundle: Bundle, findings: Findings) -> None:
    """Report fonts and a logo that are named and not there."""
    for layer in bundle.layers:
        named = [face.file for face in layer.settings.fonts] + [path for path in (layer.settings.logo,) if path]
        for path in named:
            if path not in layer.files:
                findings.report(
                    Code.ASSET_MISSING,
                    f"no file {path!r} in templates/{layer.name}",
                    Location(f"templates/{layer.name}/template.toml"),
                    hint="add the file or correct its name",
                )
