"""The sandbox in which a bundle's templates run: Jinja with strict fields, escaping always on, and few tools.

Templates come from people who may hand their bundle on, so a template can read the data it was given and nothing else:
no private attributes, no methods but a few of strings and tables, no formatting with widths, bounded loops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefpack.templating.bundle import Bundle

_FILTER_NAMES = """
    abs batch capitalize count d default e escape first float groupby int items join last length list lower map max min
    reject rejectattr replace reverse round select selectattr slice sort string striptags sum title trim truncate unique
    upper
"""
_METHOD_NAMES = "upper lower title capitalize strip startswith endswith replace split items keys values get count index"

FILTERS = frozenset(_FILTER_NAMES.split())
"""What remains of Jinja's own filters. `safe` is not among them: a template cannot switch escaping off."""

_METHODS = frozenset(_METHOD_NAMES.split())
_MOST_ITEMS = 10_000
_LONGEST = 1_000_000


class MissingFieldError(UndefinedError):
    """A template asked for a field that is not there. `name` is what it asked for, `known` what there is."""

    def __init__(self, name: str, owner: str, known: tuple[str, ...], kind: type | None = None) -> None:
        super().__init__(f"no {name!r} in {owner}")
        self.name = name
        self.owner = owner
        self.known = known
        self.kind = kind
        """The type that has not the field, where the field is one of a product."""


class ForbiddenError(TemplateSyntaxError):
    """A template uses something that templates may not use."""


class Absent(StrictUndefined):
    """An undefined value that says, when it is used, what there would have been."""

    def _fail_with_undefined_error(self, *_: Any, **__: Any) -> Any:
        owner = self._undefined_obj
        if self._undefined_exception is SecurityError:
            raise SecurityError(self._undefined_message)
        kind = type(owner) if is_dataclass(owner) else None
        raise MissingFieldError(str(self._undefined_name), _owner(owner), _fields(owner), kind)

    __str__ = __iter__ = __len__ = __bool__ = __eq__ = __ne__ = __hash__ = _fail_with_undefined_error
    __call__ = __getitem__ = __add__ = __radd__ = __lt__ = __gt__ = __contains__ = _fail_with_undefined_error

    def __html__(self) -> str:
        return str(self._fail_with_undefined_error())


def _owner(value: object) -> str:
    if isinstance(value, TemplateModule):
        return "the macros that were imported"
    return type(value).__name__ if is_dataclass(value) else "the template's values"


def _fields(value: object) -> tuple[str, ...]:
    # Slots and properties alike, so that `reference.title` and computed fields are both offered.
    if isinstance(value, TemplateModule):
        return tuple(sorted(name for name in vars(value) if not name.startswith("_")))
    if not is_dataclass(value):
        return ()
    return tuple(sorted(name for name in dir(value) if not name.startswith("_")))


class ChainLoader(BaseLoader):
    """Finds `brief.html` in the bundle, then in what it extends; `base/brief.html` names a layer of the chain."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the source, the file as the user knows it, and a function that says it is up to date."""
        head, _, rest = template.partition("/")
        for layer in self.bundle.layers:
            name = rest if rest and head == layer.name else template
            if name in layer.files and name.endswith(".html"):
                path = f"templates/{layer.name}/{name}"
                try:
                    return layer.files[name].decode(), path, lambda: True
                except UnicodeDecodeError:
                    raise TemplateSyntaxError("the file is not UTF-8", 0, template, path) from None
        raise TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        """Return the names that resolve without naming a layer."""
        return sorted({name for layer in self.bundle.layers for name in layer.files if name.endswith(".html")})


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's immutable sandbox, closed further."""

    intercepted_binops = frozenset(("%", "*", "**", "+"))

    def __init__(self, bundle: Bundle) -> None:
        super().__init__(
            loader=ChainLoader(bundle),
            undefined=Absent,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            cache_size=100,
        )
        self.filters = {name: function for name, function in self.filters.items() if name in FILTERS}
        self.globals = {"range": _bounded_range}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow public data, and of methods only a few of strings, lists and tables."""
        if attr.startswith("_") or not super().is_safe_attribute(obj, attr, value):
            return False
        return not callable(value) or isinstance(value, Macro) or attr in _METHODS

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Refuse `str.format`: Jinja's own wrapper lets widths of any size through."""
        if super().wrap_str_format(value) is not None:
            raise SecurityError("`format` is closed to templates")
        return None

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse formatting with `%` and results of unbounded size."""
        if operator in ("%", "*", "**") and not (_is_number(left) and _is_number(right)):
            raise SecurityError(f"`{operator}` is for numbers only")
        if operator == "**" and (abs(left) > 1000 or abs(right) > 10):
            raise SecurityError("the power is too large")
        if operator == "+" and isinstance(left, str) and isinstance(right, str) and len(left) + len(right) > _LONGEST:
            raise SecurityError("the text is too long")
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in _refused(tree):
            what = node.name if isinstance(node, nodes.Filter) else "autoescape"
            raise ForbiddenError(f"templates may not use `{what}`", node.lineno, name, filename)
        return tree


def _refused(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Nodes that would switch escaping off, or use a filter that was taken out."""
    yield from tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier, nodes.MarkSafe))
    for node in tree.find_all(nodes.Filter):
        if node.name in _REMOVED:
            yield node


_REMOVED = frozenset(Environment().filters) - FILTERS


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _bounded_range(*bounds: int) -> range:
    found = range(*bounds)
    if len(found) > _MOST_ITEMS:
        raise SecurityError(f"a range may have at most {_MOST_ITEMS} items")
    return found
