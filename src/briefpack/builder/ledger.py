"""The ledger: what each file of the last build was made of, so that the next one can tell what changed and say so.

    ledger = Ledger(stocks, products)        while planning, without typesetting
    ledger = settle(old, ledger, made)       when files were made
    save_ledger(world, ledger)               for the next build
    load_ledger(world)                       what cannot be read counts as absent

Whether a section is made again depends on its key alone; the rest is there to say why.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from briefpack.diagnostics import BriefpackError
from briefpack.products.pages import RenderOptions
from briefpack.world import Digest, World, digest, write_atomically

LEDGER = "build/store/ledger"
"""Where it is kept: like all of the store it can be deleted, and then everything was never built."""

FORMAT = 1
"""Goes up whenever a ledger's bytes change their meaning."""


class Sort(StrEnum):
    """What an ingredient is: something written, a passage of an original, a setting, or a file that is attached."""

    VALUE = "value"
    PASSAGE = "passage"
    SETTING = "setting"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One thing that is printed or decides how: two of one sort, name and file are the same thing at two times.

    `file` is empty where the value follows from several files (which places cite a passage).
    """

    sort: Sort
    name: str
    digest: str
    file: str = ""
    line: int = 0


def short_digest(*parts: object) -> str:
    """Eight hexadecimal digits over `parts`: enough to tell two states of one value apart."""
    found = hashlib.blake2b(digest_size=4)
    for part in parts:
        text = part if isinstance(part, str | bytes) else repr(part)
        found.update(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
        found.update(b"\0")
    return found.hexdigest()


def packed(ingredients: Iterable[Ingredient]) -> str:
    """Return ingredients as one text, for a build that has nothing to do reads thousands of lists and needs none."""
    lines: list[str] = []
    file = None
    for item in ingredients:
        if item.file != file:
            file = item.file
            lines.append(f"={file}")
        lines.append(f"{item.sort}\t{' '.join(item.name.split())}\t{item.digest}\t{item.line}")
    return "\n".join(lines)


def unpacked(text: str) -> tuple[Ingredient, ...]:
    """Return the ingredients that were `packed`."""
    found: list[Ingredient] = []
    file = ""
    for line in text.splitlines():
        if line.startswith("="):
            file = line[1:]
            continue
        sort, name, digest, number = line.split("\t")
        found.append(Ingredient(Sort(sort), name, digest, file, int(number)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Stock:
    """What an audience's sections are made with.

    `files` maps the path of every file of the bundle to its digest, `standing` the name of each to the paths it has in
    the layers, nearest first. `templates` are the paths that a kind of section can use, `worded` the keys of texts that
    stand in them. Of the settings, `printed` stand on pages, `texts` are the words of the templates, `styling` decide
    how pages look, `fitting` how a brief is fitted, `choosing` only what is printed at all: where they change that, it
    shows among a section's own ingredients, too. `tool` maps the parts of the toolchain to their versions.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    standing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    templates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    worded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    styles: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    printed: tuple[Ingredient, ...] = ()
    texts: tuple[Ingredient, ...] = ()
    styling: tuple[Ingredient, ...] = ()
    fitting: tuple[Ingredient, ...] = ()
    choosing: tuple[Ingredient, ...] = ()
    tool: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Stands for the whole of it in products."""
        return short_digest(json.dumps(asdict(self), sort_keys=True))


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """One section: its anchor, by which it is found again, its name for readers, and its kind (of template).

    `key` is that of its job, empty as long as it is not known (a late section, a brief not yet fitted). `ingredients`
    are `packed`. `html` is the short digest of its HTML, empty where not known; `pages` how many it has, 0 where not
    known; `options` how a brief was fitted.
    """

    anchor: str
    name: str
    kind: str
    key: Digest = ""
    ingredients: str = field(default="", repr=False)
    html: str = ""
    pages: int = 0
    options: RenderOptions | None = None


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """One product: where its file stands and with which digest, of what it is joined, and what stops it.

    `stock` is the digest of what its audience's sections are made with. `inputs` are the files that its content comes
    from, with their digests. `binding` is what joining adds, packed:
    titles of parts, attachments. `blocked` are the codes of
    the problems that stop it; then it has no sections.
    """

    name: str
    path: str
    stock: str
    sections: tuple[SectionEntry, ...] = ()
    inputs: Mapping[str, Digest] = field(default_factory=dict)
    binding: str = ""
    digest: Digest = ""
    blocked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All products by name, and the stocks they name by digest.

    `files` are all that were read while planning, to tell a file that is gone from one that is no longer used; they are
    not kept.
    """

    stocks: Mapping[str, Stock] = field(default_factory=dict)
    products: Mapping[str, ProductEntry] = field(default_factory=dict)
    files: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def to_bytes(self) -> bytes:
        """Return the ledger as compressed JSON; equal ledgers give equal bytes."""
        written = {
            "format": FORMAT,
            "stocks": {key: _stock_out(stock) for key, stock in sorted(self.stocks.items())},
            "products": [_product_out(product) for _, product in sorted(self.products.items())],
        }
        return zlib.compress(json.dumps(written, separators=(",", ":")).encode(), 1)

    @classmethod
    def from_bytes(cls, content: bytes) -> Ledger | None:
        """Return the ledger, or None where the bytes are damaged or of another format."""
        try:
            written = json.loads(zlib.decompress(content))
            if written["format"] != FORMAT:
                return None
            products = [_product_in(item) for item in written["products"]]
            stocks = {key: _stock_in(item) for key, item in written["stocks"].items()}
        except (zlib.error, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
            return None
        return cls(stocks, {product.name: product for product in products})


def settle(old: Ledger | None, planned: Ledger, made: Mapping[str, Digest], *, is_whole: bool) -> Ledger:
    """Return the ledger after a build: what was `made` as planned, with the digest of each file, the rest as it was.

    `made` counts files that were found up to date, too. `is_whole`: all products were planned, so that one that is not
    among them is none any more.
    """
    kept = dict(old.products) if old else {}
    if is_whole:
        kept = {name: product for name, product in kept.items() if name in planned.products}
    kept |= {name: replace(planned.products[name], digest=digest) for name, digest in made.items()}
    stocks = {**(old.stocks if old else {}), **planned.stocks}
    used = {product.stock for product in kept.values()}
    return Ledger({key: stock for key, stock in stocks.items() if key in used}, kept)


def load_ledger(world: World) -> Ledger | None:
    """Return the ledger of the last build, or None; it is no input of the pack and so not among what `world` read."""
    content = _content(world, LEDGER)
    return Ledger.from_bytes(content) if content is not None else None


def save_ledger(world: World, ledger: Ledger) -> None:
    """Put the ledger in its place, whole; raises `OSError` where that cannot be."""
    write_atomically(world.place(LEDGER), ledger.to_bytes())


def outputs_of(world: World, ledger: Ledger) -> dict[str, Digest]:
    """Return the digests of the files that stand where the products of `ledger` have theirs, empty where none does."""
    contents = ((product.name, _content(world, product.path)) for product in ledger.products.values())
    return {name: "" if content is None else digest(content) for name, content in contents}


def _content(world: World, path: str) -> bytes | None:
    try:
        return World(world.root).read(path)
    except BriefpackError:
        return None


_PLAIN = ("files", "standing", "templates", "worded", "styles", "assets", "tool")
_PACKED = ("printed", "texts", "styling", "fitting", "choosing")


def _stock_out(stock: Stock) -> dict[str, Any]:
    plain = {name: getattr(stock, name) for name in _PLAIN}
    return plain | {name: packed(getattr(stock, name)) for name in _PACKED}


def _stock_in(written: dict[str, Any]) -> Stock:
    return Stock(
        files=dict(written["files"]),
        standing={name: tuple(paths) for name, paths in written["standing"].items()},
        templates={kind: tuple(paths) for kind, paths in written["templates"].items()},
        worded={kind: tuple(keys) for kind, keys in written["worded"].items()},
        styles=tuple(written["styles"]),
        assets=tuple(written["assets"]),
        tool=dict(written["tool"]),
        **{name: unpacked(written[name]) for name in _PACKED},
    )


def _product_out(product: ProductEntry) -> dict[str, Any]:
    plain = {name: getattr(product, name) for name in ("name", "path", "stock", "binding", "digest", "blocked")}
    sections = [
        [s.anchor, s.name, s.kind, s.key, s.ingredients, s.html, s.pages, asdict(s.options) if s.options else None]
        for s in product.sections
    ]
    return plain | {"inputs": dict(sorted(product.inputs.items())), "sections": sections}


def _product_in(written: dict[str, Any]) -> ProductEntry:
    return ProductEntry(
        name=written["name"],
        path=written["path"],
        stock=written["stock"],
        sections=tuple(_section_in(*item) for item in written["sections"]),
        inputs=dict(written["inputs"]),
        binding=written["binding"],
        digest=written["digest"],
        blocked=tuple(written["blocked"]),
    )


def _section_in(
    anchor: str, name: str, kind: str, key: str, ingredients: str, html: str, pages: int, options: dict[str, Any] | None
) -> SectionEntry:
    fit = None
    if options is not None:
        values: dict[str, Any] = {k: tuple(value) if isinstance(value, list) else value for k, value in options.items()}
        fit = RenderOptions(**values)
    return SectionEntry(anchor, name, kind, key, ingredients, html, pages, fit)
