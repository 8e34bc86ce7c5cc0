"""Mistakes in templates, found without printing anything: blocks, fields, names, texts and tokens that there are not.

    check_templates(bundle) -> tuple[Diagnostic, …]

The types of the products say which fields there are; where a type is not known (in macros, say) nothing is said, and
what is wrong is found when the template runs.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import TemplateError, nodes

from briefpack.diagnostics import Code, Diagnostic
from briefpack.products.model import Head
from briefpack.products.pages import RenderOptions
from briefpack.templating.bundle import BASE, Bundle, Layer
from briefpack.templating.environment import Sandbox
from briefpack.templating.expressions import Expressions, meant, mistake
from briefpack.templating.problems import available, diagnose, placed

_BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
_MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_CLOSE = 0.8


def check_templates(bundle: Bundle, given: Mapping[str, type], functions: frozenset[str]) -> tuple[Diagnostic, ...]:
    """Return what is wrong in the templates that the pack itself brings, file by file.

    `given` maps the name of a template to the type of its data, `functions` are the names that all templates may call.
    """
    checker = _Checker(bundle, given, functions)
    found = [
        problem
        for layer in bundle.layers
        for name in sorted(layer.files)
        if name.endswith(".html") and (layer.name != BASE or name in layer.own)
        for problem in checker.check(layer, name)
    ]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class _Checker:
    bundle: Bundle
    given: Mapping[str, type]
    functions: frozenset[str]

    @cached_property
    def sandbox(self) -> Sandbox:
        return Sandbox(self.bundle)

    @cached_property
    def texts(self) -> frozenset[str]:
        """The keys of all texts, with and without their plural."""
        found = {key for table in self.bundle.strings.values() for key in table}
        return frozenset(found | {re.sub(r"\.(one|other|few|many|two|zero)$", "", key) for key in found})

    def check(self, layer: Layer, name: str) -> Iterator[Diagnostic]:
        """Yield what is wrong in one file."""
        path = f"templates/{layer.name}/{name}"
        try:
            source = layer.files[name].decode()
            self.sandbox.compile(source, name, path, raw=True)
            tree = self.sandbox._parse(source, name, path)
        except UnicodeDecodeError:
            return
        except TemplateError as error:
            if found := diagnose(error, self.bundle, ""):
                yield found
            return
        yield from self._blocks(tree, layer, name, path)
        yield from self._undeclared(tree, name, path)
        yield from Expressions(self, path, name).run(tree)

    # Blocks

    def _blocks(self, tree: nodes.Template, layer: Layer, name: str, path: str) -> Iterator[Diagnostic]:
        extends = next(tree.find_all(nodes.Extends), None)
        if extends is None or not isinstance(extends.template, nodes.Const):
            return
        parent = str(extends.template.value)
        found = self._resolved(parent)
        if found is None:
            known = [each for one in self.bundle.layers for each in (f"{one.name}/{name}",) if name in one.files]
            yield mistake(
                Code.TEMPLATE_MISSING, f"no template {parent!r}", placed(path, extends.lineno, parent, self.bundle),
                meant(parent, known, "extend base/" + name),
            )  # fmt: skip
            return
        if found == (layer, name):
            hint = f'write {{% extends "{self._below(layer)}/{name}" %}}'
            where = placed(path, extends.lineno, parent, self.bundle)
            yield mistake(Code.TEMPLATE_MISSING, f"the template {parent!r} extends itself", where, hint)
            return
        known = sorted(self._inherited(*found))
        tops = {id(node) for node in tree.body if isinstance(node, nodes.Block)}
        own = {node.name for node in tree.find_all(nodes.Block)}
        for node in tree.find_all(nodes.Block):
            near = difflib.get_close_matches(node.name, [each for each in known if each not in own], 1, _CLOSE)
            # A new block inside one that is there is printed; by its name it may yet be meant for another.
            if node.name not in known and (id(node) in tops or near):
                yield mistake(
                    Code.BLOCK_UNKNOWN,
                    f"no block `{node.name}` in {parent}",
                    placed(path, node.lineno, node.name, self.bundle),
                    meant(node.name, known, "use one of the blocks that are there"),
                    (f"there are: {', '.join(known)}",),
                )

    def _below(self, layer: Layer) -> str:
        """The name of the layer that `layer` extends."""
        at = self.bundle.layers.index(layer)
        return self.bundle.layers[min(at + 1, len(self.bundle.layers) - 1)].name

    def _resolved(self, template: str) -> tuple[Layer, str] | None:
        """The file that a template's name stands for, as the loader finds it."""
        head, _, rest = template.partition("/")
        for layer in self.bundle.layers:
            name = rest if rest and head == layer.name else template
            if name in layer.files and name.endswith(".html"):
                return layer, name
        return None

    def _inherited(self, layer: Layer, name: str) -> set[str]:
        """The names of all blocks of a template and of those that it extends in turn."""
        found: set[str] = set()
        seen: set[tuple[str, str]] = set()
        at: tuple[Layer, str] | None = (layer, name)
        while at is not None and (at[0].name, at[1]) not in seen:
            seen.add((at[0].name, at[1]))
            text = _code(*at)
            found |= set(_BLOCK.findall(text))
            parent = re.search(r"\{%-?\s*extends\s+[\"']([^\"']+)", text)
            at = self._resolved(parent[1]) if parent else None
        return found

    def macros(self, template: str) -> list[str] | None:
        """The names of a template's macros, None where there is no such template."""
        found = self._resolved(template)
        return _MACRO.findall(_code(*found)) if found else None

    # Names

    def known_names(self, template: str) -> dict[str, Any]:
        """The names that a template may use, with their types as far as these are known."""
        kind = template.removesuffix(".html")
        given = {kind: self.given[kind]} if kind in self.given else dict(self.given)
        return {
            **dict.fromkeys(self.functions),
            **given,
            "head": Head,
            "options": RenderOptions,
            "page": str,
            "logo": str,
        }

    def _undeclared(self, tree: nodes.Template, name: str, path: str) -> Iterator[Diagnostic]:
        known = {*self.known_names(name), *_declared(tree)}
        for node in tree.find_all(nodes.Name):
            if node.ctx == "load" and node.name not in known:
                yield mistake(
                    Code.TEMPLATE_FIELD,
                    f"no value or function `{node.name}`",
                    placed(path, node.lineno, node.name, self.bundle),
                    meant(node.name, sorted(known), "use a name that is there"),
                    available(known - _OF_JINJA),
                )


_OF_JINJA = frozenset(("super", "self", "loop", "caller", "varargs", "kwargs"))


def _code(layer: Layer, name: str) -> str:
    """A template without its comments."""
    return _COMMENT.sub("", layer.files[name].decode(errors="replace"))


def _declared(tree: nodes.Template) -> set[str]:
    """The names to which a template gives values itself, wherever it does."""
    found = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    found |= {node.name for node in tree.find_all(nodes.Macro)} | {node.target for node in tree.find_all(nodes.Import)}
    for node in tree.find_all(nodes.FromImport):
        found |= {name if isinstance(name, str) else name[1] for name in node.names}
    return found | _OF_JINJA
