"""What is asked of a build and what it reports; light, for the build that has nothing to do loads nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from briefpack.diagnostics import Diagnostic, diagnostic_of, plain_diagnostic
from briefpack.world import Digest

KINDS = ("brief", "comparison", "dossier")
"""The kinds of product that are files of their own; records stand in dossiers only."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build: all of it, or only some audiences, kinds or products (`press/brief/public-works`).

    `is_forced`: nothing that was made before is used. `jobs` is how many sections are set at a time (0: one for each
    processor), `engine` where, with the `scheduler`'s address for a cluster, and the three files of its TLS connection.
    """

    audiences: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    draft: bool = False
    is_forced: bool = False
    jobs: int = 0
    engine: str = "local"
    scheduler: str = ""
    tls: tuple[str, str, str] = ("", "", "")

    @property
    def folder(self) -> str:
        """Where the files go, relative to the pack."""
        return "build/draft" if self.draft else "build/out"

    @property
    def is_whole(self) -> bool:
        """Whether everything is asked for."""
        return not (self.audiences or self.kinds or self.only)

    def wants(self, audience: str, kind: str, name: str) -> bool:
        """Whether a product is asked for."""
        return (
            (not self.audiences or audience in self.audiences)
            and (not self.kinds or kind in self.kinds)
            and (not self.only or name in self.only)
        )

    def plain(self) -> dict[str, Any]:
        """What decides which files are made, as values that JSON can hold."""
        return {
            "audiences": sorted(self.audiences),
            "kinds": sorted(self.kinds),
            "only": sorted(self.only),
            "draft": self.draft,
        }


@dataclass(frozen=True, slots=True)
class ProductReport:
    """What became of one product. `path`, relative to the pack, is where its file stands or would stand.

    A dossier of several volumes has the paths and digests of all in `volumes`; `path` and `digest` are the first's.
    `sections_made` of its `sections` were set now; the others came from the store.
    """

    audience: str
    kind: str
    id: str
    name: str
    path: str
    pages: int = 0
    bytes: int = 0
    digest: str = ""
    fit: tuple[str, ...] = ()
    older: bool = False
    """Whether nothing was made and the file of an earlier build is still there."""
    is_current: bool = False
    """Whether the file stood there already, as it would have been made."""
    sections: int = 0
    sections_made: int = 0
    volumes: tuple[tuple[str, Digest], ...] = ()
    reasons: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()

    @property
    def is_made(self) -> bool:
        """Whether its file stands there as it should."""
        return bool(self.digest)

    @property
    def outputs(self) -> dict[str, Digest]:
        """Its files that stand where they should, with their digests."""
        if not self.is_made:
            return {}
        return dict(self.volumes) or {self.path: self.digest}


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, what it could not make and why, and what it removed.

    `sizes` counts what was checked, by name ("sources", "cards", …). `is_current`: nothing had changed since the last
    build, and nothing was done.
    """

    products: tuple[ProductReport, ...]
    removed: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    sizes: Mapping[str, int] = field(default_factory=dict)
    is_current: bool = False

    @property
    def has_errors(self) -> bool:
        """Whether anything is missing that was asked for, or any problem is an error."""
        return any(d.is_error for d in self.diagnostics) or any(not product.is_made for product in self.products)

    @property
    def outputs(self) -> dict[str, Digest]:
        """The files that stand where they should."""
        return {path: digest for product in self.products for path, digest in product.outputs.items()}

    def plain(self) -> dict[str, Any]:
        """Return the report of a build without errors as values that JSON can hold."""
        return {
            "products": [
                {name: value for name, value in asdict(product).items() if name != "problems"}
                for product in self.products
            ],
            "diagnostics": [plain_diagnostic(each) for each in self.diagnostics],
            "sizes": dict(self.sizes),
        }


def _product(plain: Mapping[str, Any]) -> ProductReport:
    volumes = tuple((path, digest) for path, digest in plain["volumes"])
    texts = {name: tuple(plain[name]) for name in ("fit", "reasons")}
    return ProductReport(**{**plain, **texts, "volumes": volumes, "is_current": True, "sections_made": 0})


def report_of(plain: Mapping[str, Any]) -> BuildReport:
    """Return what `BuildReport.plain` wrote, as the report of a build that has nothing to do."""
    return BuildReport(
        tuple(_product(product) for product in plain["products"]),
        (),
        tuple(diagnostic_of(each) for each in plain["diagnostics"]),
        plain["sizes"],
        is_current=True,
    )
