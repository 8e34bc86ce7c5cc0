"""`briefpack build`: the PDFs."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefpack.cli import completion
from briefpack.cli.boundary import DONE, PROBLEMS
from briefpack.cli.check import summed_up
from briefpack.cli.console import STYLES, Screen, counted, stderr, stdout
from briefpack.cli.diagnostics import count, show_diagnostics
from briefpack.cli.excerpt import Lines
from briefpack.cli.place import open_world, shown_path
from briefpack.cli.reports import VERSION, diagnostic_json, to_json
from briefpack.diagnostics import Severity, in_order
from briefpack.shipped import shipped_pack
from briefpack.world import World

if TYPE_CHECKING:
    from briefpack.builder.report import BuildReport, BuildRequest, ProductReport


class Product(StrEnum):
    """The kinds of product that are files of their own."""

    BRIEF = "brief"
    COMPARISON = "comparison"
    DOSSIER = "dossier"


def build(
    context: typer.Context,
    audience: Annotated[
        list[str] | None, typer.Option(help="Only for this audience.", autocompletion=completion.audiences)
    ] = None,
    product: Annotated[list[Product] | None, typer.Option(help="Only products of this kind.")] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Only this product, such as press/brief/training.", metavar="NAME")
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Into build/draft, with what fails shown as such.")] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", min=0, help="How many sections at a time; 0: one for each processor.")
    ] = 0,
    force: Annotated[bool, typer.Option("--force", help="Make everything again, whatever was made before.")] = False,
    engine: Annotated[str, typer.Option(help="Where sections are set: local or dask.")] = "local",
    scheduler: Annotated[str, typer.Option(help="The address of a dask scheduler.", metavar="ADDRESS")] = "",
    tls_ca: Annotated[str, typer.Option(help="For tls:// addresses: the authority's file.", metavar="FILE")] = "",
    tls_cert: Annotated[str, typer.Option(help="For tls:// addresses: the certificate's.", metavar="FILE")] = "",
    tls_key: Annotated[str, typer.Option(help="For tls:// addresses: the key's.", metavar="FILE")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
    json: Annotated[bool, typer.Option("--json", help="A report for programs.")] = False,
) -> None:
    """Check everything, then make the PDFs that are not up to date: build/out/AUDIENCE.

    A problem stops the products that would print it, and no others. A file is put in
    place whole, or not at all: what was there stays when something fails.
    The options may be given several times.

    For example:

      briefpack build
      briefpack build --audience press --product brief
      briefpack build --draft          while statements are still unproven

    Next: look at build/out. What could not be made is named with its reason;
    briefpack explain PRODUCT says why one would be made again.
    """
    from briefpack.builder.report import BuildRequest  # noqa: PLC0415 - as little as possible before it is known

    world = open_world(context)
    request = BuildRequest(
        tuple(audience or ()),
        tuple(kind.value for kind in product or ()),
        tuple(only or ()),
        draft,
        force,
        jobs,
        engine,
        scheduler,
        (tls_ca, tls_cert, tls_key),
    )
    report = standing_report(world, request) or _built(world, request, quiet=json)
    failed = report.has_errors or bool(count(report.diagnostics, strict)[Severity.ERROR])
    if json:
        stdout().raw(to_json(report_json(report, failed, strict)))
    else:
        show_report(stdout(), report, world, draft=draft, strict=strict)
    raise typer.Exit(PROBLEMS if failed else DONE)


def standing_report(world: World, request: BuildRequest) -> BuildReport | None:
    """Return the report of the last build where a build would do the same again; else None."""
    from briefpack.builder.fingerprint import fingerprint  # noqa: PLC0415 - as above
    from briefpack.builder.record import current  # noqa: PLC0415
    from briefpack.builder.report import report_of  # noqa: PLC0415

    if request.is_forced:
        return None
    templates = shipped_pack() / "templates"
    record = current(world.root, templates, request.plain(), fingerprint())
    return report_of(record.report) if record else None


def _built(world: World, request: BuildRequest, *, quiet: bool) -> BuildReport:
    # Jinja, pikepdf and the like: a second that a build with nothing to do must not take.
    from briefpack.builder.build import build as build_pack  # noqa: PLC0415
    from briefpack.cli.progress import Steps  # noqa: PLC0415

    if quiet:
        return build_pack(world, request)
    with Steps(stderr()) as steps:
        return build_pack(world, request, steps.step)


def show_report(screen: Screen, report: BuildReport, world: World, *, draft: bool, strict: bool) -> None:
    """Print the problems, each product with its file, what was removed, and one line that sums up."""

    def shown(path: str) -> str:
        return shown_path(world.root, path)

    own = [d for product in report.products for d in product.problems]
    listed = [d for d in in_order((*report.diagnostics, *own)) if d.severity is not Severity.NOTICE]
    show_diagnostics(screen, listed, Lines(world), shown, strict=strict)
    for product in report.products:
        _show_product(screen, product, shown(product.path))
    for path in report.removed:
        screen.line(f"{shown(path)}: removed, it is no product any more")
    made = [product for product in report.products if product.is_made]
    missing = len(report.products) - len(made)
    pages = sum(product.pages for product in made)
    screen.line()
    if not report.products and not report.has_errors:
        screen.line("Nothing fits what was asked for.", STYLES["warning"])
    text = f"{counted(len(made), 'file')}, {counted(pages, 'page')}" + (
        f"; {missing} could not be made" if missing else ""
    )
    if report.is_current and made:
        text += "; nothing has changed"
    screen.line(text + (", each page marked as a draft" if draft else ""), STYLES["error" if missing else "ok"])
    screen.paragraph(*summed_up(report.sizes, report.diagnostics, strict, notices=False))


def _show_product(screen: Screen, product: ProductReport, path: str) -> None:
    if product.is_made:
        fit = f"  ({', '.join(product.fit)})" if product.fit else ""
        same = ", up to date" if product.is_current else ""
        screen.paragraph(f"{path}  {counted(product.pages, 'page')}, {size_of(product.bytes)}{same}{fit}", indent=4)
        return
    codes = ", ".join(sorted({str(problem.code) for problem in product.problems if problem.is_error}))
    older = "; an older file is still there" if product.older else ""
    screen.line(f"{path}  not made" + (f": {codes}" if codes else "") + older, STYLES["error"])


def size_of(count: int) -> str:
    """A size in bytes, for people."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(count // 1000, 1)} kB"


def report_json(report: BuildReport, failed: bool, strict: bool) -> dict[str, Any]:
    """The report for programs."""
    return {
        "version": VERSION,
        "outcome": "failed" if failed else "built",
        "edition": None,
        "products": [
            {
                "audience": product.audience,
                "product": product.kind,
                "id": product.id,
                "path": product.path if product.is_made else "",
                "pages": product.pages,
                "bytes": product.bytes,
                "digest": product.digest,
                "fit": list(product.fit),
                "current": product.is_current,
                "sections": {"made": product.sections_made, "reused": product.sections - product.sections_made},
                "reasons": list(product.reasons) or [str(problem.code) for problem in product.problems],
            }
            for product in report.products
        ],
        "diagnostics": [diagnostic_json(diagnostic, strict) for diagnostic in report.diagnostics],
    }
