"""What all sections of one audience share: templates, styles, assets, settings and tools.

    stock = stock_of(view, bundle, world.record.reads, tool)

It is computed and kept once for each audience. Of `template.toml` and the string files, what they say counts and not
how they are written.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from briefpack.builder.ledger import Ingredient, Sort, Stock, short_digest
from briefpack.pack.load import PACK_FILE
from briefpack.products.view import View
from briefpack.templating.bundle import BASE, CONTENT, Bundle, Layer
from briefpack.templating.sections import KINDS
from briefpack.templating.styles import CONCERNS, EXTRA

SHIPPED = "the shipped "
"""Stands before the path of a file of the house style that the pack has no copy of."""


def stock_of(view: View, bundle: Bundle, reads: Container[str], tool: Mapping[str, str]) -> Stock:
    """Return the stock of `view`'s audience; `reads` are the files that were read in the pack itself."""
    shelf = _Shelf(bundle, reads)
    standing = {name: shelf.paths(name) for name in sorted({name for layer in bundle.layers for name in layer.files})}
    nearest = [name for name in standing if not name.endswith((".html", ".toml", ".css"))]
    templates = {kind: shelf.used_by(kind) for kind in KINDS}
    return Stock(
        files={
            shelf.path(layer, n): short_digest(c) for layer in bundle.layers for n, c in sorted(layer.files.items())
        },
        standing=standing,
        templates=templates,
        worded={kind: shelf.worded(paths) for kind, paths in templates.items()},
        styles=(
            *(standing[name][0] for name in (f"{concern}.css" for concern in CONCERNS) if name in standing),
            *standing.get(EXTRA, ()),
        ),
        assets=tuple(standing[name][0] for name in nearest),
        printed=tuple(_head(view)),
        texts=tuple(shelf.strings(view.audience.language)),
        styling=tuple(shelf.styling(view)),
        fitting=tuple(_fitting(view)),
        choosing=tuple(_choosing(view)),
        tool=dict(sorted(tool.items())),
    )


_REFERS = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+(.*?)-?%}", re.DOTALL)
_LITERAL = re.compile(r"""["']([^"']+)["']""")
_COMPUTED = re.compile(r"[~(.%+]|\b(?!(?:ignore|missing|with|without|context)\b)[a-z_]\w*")


@dataclass(frozen=True, slots=True)
class _Shelf:
    bundle: Bundle
    reads: Container[str]

    def path(self, layer: Layer, name: str) -> str:
        """The file as the user knows it; base files that are not in the pack are the shipped ones."""
        if layer.name == CONTENT:
            return f"content/{name}"
        path = f"templates/{layer.name}/{name}"
        return f"{SHIPPED}{path}" if layer.name == BASE and path not in self.reads else path

    def paths(self, name: str) -> tuple[str, ...]:
        return tuple(self.path(layer, name) for layer in self.bundle.layers if name in layer.files)

    def used_by(self, kind: str) -> tuple[str, ...]:
        """The templates that a kind of section extends, imports or includes, directly or not."""
        found: dict[str, None] = {}
        pending = [f"{kind}.html"]
        while pending:
            layer, name = self._find(pending.pop())
            if layer is None or (path := self.path(layer, name)) in found:
                continue
            found[path] = None
            source = layer.files[name].decode(errors="replace")
            for written in _REFERS.findall(source):
                named = re.split(r"\s(?:import|as)\s", written)[0]
                is_computed = _COMPUTED.search(_LITERAL.sub("", named))
                pending += self._all() if is_computed else _LITERAL.findall(named)  # what is computed can be any
        return tuple(sorted(found))

    def worded(self, paths: Container[str]) -> tuple[str, ...]:
        """The keys of texts that stand in templates as they are; `source` stands for `source.one` and the like."""
        sources = [c for layer in self.bundle.layers for n, c in layer.files.items() if self.path(layer, n) in paths]
        literals = {literal for source in sources for literal in _LITERAL.findall(source.decode(errors="replace"))}
        keys = {key for table in self.bundle.strings.values() for key in table}
        return tuple(sorted(key for key in keys if key in literals or key.partition(".")[0] in literals))

    def _find(self, template: str) -> tuple[Layer | None, str]:
        """As the loader of templates does: `base/brief.html` names a layer."""
        head, _, rest = template.partition("/")
        for layer in self.bundle.layers:
            name = rest if rest and head == layer.name else template
            if name in layer.files:
                return layer, name
        return None, template

    def _all(self) -> list[str]:
        return sorted({name for layer in self.bundle.layers for name in layer.files if name.endswith(".html")})

    def strings(self, language: str) -> Iterator[Ingredient]:
        """The texts that pages in `language` may use, with the file that has the last word on each."""
        for tag in dict.fromkeys(("en", language.split("-", maxsplit=1)[0], language)):
            for key, text in sorted(self.bundle.strings.get(tag, {}).items()):
                layer = next((each for each in self.bundle.layers if self._says(each, tag, key, text)), None)
                if layer is None:
                    continue
                is_setting = layer.settings.strings.get(tag, {}).get(key) == text
                file = self.path(layer, "template.toml" if is_setting else f"strings/{tag}.toml")
                yield Ingredient(Sort.SETTING, f"[strings.{tag}] {key}", short_digest(text), file)

    def _says(self, layer: Layer, tag: str, key: str, text: str) -> bool:
        if key in layer.settings.strings.get(tag, {}):
            return layer.settings.strings[tag][key] == text
        written = layer.files.get(f"strings/{tag}.toml", b"").decode(errors="replace")
        return re.search(rf'(?m)^\s*["\']?{re.escape(key)}["\']?\s*=', written) is not None

    def styling(self, view: View) -> Iterator[Ingredient]:
        audience = view.audience
        yield _setting(f"[audiences.{audience.id}] templates", audience.templates)
        for token, value in sorted(self.bundle.tokens.items()):
            layer = next(each for each in self.bundle.layers if token in each.settings.tokens)
            file, line = self.path(layer, "template.toml"), layer.settings.lines.get(token, 0)
            yield Ingredient(Sort.SETTING, f"[tokens] {token}", short_digest(value), file, line)
        faces = [f"{face.family} {face.weight} {face.style} {face.file}" for face in self.bundle.fonts]
        for name, said in (("paper", self.bundle.paper), ("logo", self.bundle.logo), ("[[fonts]]", "\n".join(faces))):
            key = name.strip("[]")
            owner = next((each for each in self.bundle.layers if getattr(each.settings, key)), self.bundle.layers[-1])
            yield Ingredient(Sort.SETTING, name, short_digest(said), self.path(owner, "template.toml"))


