"""Mistakes in templates, found without printing anything: blocks, fields, names, texts and tokens that there are not.

    check_templates(bundle) -> tuple[Diagnostic, …]

The types of the products say which fields there are; where a type is not known (in macros, say) nothing is said, and
what is wrong is found when the template runs.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from functools import cached_property
from typing import Any

from jinja2 import TemplateError, nodes

from briefpack.diagnostics import Code, Diagnostic, Location
from briefpack.products.model import Head
from briefpack.products.pages import RenderOptions
from briefpack.templating.bundle import BASE, Bundle, Layer
from briefpack.templating.data_types import hints_of, items_of, parts_of
from briefpack.templating.environment import Sandbox
from briefpack.templating.problems import available, diagnose, placed
from briefpack.templating.styles import tokens_of

_BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
_MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_CLOSE = 0.8
Scope = dict[str, Any]


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
        yield from _Fields(self, path, name).run(tree)

    # Blocks

    def _blocks(self, tree: nodes.Template, layer: Layer, name: str, path: str) -> Iterator[Diagnostic]:
        extends = next(tree.find_all(nodes.Extends), None)
        if extends is None or not isinstance(extends.template, nodes.Const):
            return
        parent = str(extends.template.value)
        found = self._resolved(parent)
        if found is None:
            known = [each for one in self.bundle.layers for each in (f"{one.name}/{name}",) if name in one.files]
            yield _problem(
                Code.TEMPLATE_MISSING, f"no template {parent!r}", placed(path, extends.lineno, parent, self.bundle),
                _meant(parent, known, "extend base/" + name),
            )  # fmt: skip
            return
        if found == (layer, name):
            hint = f'write {{% extends "{self._below(layer)}/{name}" %}}'
            where = placed(path, extends.lineno, parent, self.bundle)
            yield _problem(Code.TEMPLATE_MISSING, f"the template {parent!r} extends itself", where, hint)
            return
        known = sorted(self._inherited(*found))
        tops = {id(node) for node in tree.body if isinstance(node, nodes.Block)}
        own = {node.name for node in tree.find_all(nodes.Block)}
        for node in tree.find_all(nodes.Block):
            near = difflib.get_close_matches(node.name, [each for each in known if each not in own], 1, _CLOSE)
            # A new block inside one that is there is printed; by its name it may yet be meant for another.
            if node.name not in known and (id(node) in tops or near):
                yield _problem(
                    Code.BLOCK_UNKNOWN,
                    f"no block `{node.name}` in {parent}",
                    placed(path, node.lineno, node.name, self.bundle),
                    _meant(node.name, known, "use one of the blocks that are there"),
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
                yield _problem(
                    Code.TEMPLATE_FIELD,
                    f"no value or function `{node.name}`",
                    placed(path, node.lineno, node.name, self.bundle),
                    _meant(node.name, sorted(known), "use a name that is there"),
                    available(known - _OF_JINJA),
                )


@dataclass(frozen=True)
class _Fields:
    """One walk through a template's expressions, with the types of its names."""

    checker: _Checker
    path: str
    name: str

    def run(self, tree: nodes.Template) -> Iterator[Diagnostic]:
        yield from self._body(tree.body, dict(self.checker.known_names(self.name)))

    def _body(self, body: list[Any], scope: Scope) -> Iterator[Diagnostic]:
        for node in body:
            yield from self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> Iterator[Diagnostic]:
        match node:
            case nodes.For():
                items, found = self._type(node.iter, scope)
                yield from found
                inner = {**scope, **_bound(node.target, items_of(items)), "loop": None}
                for part in (node.test,) if node.test else ():
                    yield from self._type(part, inner)[1]
                yield from self._body([*node.body, *node.else_], inner)
            case nodes.If():
                yield from self._type(node.test, scope)[1]
                yield from self._body([*node.body, *node.elif_, *node.else_], scope)
            case nodes.Assign():
                kind, found = self._type(node.node, scope)
                yield from found
                scope.update(_bound(node.target, kind))
            case nodes.Import() if isinstance(node.template, nodes.Const):
                scope[node.target] = ("macros", str(node.template.value))
            case nodes.Macro() | nodes.CallBlock():
                own = {argument.name: None for argument in node.args}
                if isinstance(node, nodes.CallBlock):
                    yield from self._type(node.call, scope)[1]
                yield from self._body(node.body, {**scope, **own, "caller": None, "varargs": None, "kwargs": None})
            case nodes.Block() | nodes.Scope() | nodes.ScopedEvalContextModifier() | nodes.FilterBlock():
                yield from self._body(node.body, dict(scope))
            case nodes.With():
                own = {key: None for target in node.targets for key in _bound(target, None)}
                for value in node.values:
                    yield from self._type(value, scope)[1]
                yield from self._body(node.body, {**scope, **own})
            case _:
                for child in node.iter_child_nodes():
                    yield from self._type(child, scope)[1]

    def _type(self, node: nodes.Node, scope: Scope) -> tuple[Any, list[Diagnostic]]:
        """The type of an expression, None where that is not known, and what is wrong in it."""
        if isinstance(node, nodes.Name):
            return scope.get(node.name), []
        if isinstance(node, nodes.Getattr):
            owner, found = self._type(node.node, scope)
            kind, wrong = self._field(owner, node)
            return kind, [*found, *wrong]
        if isinstance(node, nodes.Getitem):
            owner, found = self._type(node.node, scope)
            return items_of(owner), [*found, *self._type(node.arg, scope)[1]]
        if isinstance(node, nodes.Filter) and node.node is not None:
            owner, found = self._type(node.node, scope)
            for argument in node.args:
                found += self._type(argument, scope)[1]
            return _filtered(node.name, owner), found
        found = self._call(node) if isinstance(node, nodes.Call) else []
        for child in node.iter_child_nodes():
            found += self._type(child, scope)[1]
        return None, found

    def _field(self, owner: Any, node: nodes.Getattr) -> tuple[Any, list[Diagnostic]]:
        if isinstance(owner, tuple):
            names = self.checker.macros(owner[1])
            if names is None or node.attr in names:
                return None, []
            return None, [self._missing(node, f"the macros of {owner[1]}", tuple(names))]
        kinds = [each for each in parts_of(owner) if each is not type(None)] if owner is not None else []
        if not kinds or not all(is_dataclass(each) for each in kinds) or items_of(owner) is not None:
            return None, []
        if has := [each for each in kinds if node.attr in dir(each)]:
            return hints_of(has[0]).get(node.attr), []
        return None, [self._missing(node, kinds[0].__name__, kinds[0])]

    def _missing(self, node: nodes.Getattr, owner: str, there: Any) -> Diagnostic:
        lines = available(there)
        names = list(there) if isinstance(there, tuple) else [name for name in dir(there) if not name.startswith("_")]
        where = placed(self.path, node.lineno, node.attr, self.checker.bundle)
        what = "macro" if isinstance(there, tuple) else "field"
        hint = _meant(node.attr, names, f"use a {what} that is there")
        return _problem(Code.TEMPLATE_FIELD, f"no {what} `{node.attr}` in {owner}", where, hint, lines)

    def _call(self, node: nodes.Call) -> list[Diagnostic]:
        """A text or a token that is called by a name in quotation marks."""
        if not isinstance(node.node, nodes.Name) or not node.args or not isinstance(node.args[0], nodes.Const):
            return []
        key, function = str(node.args[0].value), node.node.name
        known = {"t": self.checker.texts, "token": tokens_of(self.checker.bundle).keys()}.get(function)
        if known is None or key in known:
            return []
        what = "text" if function == "t" else "token"
        where = placed(self.path, node.lineno, key, self.checker.bundle)
        hint = _meant(key, sorted(known), f"use a {what} that is there")
        return [_problem(Code.TEMPLATE_FIELD, f"no {what} `{key}`", where, hint, available(dict.fromkeys(known)))]


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


def _bound(target: nodes.Node, kind: Any) -> Scope:
    """The names that a loop or an assignment gives values to."""
    if isinstance(target, nodes.Name):
        return {target.name: kind}
    return {name.name: None for name in target.find_all(nodes.Name)}


def _filtered(name: str, kind: Any) -> Any:
    if name in ("first", "last"):
        return items_of(kind)
    return kind if name in ("list", "reverse", "sort", "selectattr", "rejectattr", "unique", "d", "default") else None


def _meant(name: str, known: list[str], otherwise: str) -> str:
    near = difflib.get_close_matches(name, known, 1, 0.5)
    return f"did you mean `{near[0]}`" if near else otherwise


def _problem(code: Code, message: str, where: Location, hint: str, detail: tuple[str, ...] = ()) -> Diagnostic:
    return Diagnostic(code, message, where, hint, "", detail)
