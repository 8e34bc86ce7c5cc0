"""What goes wrong in a template, as diagnostics at its own file and line."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Iterable
from types import TracebackType

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from briefpack.diagnostics import Code, Diagnostic, Location
from briefpack.templating.bundle import Bundle
from briefpack.templating.data_types import fields_of
from briefpack.templating.environment import FILTERS, ForbiddenError, MissingFieldError

EXPECTED = (TemplateError, RecursionError, TypeError, ValueError, KeyError, ArithmeticError)
"""What a template can raise; only those raised from a template's own line become diagnostics."""


def diagnose(error: BaseException, bundle: Bundle, subject: str) -> Diagnostic | None:
    """Return the diagnostic for an error raised while a template ran, or None where the program itself is at fault."""
    where = _location(error, bundle)
    found = _from_jinja(error, bundle, where, subject)
    if found or not where.line:
        return found
    message = f"the template fails: {type(error).__name__}: {error}".rstrip(".")
    return Diagnostic(Code.TEMPLATE_SYNTAX, message, where, "correct the expression on this line", subject)


def _from_jinja(error: BaseException, bundle: Bundle, where: Location, subject: str) -> Diagnostic | None:
    match error:
        case ForbiddenError():
            hint = "print the value as it is; it is escaped, and prose has its own macros"
            return Diagnostic(Code.TEMPLATE_FORBIDDEN, str(error.message), where, hint, subject)
        case TemplateSyntaxError():
            return _syntax(error, where, subject)
        case TemplateNotFound():
            return _missing(error, bundle, where, subject)
        case MissingFieldError():
            return _field(error, bundle, where, subject)
        case SecurityError():
            unsafe = r"^access to attribute '(\w+)' of '(\w+)' object is unsafe\.$"
            message = re.sub(unsafe, r"`\1` is closed to templates", str(error))
            hint = "use only the fields of the product and the macros of base"
            return Diagnostic(Code.TEMPLATE_FORBIDDEN, message, where, hint, subject)
    return None


def _syntax(error: TemplateSyntaxError, where: Location, subject: str) -> Diagnostic:
    message = str(error.message or "syntax error").rstrip(".")
    unknown = re.search(r"No (filter|test) named '(\w+)'", message)
    hint = "correct the line; `{%` needs `%}`, and each block its end"
    if unknown:
        near = difflib.get_close_matches(unknown[2], sorted(FILTERS), 1, 0.5)
        hint = f"did you mean `{near[0]}`" if near else f"use one of {', '.join(sorted(FILTERS))}"
    return Diagnostic(Code.TEMPLATE_SYNTAX, message[:1].lower() + message[1:], where, hint, subject)


def _missing(error: TemplateNotFound, bundle: Bundle, where: Location, subject: str) -> Diagnostic:
    names = sorted({name for layer in bundle.layers for name in layer.files if name.endswith(".html")})
    near = difflib.get_close_matches(str(error.name), [*names, *(f"base/{name}" for name in names)], 1, 0.4)
    hint = f"did you mean {near[0]!r}" if near else f"use one of {', '.join(names)}"
    chain = " -> ".join(layer.name for layer in bundle.layers)
    return Diagnostic(Code.TEMPLATE_MISSING, f"no template {error.name!r} in {chain}", where, hint, subject)


def _field(error: MissingFieldError, bundle: Bundle, where: Location, subject: str) -> Diagnostic:
    near = difflib.get_close_matches(error.name, error.known, 1, 0.5)
    hint = f"did you mean `{near[0]}`" if near else "use a field that is there"
    return Diagnostic(
        Code.TEMPLATE_FIELD,
        f"no field `{error.name}` in {error.owner}",
        placed(where.file, where.line, error.name, bundle),
        hint,
        subject,
        available(error.kind or dict.fromkeys(error.known)),
    )


def available(there: type | Iterable[str]) -> tuple[str, ...]:
    """Return what there is, line by line: the fields of a type with what they hold and mean, or names."""
    if isinstance(there, type):
        fields = fields_of(there)
        width = max((len(field.name) for field in fields), default=0)
        return ("there are:", *(f"  {f.name.ljust(width)}  {f.holds}: {f.meaning}" for f in fields))
    names = sorted(there)
    return (
        ("there are:", *textwrap.wrap(", ".join(names), 76, initial_indent="  ", subsequent_indent="  "))
        if names
        else ()
    )


def _location(error: BaseException, bundle: Bundle) -> Location:
    """The template's file and line: those of a syntax error, else of the innermost template frame."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Location(str(error.filename), error.lineno)
    found = Location(f"templates/{bundle.name}")
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith("templates/"):
            found = Location(file, trace.tb_lineno)
        trace = trace.tb_next
    return found


def placed(file: str, line: int, name: str, bundle: Bundle) -> Location:
    """Return the place of `name` on a line of a template: Jinja itself knows lines only.

    Where the name stands there more than once, it is the first place after a point, a quotation mark or `block`.
    """
    layer_name, _, inner = file.removeprefix("templates/").partition("/")
    for layer in bundle.layers:
        if layer.name == layer_name and inner in layer.files and line:
            lines = layer.files[inner].decode(errors="replace").splitlines()
            text = lines[line - 1] if line <= len(lines) else ""
            found = [match.start() + 1 for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)]
            marked = [at for at in found if re.search(r"(?:[.\"'(]|\bblock )\s*$", text[: at - 1])]
            if found:
                at = (marked or found)[0]
                return Location(file, line, at, line, at + len(name))
    return Location(file, line)