def _setting(name: str, value: object, line: int = 0) -> Ingredient:
    return Ingredient(Sort.SETTING, name, short_digest(value), PACK_FILE, line)


def _head(view: View) -> Iterator[Ingredient]:
    """What every product carries."""
    pack, audience, head = view.verified.pack, view.audience, view.head()
    own = f"[audiences.{audience.id}]"
    origins = audience.origins or {}
    yield _setting(f"{own} title", head.audience_title, origins["title"].line if "title" in origins else 0)
    yield _setting(f"{own if 'language' in origins else '[pack]'} language", head.language)
    yield _setting(f"{own} marking", head.marking, origins["marking"].line if "marking" in origins else 0)
    for key in ("title", "subtitle", "organisation", "contact", "disclaimer"):
        yield _setting(f"[pack] {key}", getattr(pack, key))
    newest = " (of the newest source)" if pack.date == "newest-source" else ""
    yield _setting(f"[edition] date{newest}", head.date)


def _fitting(view: View) -> Iterator[Ingredient]:
    pack, audience = view.verified.pack, view.audience
    for key in ("min_size", "max_size", "min_spacing", "quotations"):
        common, value = getattr(pack.brief, key), getattr(audience.brief, key)
        table = "[brief]" if value == common else f"[audiences.{audience.id}.brief]"
        yield _setting(f"{table} {key.replace('_', '-')}", value)
    yield _setting(f"[audiences.{audience.id}] optional", audience.optional)


def _choosing(view: View) -> Iterator[Ingredient]:
    pack, audience = view.verified.pack, view.audience
    origins = audience.origins or {}
    for key in ("sources", "include", "exclude", "flag", "products", "parts", "annex", "attach"):
        line = origins[key].line if key in origins else 0
        yield _setting(f"[audiences.{audience.id}] {key}", getattr(audience, key), line)
    for label, access in sorted((pack.labels or {}).items()):
        yield _setting(f"[labels] {label}", access)
    for id_, measure in sorted((pack.measures or {}).items()):
        yield _setting(f"[measures.{id_}] name", measure.name)
        yield _setting(f"[measures.{id_}] unit", measure.unit)
    for id_, place in sorted((pack.places or {}).items()):
        yield _setting(f"[places.{id_}] name", place)
    parts = [(part.title, part.sources, part.comparisons) for part in pack.parts]
    yield _setting("[[parts]]", parts)
    yield _setting("[pack] language", pack.language)
