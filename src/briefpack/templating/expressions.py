"""Fields, macros, texts and tokens that a template names, held against the types of what it is given.

    Expressions(known, path, name).run(tree) -> Iterator[Diagnostic]

Where the type of an expression is not known, nothing is said of it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from typing import Any, Protocol

from jinja2 import nodes

from briefpack.diagnostics import Code, Diagnostic, Location
from briefpack.templating.bundle import Bundle
from briefpack.templating.data_types import hints_of, items_of, parts_of
from briefpack.templating.problems import available, placed
from briefpack.templating.styles import tokens_of

Scope = dict[str, Any]


class Known(Protocol):
    """What templates may name."""

    @property
    def bundle(self) -> Bundle:
        """The bundle they are of."""

    @property
    def texts(self) -> frozenset[str]:
        """The keys of all texts."""

    def macros(self, template: str) -> list[str] | None:
        """The names of a template's macros, None where there is no such template."""

    def known_names(self, template: str) -> dict[str, Any]:
        """The names that a template may use, with their types as far as these are known."""


@dataclass(frozen=True)
class Expressions:
    """One walk through a template's expressions, with the types of its names."""

    known: Known
    path: str
    name: str

    def run(self, tree: nodes.Template) -> Iterator[Diagnostic]:
        """Yield what is named and is not there."""
        yield from self._body(tree.body, dict(self.known.known_names(self.name)))

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
            names = self.known.macros(owner[1])
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
        where = placed(self.path, node.lineno, node.attr, self.known.bundle)
        what = "macro" if isinstance(there, tuple) else "field"
        hint = meant(node.attr, names, f"use a {what} that is there")
        return mistake(Code.TEMPLATE_FIELD, f"no {what} `{node.attr}` in {owner}", where, hint, lines)

    def _call(self, node: nodes.Call) -> list[Diagnostic]:
        """A text or a token that is called by a name in quotation marks."""
        if not isinstance(node.node, nodes.Name) or not node.args or not isinstance(node.args[0], nodes.Const):
            return []
        key, function = str(node.args[0].value), node.node.name
        known = {"t": self.known.texts, "token": tokens_of(self.known.bundle).keys()}.get(function)
        if known is None or key in known:
            return []
        what = "text" if function == "t" else "token"
        where = placed(self.path, node.lineno, key, self.known.bundle)
        hint = meant(key, sorted(known), f"use a {what} that is there")
        return [mistake(Code.TEMPLATE_FIELD, f"no {what} `{key}`", where, hint, available(dict.fromkeys(known)))]


def _bound(target: nodes.Node, kind: Any) -> Scope:
    """The names that a loop or an assignment gives values to."""
    if isinstance(target, nodes.Name):
        return {target.name: kind}
    return {name.name: None for name in target.find_all(nodes.Name)}


def _filtered(name: str, kind: Any) -> Any:
    if name in ("first", "last"):
        return items_of(kind)
    return kind if name in ("list", "reverse", "sort", "selectattr", "rejectattr", "unique", "d", "default") else None


def meant(name: str, known: list[str], otherwise: str) -> str:
    """Return the hint that names what was probably meant, or `otherwise`."""
    near = difflib.get_close_matches(name, known, 1, 0.5)
    return f"did you mean `{near[0]}`" if near else otherwise


def mistake(code: Code, message: str, where: Location, hint: str, detail: tuple[str, ...] = ()) -> Diagnostic:
    """Return a mistake in a template; it belongs to no product."""
    return Diagnostic(code, message, where, hint, "", detail)
